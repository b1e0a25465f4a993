"""`refill`: what a job asked for goes back into the fields of the AI panel."""

from typing import TYPE_CHECKING

from aipaint.ui.panels.preset_choice import Preset
from aipaint.ui.panels.prompt_panel import PromptPanel

if TYPE_CHECKING:
    from aipaint.generation.options import GenerateOptions


def refill(panel: PromptPanel, options: "GenerateOptions") -> None:
    """Words, provider, model and all that was chosen for it; nothing is started."""
    panel.prompt_edit.setPlainText(options.prompt)
    panel.negative_edit.setPlainText(options.negative_prompt)
    panel.chooser.choose_provider(options.provider)
    if options.model:
        panel.chooser.choose_model(options.model)
    panel.refresh()
    panel.fields.show_options(options)
    panel.refresh()


def set_quality(panel: PromptPanel, quality: str, count: int) -> None:
    """What the price hangs on most."""
    panel.chooser.set_preset(Preset.CUSTOM)
    panel.fields.details.form.show_values(quality, panel.fields.details.form.size_text, seeds=False)
    panel.chooser.count.number.setValue(count)
    panel.refresh()
