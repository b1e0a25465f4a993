"""What is offered beside a purchase: candidate 0, the crop, the mix brush, layers out of date."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from aipaint.document.render import render
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from aipaint.ui.panels.candidate_strip import CandidateStrip
from tests.generation.workshop import photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer

_FRAME = Rect(0, 0, 320, 240)
_MASK = Rect(140, 100, 40, 30)


def _meant(online: Rig, prompt: str = "a red barn") -> CandidateStrip:
    online.show_picture(picture_of(photograph(320, 240), _MASK))
    panel = online.inside.docks.prompt
    panel.prompt_edit.setPlainText(prompt)
    panel.refresh()
    return online.inside.docks.strip


def _bought(online: Rig) -> CandidateStrip:
    strip = _meant(online)
    answer(online, "costDialog", "costConfirmButton")
    assert online.generator is not None
    with online.qtbot.waitSignal(online.generator.job_done, timeout=20_000):
        online.trigger("generate.start")
    online.wait(lambda: bool(strip.current_id))
    return strip


def test_a_free_fill_is_offered_and_applied_without_a_purchase(online: Rig, api: ImagesApi) -> None:
    strip = _meant(online)
    bar = online.find(QWidget, "freeBar")
    online.wait(bar.isVisible)
    assert strip.list.count() == 0  # it takes no room until it is wanted
    before = render(online.document.picture, _FRAME)
    online.find(QPushButton, "freeLookButton").click()
    online.wait(lambda: strip.list.count() == 1)
    assert strip.list.item(0).text() == "free, made here"
    assert online.inside.canvas.candidate_item.is_showing
    online.find(QPushButton, "applyButton").click()
    changed = (render(online.document.picture, _FRAME) != before).any(axis=2)
    assert changed[_MASK.slices(_FRAME)].mean() > 0.5
    changed[_MASK.slices(_FRAME)] = False
    assert not changed.any()
    assert not bar.isVisible()
    assert api.paid == []
    assert online.desk is not None
    assert online.desk.history.jobs() == []


def test_the_offer_can_be_put_away(online: Rig) -> None:
    _meant(online)
    bar = online.find(QWidget, "freeBar")
    online.wait(bar.isVisible)
    online.find(QPushButton, "freeCloseButton").click()
    assert not bar.isVisible()
    online.qtbot.wait(400)
    assert not bar.isVisible()


def test_the_mix_brush_paints_one_result_into_the_picture(online: Rig) -> None:
    _bought(online)
    before = render(online.document.picture, _FRAME)
    online.trigger("generate.mix")
    picture = online.document.picture
    assert (render(picture, _FRAME) == before).all()
    assert picture.paint_target == picture.active_layer.mask_target
    online.drag((100, 110), (160, 110))
    after = render(picture, _FRAME)
    changed = (after != before).any(axis=2)
    assert changed[105:115, 145:160].all()
    changed[_MASK.slices(_FRAME)] = False
    assert not changed.any()  # the stroke began far outside of what was masked
    online.trigger("edit.undo")
    online.trigger("edit.undo")
    assert (render(online.document.picture, _FRAME) == before).all()
    assert online.inside.docks.strip.list.count() == 1


def test_what_is_sent_can_be_chosen_with_its_price(online: Rig) -> None:
    online.show_picture(picture_of(photograph(2400, 1600), Rect(1000, 700, 200, 150)))
    panel = online.inside.docks.prompt
    panel.prompt_edit.setPlainText("a red barn")
    panel.refresh()
    combo = online.find(QComboBox, "cropCombo")
    texts = [combo.itemText(row) for row in range(combo.count())]
    assert texts[0].startswith("Automatic")
    assert len(texts) == 4
    assert all("$0." in text for text in texts[1:])
    automatic = online.find(QLabel, "cropFacts").text()
    combo.setCurrentIndex(3)
    combo.activated.emit(3)
    assert panel.options is not None
    assert panel.options.crop.value == "whole"
    assert online.find(QLabel, "cropFacts").text() != automatic
    panel.prompt_edit.setPlainText("a blue barn")
    panel.refresh()
    assert panel.options.crop.value == "whole"


def test_a_layer_that_is_out_of_date_says_so_and_is_run_again_in_place(
    online: Rig, api: ImagesApi
) -> None:
    strip = _bought(online)
    online.find(QPushButton, "applyButton").click()
    made = online.document.picture.active_layer_id
    bar = online.inside.docks.layers.stale_bar
    online.document.set_active_layer(online.document.picture.layers[0].id)
    online.trigger("tool.brush")
    online.drag((20, 20), (300, 20), (160, 105))
    online.document.set_active_layer(made)
    online.wait(bar.isVisible)
    assert "$0." in bar.button.text()
    assert len(api.paid) == 1
    bar.button.click()
    online.wait(lambda: strip.list.count() == 1)
    assert len(api.paid) == 2
    count = len(online.document.picture.layers)
    online.find(QPushButton, "applyButton").click()
    assert len(online.document.picture.layers) == count
    online.wait(lambda: not bar.isVisible())


def test_dragging_the_frame_beyond_the_picture_makes_generate_paint_on(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(160, 120)))
    before = render(rig.document.picture, Rect(0, 0, 160, 120))
    rig.trigger("tool.frame")
    rig.drag((160, 60), (180, 60), (200, 60))
    rig.key(Qt.Key.Key_Return)
    frame = rig.document.picture.frame
    assert frame.width > 180
    panel = rig.inside.docks.prompt
    panel.refresh()
    assert panel.options is not None
    assert panel.options.operation is Operation.OUTPAINT
    assert rig.find(QPushButton, "generateButton").text().startswith("Outpaint — free")
    assert rig.generator is not None
    with rig.qtbot.waitSignal(rig.generator.job_done, timeout=20_000):
        rig.trigger("generate.start")
    rig.wait(lambda: bool(rig.inside.docks.strip.current_id))
    rig.trigger("generate.apply")
    after = render(rig.document.picture, frame)
    assert (after[..., 3] == 255).all()
    assert (after[:, :160] == before).all()
