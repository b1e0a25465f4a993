"""`OptionWidget`: the field of a model's own option, as fits its kind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from aipaint.providers.option_field import OptionField, OptionKind, Scalar
from aipaint.ui.panels.option_file import FileChooser
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.plain_tip import plain_tip
from aipaint.ui.widgets.prompt_edit import PromptEdit

_NUMBERS = (OptionKind.NUMBER, OptionKind.WHOLE)
_STEPS = 20  # arrow keys cross a range in so many steps


class OptionWidget(QWidget):
    """`text` is what would be sent, None where the field is left to the server."""

    changed = Signal()

    def __init__(self, field: OptionField) -> None:
        super().__init__()
        self.field = field
        self.trouble = ""  # why a chosen file was not taken
        name = f"option_{field.name}"
        if field.kind in (OptionKind.CHOICE, OptionKind.SWITCH):
            self.input: QWidget = self._combo(name)
        elif field.kind is OptionKind.JSON:
            self.input = self._json(name)
        else:
            self.input = self._line(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.input, 1)
        if field.kind is OptionKind.FILE:
            chooser = FileChooser(name)
            chooser.chosen.connect(self._on_file)
            chooser.failed.connect(self._on_failed)
            row.addWidget(chooser)
        self.setFocusProxy(self.input)
        self.input.setAccessibleName(label_of_option(field))
        self.input.setToolTip(plain_tip(tip_of_option(field)))
        self.input.setAccessibleDescription(tip_of_option(field))

    @property
    def text(self) -> str | None:
        """Blanks around a text are part of it, anything else has none."""
        if isinstance(self.input, ComboBox):
            data = self.input.currentData()
            return None if data is None else str(data)
        if isinstance(self.input, PromptEdit):
            return self.input.text.strip() or None
        assert isinstance(self.input, QLineEdit)  # the only other kind there is
        text = self.input.text()
        return (text if self.field.kind is OptionKind.TEXT else text.strip()) or None

    def show_text(self, text: str | None) -> None:
        """Nothing for None. A choice that is no longer there is left to the server."""
        if isinstance(self.input, ComboBox):
            row = self.input.findData(text) if text is not None else 0
            self.input.setCurrentIndex(max(0, row))
        elif isinstance(self.input, PromptEdit):
            self.input.setPlainText(text or "")
        elif isinstance(self.input, QLineEdit):
            self.input.setText(text or "")

    def _combo(self, name: str) -> ComboBox:
        combo = ComboBox(name, label_of_option(self.field))
        is_switch = self.field.kind is OptionKind.SWITCH
        choices: tuple[Scalar, ...] = (True, False) if is_switch else self.field.choices
        combo.addItem(_left_alone(self.field), None)
        for choice in choices:
            combo.addItem(_shown(choice), _sent(choice))
        combo.currentIndexChanged.connect(self.changed)
        return combo

    def _line(self, name: str) -> QLineEdit:
        line = _StepEdit(self.field) if self.field.kind in _NUMBERS else QLineEdit()
        line.setObjectName(name)
        line.setPlaceholderText(_left_alone(self.field))
        line.setMinimumWidth(40)
        if self.field.kind is OptionKind.SECRET:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textChanged.connect(self.changed)
        return line

    def _json(self, name: str) -> PromptEdit:
        edit = PromptEdit(name, label_of_option(self.field), lines=2)
        edit.setPlaceholderText(_left_alone(self.field))
        edit.textChanged.connect(self.changed)
        return edit

    def _on_failed(self, sentence: str) -> None:
        self.trouble = sentence
        self.changed.emit()

    def _on_file(self, address: str) -> None:
        self.trouble = ""
        assert isinstance(self.input, QLineEdit)  # as files are asked for
        before = self.input.text().strip()
        self.input.setText(f"{before} {address}".strip() if self.field.is_list else address)


class _StepEdit(QLineEdit):
    """A number of any size; the arrow keys step through a range. Empty is the server's own."""

    def __init__(self, field: OptionField) -> None:
        super().__init__()
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        self.setText(self._stepped(step))

    def _stepped(self, direction: int) -> str:
        field = self._field
        low, high = field.minimum, field.maximum
        text = self.text().strip() or ("" if field.default is None else str(field.default))
        is_whole = field.kind is OptionKind.WHOLE
        try:
            number = float(text)
        except ValueError:
            number = float(low if low is not None else 0)
        span = float(high - low) if low is not None and high is not None else 0.0
        step = 1.0 if is_whole or span > _STEPS or not span else span / _STEPS
        number += direction * step
        if low is not None:
            number = max(float(low), number)
        if high is not None:
            number = min(float(high), number)
        return str(round(number)) if is_whole else f"{number:.6g}"


_LABELS = {
    "background": "Background",
    "output_format": "File format",
    "output_compression": "File quality",
    "input_fidelity": "Keep the input",
    "partial_images": "Pictures underway",
    "num_inference_steps": "Steps",
    "guidance_scale": "Guidance",
    "prompt_strength": "Prompt strength",
}


def label_of_option(field: OptionField) -> str:
    """ "Guidance scale" for guidance_scale."""
    words = field.name.replace("_", " ").replace("-", " ").strip()
    return _LABELS.get(field.name) or (words[:1].upper() + words[1:]) or "Option"


def tip_of_option(field: OptionField) -> str:
    """What it is, what it takes and the name the model knows it by."""
    told = field.description.strip()
    takes = field.takes()
    parts = [told, f"Takes {takes}." if takes else "", f"The model's own name: {field.name}"]
    return "\n".join(part for part in parts if part)


def _left_alone(field: OptionField) -> str:
    if field.default is None:
        return "Required" if field.is_required else "Default"
    shown = _shown(field.default).replace("\n", " ")
    if field.kind is OptionKind.SECRET:
        return "Default"
    return f"{shown if len(shown) <= 40 else shown[:39] + '…'} (default)"


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "On" if value else "Off"
    return str(value)


def _sent(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
