"""`RequestDetails`: everything beside words and model that goes into a request."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aipaint.errors import UsageError
from aipaint.providers.request import Operation, Size
from aipaint.ui.panels.model_memory import ModelChoices
from aipaint.ui.panels.option_form import OptionForm
from aipaint.ui.panels.panel import GAP
from aipaint.ui.panels.preset_choice import Preset, PresetMeaning, meaning_of
from aipaint.ui.panels.reference_list import ReferenceList
from aipaint.ui.panels.request_form import RequestForm

if TYPE_CHECKING:
    from aipaint.providers.model_info import ModelInfo


class RequestDetails(QWidget):
    """Built from the record of the chosen model. `touched`: the preset no longer holds."""

    changed = Signal()
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = RequestForm()
        self.references = ReferenceList()
        self.options = OptionForm()
        self.form.touched.connect(self.touched)
        for part in (self.form, self.references, self.options):
            part.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (self.form, self.options, self.references):
            column.addWidget(part)

    @property
    def has_anything(self) -> bool:
        """Whether the model leaves anything to choose."""
        return bool(self.form.has_rows or self.options.count or not self.references.isHidden())

    @property
    def quality(self) -> str:
        return self.form.quality

    @property
    def seed(self) -> int | None:
        return self.form.seed

    def asked_size(self) -> Size | None:
        """Raises UsageError."""
        return self.form.asked_size()

    @property
    def extra(self) -> tuple[tuple[str, str], ...]:
        return self.options.values()

    def problem(self) -> str:
        """What keeps this from being sent, "" if nothing does."""
        try:
            self.form.asked_size()
        except UsageError as error:
            return str(error)
        return self.options.problem()

    def show_model(self, model: "ModelInfo", operation: Operation | None) -> None:
        """What can be chosen for this model and operation."""
        self.form.show_model(model, operation)
        fields = model.options or ()
        if operation is not None:
            fields = tuple(field for field in fields if field.is_for(operation))
        self.options.show_fields(fields)
        self.options.setVisible(bool(fields))
        self.form.setVisible(self.form.has_rows)
        takes = operation is not Operation.REMOVE
        self.references.show_limit(model.max_references if takes else 0)

    def follow(
        self, preset: Preset, model: "ModelInfo", operation: Operation, frame: Size
    ) -> PresetMeaning:
        """Set what a preset stands for; Custom leaves everything as it is."""
        meaning = meaning_of(preset, model, operation, frame)
        if preset is not Preset.CUSTOM:
            self.form.show_values(meaning.quality, meaning.size, seeds=False)
        return meaning

    def show_choices(self, choices: ModelChoices) -> None:
        """What was remembered, once the model is shown."""
        seed = int(choices.seed) if choices.seed.isdecimal() else None
        self.form.show_values(choices.quality, choices.size, seed, seeds=True)
        self.options.show_values(choices.options)

    def choices(self, preset: Preset, count: int) -> ModelChoices:
        """To be remembered."""
        return ModelChoices(
            preset=preset.value,
            quality=self.form.quality,
            size=self.form.size_text,
            seed="" if self.form.seed is None else str(self.form.seed),
            count=count,
            options=self.options.remembered(),
        )
