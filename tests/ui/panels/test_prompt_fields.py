"""The panel builds itself from the record of the model and remembers what was chosen for it."""

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from aipaint.document.picture import blank_picture
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Size
from aipaint.ui.panels.preset_choice import Preset
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.refill import refill
from aipaint.ui.settings_pages.providers_page import ProvidersPage
from tests.generation.workshop import open_desk, photograph, picture_of
from tests.ui.rig import Rig, make_rig

_MASK = Rect(100, 80, 60, 40)


def _panel(rig: Rig, mask: Rect | None = _MASK, prompt: str = "a red barn") -> PromptPanel:
    rig.show_picture(picture_of(photograph(320, 240), mask))
    panel = rig.inside.docks.prompt
    panel.prompt_edit.setPlainText(prompt)
    panel.refresh()
    return panel


def _choose(panel: PromptPanel, provider: str, model: str = "") -> None:
    panel.chooser.choose_provider(provider)
    if model:
        panel.chooser.choose_model(model)
    panel.refresh()


def _set(panel: PromptPanel, name: str, text: str) -> None:
    panel.fields.details.options.show_values({name: text})
    panel.refresh()


def _asked(panel: PromptPanel) -> GenerateOptions | None:
    return panel.options


def test_what_is_there_to_choose_is_what_the_model_has(online: Rig) -> None:
    panel = _panel(online)
    details = panel.fields.details
    names = [field.name for field in details.options._fields]
    assert "background" in names
    assert "moderation" not in names  # only for pictures from words
    assert not details.form._form.isRowVisible(details.form.size_combo)
    assert not details.references.isHidden()
    online.document.replace_picture(blank_picture(640, 480))
    panel.refresh()
    assert "moderation" in [field.name for field in details.options._fields]
    assert details.form._form.isRowVisible(details.form.size_combo)
    _choose(panel, "rehearsal")
    assert "fail" in [field.name for field in details.options._fields]
    _choose(panel, "replicate", "stability-ai/sdxl")
    assert details.form._form.isRowVisible(details.form.seed_edit)
    assert panel.fields.negative_fold.isVisibleTo(panel)
    assert "guidance_scale" in [field.name for field in details.options._fields]


def test_options_go_into_the_request_and_bad_ones_are_named(online: Rig) -> None:
    panel = _panel(online, None, "")
    online.document.replace_picture(blank_picture(640, 480))
    panel.prompt_edit.setPlainText("a red barn")
    panel.refresh()
    form = panel.fields.details.form
    form.size_combo.setCurrentText("1024 x 1024")
    assert panel.chooser.preset is Preset.CUSTOM  # chosen by hand, so no preset holds
    _set(panel, "background", "opaque")
    assert panel.options is not None
    assert panel.options.size == Size(1024, 1024)
    assert panel.options.extra == (("background", "opaque"),)
    form.size_combo.setCurrentText("wide")
    panel.refresh()
    assert _asked(panel) is None
    assert "wide is not a size" in panel.cost_label.text()
    form.size_combo.setCurrentText("As the picture")
    _set(panel, "output_compression", "101")
    assert "File quality" in panel.cost_label.text()
    assert not panel.generate_button.isEnabled()


def test_each_model_has_its_own_choices_also_at_the_next_start(qtbot: QtBot, online: Rig) -> None:
    panel = _panel(online)
    panel.chooser.set_preset(Preset.FINAL)
    panel.chooser.count.number.setValue(3)
    _set(panel, "background", "opaque")
    _choose(panel, "openai", "gpt-image-2")
    panel.chooser.set_preset(Preset.DRAFT)
    panel.chooser.count.number.setValue(1)
    _set(panel, "background", "transparent")
    assert online.desk is not None
    home = online.desk.home
    for again in (panel, _panel(make_rig(qtbot, home, open_desk(home, None)))):
        panel = again
        _choose(panel, "openai", "gpt-image-2.5-flare")
        assert (panel.chooser.preset, panel.chooser.count.value) == (Preset.FINAL, 3)
        assert panel.fields.details.extra == (("background", "opaque"),)
        _choose(panel, "openai", "gpt-image-2")
        assert (panel.chooser.preset, panel.chooser.count.value) == (Preset.DRAFT, 1)
        assert panel.fields.details.extra == (("background", "transparent"),)


def test_a_price_that_rose_since_it_was_shown_is_shown_first(online: Rig) -> None:
    panel = _panel(online)
    asked: list[object] = []
    panel.generate_requested.connect(lambda *_: asked.append(1))
    shown = panel.generate_button.text()
    panel.chooser.count.number.blockSignals(True)  # as if the click came before the news
    panel.chooser.count.number.setValue(8)
    panel.chooser.count.number.blockSignals(False)
    panel.generate()
    assert not asked
    assert panel.generate_button.text() != shown
    assert "press again" in panel.notice.text()
    panel.generate()
    assert asked


def test_what_will_differ_is_said(online: Rig) -> None:
    panel = _panel(online)
    lint = panel.fields.lint_label
    assert lint.objectName() == "lintLabel"
    assert "only advice" in lint.text()
    _choose(panel, "openai", "gpt-image-1.5")
    assert "gpt-image-2.5-flare" in lint.text()  # which ends within thirty days
    _choose(panel, "replicate", "bria/eraser")
    panel.negative_edit.setPlainText("text")
    panel.refresh()
    assert panel.options is None or not panel.options.negative_prompt


def test_references_are_dropped_added_and_removed(online: Rig) -> None:
    panel = _panel(online)
    references = panel.fields.details.references
    assert online.desk is not None
    path = online.desk.home / "reference.png"
    Image.fromarray(np.full((30, 40, 3), 99, np.uint8)).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    references.take(mime)
    online.wait(lambda: len(references.images) == 1)
    panel.refresh()
    assert panel.options is not None
    assert [image.size for image in panel.options.references] == [Size(40, 30)]
    asked = panel.options
    references.list.setCurrentRow(0)
    references.remove_button.click()
    refill(panel, asked)  # a job that is taken back brings its own
    assert panel.options == asked
    references.list.setCurrentRow(0)
    references.remove_button.click()
    assert not references.images
    text = online.desk.home / "no picture.png"
    text.write_text("this is no picture")
    references.take_files((text,))
    online.wait(lambda: bool(references.note.text()))
    assert "no picture.png" in references.note.text()


def test_every_field_can_be_reached_and_named(online: Rig) -> None:
    panel = _panel(online)
    for kind in (QComboBox, QLineEdit):
        for field in panel.fields.details.findChildren(kind):
            assert field.accessibleName() or field.objectName() == "qt_spinbox_lineedit"


def test_without_a_key_the_way_to_one_is_a_click(rig: Rig) -> None:
    panel = _panel(rig)
    assert panel.key_button.isHidden()  # the offline engine needs none
    _choose(panel, "openai")
    assert not panel.key_button.isHidden()
    panel.key_button.click()
    rig.wait(lambda: rig.window.findChild(ProvidersPage) is not None)
    page = rig.window.findChild(ProvidersPage)
    assert page is not None
    assert page.isVisible()
    rig.wait(lambda: bool(page._keys.where))
