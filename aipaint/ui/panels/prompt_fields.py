"""`PromptFields`: everything of the AI panel that is filled in: idea, words, model, details."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aipaint.document.picture import Picture
from aipaint.providers.request import Operation, Size
from aipaint.ui.panels.model_chooser import ModelChooser, record_of
from aipaint.ui.panels.model_memory import ModelChoices, ModelMemory
from aipaint.ui.panels.panel import GAP, field_label
from aipaint.ui.panels.preset_choice import Preset
from aipaint.ui.panels.refine_box import RefineBox
from aipaint.ui.panels.request_details import RequestDetails
from aipaint.ui.panels.wish import Words, takes_negative, wanted_operation
from aipaint.ui.widgets.fold import Fold
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.prompt_edit import PromptEdit

if TYPE_CHECKING:
    from aipaint.generation.options import GenerateOptions
    from aipaint.providers.model_info import ModelInfo


class PromptFields(QWidget):
    """Builds itself from the record of the chosen model and remembers what was chosen for each."""

    changed = Signal()
    chosen = Signal()  # with a click, not with keys that follow each other
    lint_shown = Signal(tuple)  # the sentences

    def __init__(self) -> None:
        super().__init__()
        self._memory: ModelMemory | None = None
        self._shown = ("", "")  # provider and model whose choices are on show
        self._kept: ModelChoices | None = None
        self.refine = RefineBox()
        self.refine.result.replace_wanted.connect(self._on_replace)
        self.refine.result.insert_wanted.connect(self._on_insert)
        self.prompt_edit = PromptEdit("promptEdit", "Prompt", lines=2)
        self.prompt_edit.setPlaceholderText("What should be there? Leave empty to remove.")
        self.negative_edit = PromptEdit("negativeEdit", "Negative prompt", lines=2)
        self.negative_edit.setPlaceholderText("What should not be there?")
        self.negative_fold = Fold("negativeFold", "Negative prompt", self.negative_edit)
        self.chooser = ModelChooser()
        self.chooser.chosen.connect(self.chosen)
        self.chooser.provider_chosen.connect(self._on_provider_chosen)
        self.details = RequestDetails()
        self.details.touched.connect(self._on_touched)
        self.details_fold = Fold("moreOptionsFold", "More options", self.details)
        self.lint_label = PlainLabel("", Tone.MUTED, wraps=True)
        self.lint_label.setObjectName("lintLabel")
        self.lint_label.setAccessibleName("What will differ")
        for text in (self.prompt_edit, self.negative_edit):
            text.textChanged.connect(self.changed)
        for part in (self.chooser, self.details):
            part.changed.connect(self.changed)
        self._build()

    @property
    def words(self) -> Words:
        return Words(self.prompt_edit.text, self.negative_edit.text)

    def remember_in(self, memory: ModelMemory) -> None:
        """Where choices come from and go to."""
        self._memory = memory

    def add_choice(self, widget: QWidget) -> None:
        """One more part, above the line that says what will differ."""
        self._choices.addWidget(widget)

    def follow(self, picture: Picture) -> None:
        """Show what can be chosen for the picture and the words as they are now."""
        prompt = self.words.prompt
        self.chooser.follow_prompt(has_prompt=bool(prompt.strip()))
        operation = wanted_operation(picture, prompt)
        if operation is not None:
            self.chooser.follow_operation(operation)
        model = record_of(self.chooser)
        if model is not None:
            frame = Size(max(1, picture.frame.width), max(1, picture.frame.height))
            self._show_model(model, operation, frame)
        can_negate = model is not None and takes_negative(model)
        self.negative_fold.setVisible(can_negate or bool(self.negative_edit.text.strip()))
        self.negative_edit.setEnabled(can_negate or model is None)

    def show_options(self, options: "GenerateOptions") -> None:
        """What a job asked for, for the model that is shown by now."""
        self.chooser.set_preset(Preset.CUSTOM)
        self.chooser.set_count(
            options.count, max(options.count, self.chooser.count.number.maximum())
        )
        form = self.details.form
        form.show_values(options.quality, options.size, options.seed, seeds=True)
        self.details.options.show_values(options.extra)
        self.details.references.show_images(options.references)

    def show_lint(self, sentences: tuple[str, ...]) -> None:
        """What the answer will not be as it was asked for."""
        text = "\n".join(sentences)
        self.lint_label.setText(text)
        self.lint_label.setAccessibleDescription(text)
        self.lint_label.setVisible(bool(text))
        self.lint_shown.emit(sentences)

    def keep_last_model(self) -> None:
        """A model that was really used comes first the next time."""
        provider = self.chooser.provider
        if self._memory is not None and provider is not None:
            self._memory.keep_last_model(provider.name, self.chooser.model_name)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.refine)
        column.addWidget(field_label("&Prompt", self.prompt_edit))
        self._choices = QVBoxLayout()
        self._choices.setSpacing(GAP)
        for part in (self.prompt_edit, self.negative_fold, self.chooser, self.details_fold):
            column.addWidget(part)
        column.addLayout(self._choices)
        column.addWidget(self.lint_label)
        column.addStretch(1)
        self.show_lint(())

    def _show_model(self, model: "ModelInfo", operation: Operation | None, frame: Size) -> None:
        provider = self.chooser.provider
        assert provider is not None  # it made the record
        shown = (provider.name, model.id)
        self.details.show_model(model, operation)
        self.details_fold.setVisible(self.details.has_anything)
        count = self.chooser.count.value
        is_new = shown != self._shown
        if is_new:
            self._shown = shown
            kept = self._memory.choices(*shown) if self._memory is not None else None
            if kept is not None:
                count = kept.count
                self._show_kept(kept)
        self.chooser.set_count(min(count, model.max_count), model.max_count)
        self._follow_preset(model, operation, frame)
        choices = self.details.choices(self.chooser.preset, self.chooser.count.value)
        if not is_new and choices != self._kept and self._memory is not None:
            self._memory.keep(*shown, choices)
        self._kept = choices

    def _show_kept(self, kept: ModelChoices) -> None:
        presets = [preset for preset in Preset if preset.value == kept.preset]
        if presets:
            self.chooser.set_preset(presets[0])
        self.details.show_choices(kept)

    def _follow_preset(self, model: "ModelInfo", operation: Operation | None, frame: Size) -> None:
        is_new_picture = operation is Operation.GENERATE
        is_open = len(model.qualities) > 1 or is_new_picture
        meant = operation if operation is not None else Operation.EDIT
        meaning = self.details.follow(self.chooser.preset, model, meant, frame)
        sentence = meaning.sentence if is_open else "This model has one quality only"
        self.chooser.show_meaning(sentence, is_open=is_open)

    def _on_provider_chosen(self, name: str) -> None:
        last = self._memory.last_model(name) if self._memory is not None else ""
        if last:
            self.chooser.model_combo.setCurrentText(last)

    def _on_touched(self) -> None:
        self.chooser.set_preset(Preset.CUSTOM)
        self.chosen.emit()

    def _on_replace(self) -> None:
        """Through the cursor, so that Ctrl+Z in the field takes it back."""
        cursor = self.prompt_edit.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(self.refine.result.prompt)
        self._take_negative()

    def _on_insert(self) -> None:
        cursor = self.prompt_edit.textCursor()
        before = self.prompt_edit.text[: cursor.position()]
        space = "" if not before or before[-1].isspace() else " "
        cursor.insertText(f"{space}{self.refine.result.prompt}")
        self._take_negative()

    def _take_negative(self) -> None:
        text = self.refine.result.negative_prompt
        if text:
            cursor = self.negative_edit.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(text)
            self.negative_fold.button.setChecked(True)
        self.refine.result.close_result()
        self.prompt_edit.setFocus()
