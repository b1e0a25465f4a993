"""What is made of the whole picture, from the Image menu; and painting on beyond its edge."""

from PySide6.QtWidgets import QPushButton

from aipaint.document.render import render_straight
from aipaint.document.set_frame import SetFrame
from aipaint.pixels.rect import Rect
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_FRAME = Rect(0, 0, 160, 120)
_PATIENCE_MILLISECONDS = 60_000


def _finish(rig: Rig) -> None:
    assert rig.generator is not None
    rig.wait(lambda: bool(rig.generator is not None and rig.generator.candidates()))


def test_enlarging_says_what_apply_does_and_does_it(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(160, 120)))
    assert rig.generator is not None
    assert "twice as large" in rig.inside.actions["image.upscaleTwice"].toolTip()
    rig.trigger("image.upscaleTwice")
    _finish(rig)
    (candidate,) = rig.generator.candidates()
    assert rig.document.picture.frame == _FRAME
    with rig.qtbot.waitSignal(rig.document.changed, timeout=_PATIENCE_MILLISECONDS):
        rig.generator.apply(candidate.id)
    assert rig.document.picture.frame == Rect(0, 0, 320, 240)
    rig.trigger("edit.undo")
    assert rig.document.picture.frame == _FRAME


def test_an_empty_frame_is_told_and_nothing_runs(rig: Rig) -> None:
    assert rig.generator is not None
    rig.document.do(SetFrame(Rect(9000, 9000, 50, 50)))
    for action in ("image.upscaleFourfold", "image.cutout", "image.variations"):
        rig.trigger(action)
    assert not rig.generator.is_busy
    assert rig.generator.recent_jobs() == []


def test_nobody_is_there_to_do_it_yet(starting: Rig) -> None:
    assert not starting.inside.actions["image.cutout"].isEnabled()


def test_a_frame_beyond_the_picture_makes_generate_paint_on(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(160, 120)))
    before = render_straight(rig.document.picture, _FRAME)
    wider = Rect(0, 0, 200, 120)
    rig.document.do(SetFrame(wider))
    panel = rig.inside.docks.prompt
    panel.refresh()
    button = rig.find(QPushButton, "generateButton")
    assert button.text().startswith("Outpaint")
    assert "beyond the picture" in panel.mask_label.text()
    button.click()
    _finish(rig)
    assert rig.generator is not None
    rig.generator.apply(rig.generator.candidates()[0].id)
    after = render_straight(rig.document.picture, wider)
    assert (after[:, :160] == before).all()
    assert (after[..., 3] == 255).all()
    rig.trigger("edit.undo")
    rig.document.do(SetFrame(wider))
    panel.prompt_edit.setPlainText("a lake")
    panel.refresh()
    assert not button.isEnabled()
