"""`refill`: what a job asked for goes back into the fields of the AI panel."""

from typing import TYPE_CHECKING

from aipaint.ui.panels.prompt_panel import PromptPanel

if TYPE_CHECKING:
    from aipaint.generation.options import GenerateOptions


def refill(panel: PromptPanel, options: "GenerateOptions") -> None:
    """Prompt, provider, model, quality and count; nothing is started."""
    panel.prompt_edit.setPlainText(options.prompt)
    panel.negative_edit.setPlainText(options.negative_prompt)
    chooser = panel.chooser
    row = chooser.provider_combo.findData(options.provider)
    if row >= 0:
        chooser.provider_combo.setCurrentIndex(row)
        # Chosen by a person, so that the prompt does not choose another.
        chooser.provider_combo.activated.emit(row)
    if options.model:
        chooser.model_combo.setCurrentText(options.model)
    set_quality(panel, options.quality, options.count)


def set_quality(panel: PromptPanel, quality: str, count: int) -> None:
    """What the price hangs on most."""
    chooser = panel.chooser
    row = chooser.preset_combo.findData(quality)
    if row >= 0:
        chooser.preset_combo.setCurrentIndex(row)
    chooser.count.number.setValue(count)
    panel.refresh()
