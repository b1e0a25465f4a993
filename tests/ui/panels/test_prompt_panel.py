"""The AI panel says what a click would do and cost, or what is missing."""

import pytest
from PySide6.QtWidgets import QApplication

from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from aipaint.ui.panels.generate_wording import button_text, mask_text, price_text, verb_of
from aipaint.ui.panels.prompt_panel import PromptPanel
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_MASK = Rect(100, 80, 60, 40)


def _panel(rig: Rig, mask: Rect | None = _MASK, prompt: str = "") -> PromptPanel:
    rig.show_picture(picture_of(photograph(320, 240), mask))
    panel = rig.inside.docks.prompt
    panel.prompt_edit.setPlainText(prompt)
    panel.refresh()
    return panel


def test_with_a_mask_and_no_prompt_it_removes_for_free(rig: Rig) -> None:
    panel = _panel(rig)
    assert panel.generate_button.text() == "Remove — free"
    assert panel.generate_button.isEnabled()
    assert panel.generate_button.accessibleName() == "Remove — free"
    assert panel.tier_badge.text() == "Low"
    assert panel.mask_label.text().startswith("Mask: 60 × 40 px")


def test_with_a_prompt_and_a_key_it_names_the_price(online: Rig) -> None:
    panel = _panel(online, prompt="a red barn")
    assert panel.chooser.provider_combo.currentText() == "OpenAI-compatible"
    assert panel.generate_button.text().startswith("Generate — up to $0.0")
    assert panel.generate_button.isEnabled()
    assert "prices of" in panel.cost_label.text()
    panel.prompt_edit.setPlainText("")
    panel.refresh()
    assert panel.chooser.provider_combo.currentText() == "Offline"
    assert panel.generate_button.text() == "Remove — free"


def test_quality_and_count_change_the_price(online: Rig) -> None:
    panel = _panel(online, prompt="a red barn")
    texts = [panel.generate_button.text()]
    panel.chooser.count.number.setValue(3)
    panel.refresh()
    texts.append(panel.generate_button.text())
    final = panel.chooser.preset_combo.findData("final")
    panel.chooser.preset_combo.setCurrentIndex(final)
    panel.refresh()
    texts.append(panel.generate_button.text())
    assert len(set(texts)) == 3
    assert panel.tier_badge.text() == "High"


def test_a_prompt_without_a_key_says_what_is_missing(rig: Rig) -> None:
    panel = _panel(rig, prompt="a red barn")
    assert not panel.generate_button.isEnabled()
    assert "offline" in panel.cost_label.text().lower()
    paid = panel.chooser.provider_combo.findData("openai")
    panel.chooser.provider_combo.setCurrentIndex(paid)
    panel.chooser.provider_combo.activated.emit(paid)
    panel.refresh()
    assert not panel.generate_button.isEnabled()
    assert "key" in panel.cost_label.text().lower()
    assert panel.generate_button.toolTip() == panel.cost_label.text()


def test_a_provider_chosen_by_hand_stays(online: Rig) -> None:
    panel = _panel(online)
    paid = panel.chooser.provider_combo.findData("openai")
    panel.chooser.provider_combo.setCurrentIndex(paid)
    panel.chooser.provider_combo.activated.emit(paid)
    panel.refresh()
    assert panel.chooser.provider_combo.currentData() == "openai"


@pytest.mark.parametrize("mask", [None])
def test_nothing_to_do_is_said_with_what_to_do(rig: Rig, mask: Rect | None) -> None:
    panel = _panel(rig, mask)
    assert not panel.generate_button.isEnabled()
    assert panel.cost_label.text()
    assert "whole picture" in panel.mask_label.text()


def test_any_model_may_be_typed_and_a_dead_one_is_named(online: Rig) -> None:
    panel = _panel(online, prompt="a red barn")
    panel.chooser.model_combo.setEditText("gpt-image-1")
    panel.refresh()
    assert not panel.generate_button.isEnabled()
    assert "gpt-image-1" in panel.cost_label.text()
    panel.chooser.model_combo.setEditText("gpt-image-2.6-flare")
    panel.refresh()
    assert panel._wish.options is not None
    assert panel._wish.options.model == "gpt-image-2.6-flare"


def test_the_button_rests_while_a_job_runs(rig: Rig) -> None:
    panel = _panel(rig)
    panel.set_job_running(True)
    assert not panel.generate_button.isEnabled()
    asked: list[object] = []
    panel.generate_requested.connect(lambda *_: asked.append(1))
    rig.trigger("generate.start")
    assert asked == []
    panel.set_job_running(False)
    assert panel.generate_button.isEnabled()


def test_painting_a_mask_brings_the_button_to_life(rig: Rig) -> None:
    panel = _panel(rig, None)
    rig.trigger("tool.mask")
    rig.drag((100, 100), (160, 100))
    rig.wait(panel.generate_button.isEnabled)
    assert panel.generate_button.text() == "Remove — free"
    rig.trigger("edit.undo")
    rig.wait(lambda: not panel.generate_button.isEnabled())


def test_the_button_does_not_move_when_news_arrive(rig: Rig) -> None:
    panel = _panel(rig)
    QApplication.processEvents()
    before = panel.generate_button.mapTo(panel, panel.generate_button.rect().topLeft())
    panel.show_notice("Something happened that takes a whole sentence to tell.")
    QApplication.processEvents()
    assert panel.notice.isVisible()
    assert panel.generate_button.mapTo(panel, panel.generate_button.rect().topLeft()) == before


@pytest.mark.parametrize(
    ("operation", "verb"),
    [(Operation.REMOVE, "Remove"), (Operation.EDIT, "Generate"), (None, "Generate")],
)
def test_verbs(operation: Operation | None, verb: str) -> None:
    assert verb_of(operation) == verb
    assert button_text(operation, None) == verb


def test_prices_in_words() -> None:
    assert price_text(0) == "free"
    assert price_text(41_000) == "up to $0.041"


def test_an_empty_picture_is_painted_whole() -> None:
    assert "whole frame" in mask_text(Rect(0, 0, 0, 0), has_pixels=False)


def test_what_a_fold_opens_comes_into_sight(online: Rig) -> None:
    online.window.resize(1200, 760)
    panel = _panel(online, prompt="a red barn")
    fold = panel.fields.details_fold
    online.wait(lambda: not fold.isHidden())
    assert panel.fields.details.visibleRegion().isEmpty()
    fold.button.click()
    online.wait(lambda: not panel.fields.details.visibleRegion().isEmpty())
    assert not fold.button.visibleRegion().isEmpty()
    assert panel.fields.details.visibleRegion().boundingRect().height() > 40
