"""`OptionForm`: a model's own options as rows, built from its record."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from aipaint.errors import UsageError
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.ui.panels.option_widget import OptionWidget, label_of_option
from aipaint.ui.panels.panel import GAP
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

_FIRST = (
    "background",
    "output_format",
    "output_compression",
    "input_fidelity",
    "partial_images",
)
_LONGEST_REMEMBERED = 2000  # a file inside an address is not remembered


class OptionForm(QWidget):
    """Rows for fields; those left alone are not sent."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: tuple[OptionField, ...] = ()
        self._widgets: dict[str, OptionWidget] = {}
        self._is_filling = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._grid.setColumnStretch(0, 2)  # long names wrap, so that choices can be read
        self._grid.setColumnStretch(1, 3)

    @property
    def count(self) -> int:
        return len(self._widgets)

    def show_fields(self, fields: Sequence[OptionField]) -> None:
        """Rows for these, the common ones first. What is typed in fields that stay is kept."""
        wanted = tuple(sorted(fields, key=_rank))
        if wanted == self._fields:
            return
        typed = dict(self.values())
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self._fields = wanted
        self._widgets = {}
        for row, field in enumerate(wanted):
            widget = OptionWidget(field)
            label = PlainLabel(label_of_option(field).replace("&", "&&"), Tone.MUTED, wraps=True)
            label.setBuddy(widget.input)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(widget, row, 1)
            widget.changed.connect(self._on_changed)
            self._widgets[field.name] = widget
        self.show_values(typed)

    def values(self) -> tuple[tuple[str, str], ...]:
        """Name and text of what was set."""
        found = ((name, widget.text) for name, widget in self._widgets.items())
        return tuple((name, text) for name, text in found if text is not None)

    def remembered(self) -> dict[str, str]:
        """Of these, what may be put down in a file: no secrets and no files."""
        secret = {field.name for field in self._fields if field.kind is OptionKind.SECRET}
        return {
            name: text
            for name, text in self.values()
            if name not in secret and len(text) <= _LONGEST_REMEMBERED
        }

    def show_values(self, values: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        """Every field not named is left to the server. Says nothing of the change."""
        texts = dict(values)
        self._is_filling = True
        for name, widget in self._widgets.items():
            widget.show_text(texts.get(name))
        self._is_filling = False

    def problem(self) -> str:
        """The first text that its field does not take, in words."""
        for field in self._fields:
            widget = self._widgets[field.name]
            text = widget.text
            if widget.trouble:
                return widget.trouble
            if text is None and (not field.is_required or field.default is not None):
                continue
            try:
                if text is None:
                    return f"{label_of_option(field)} is required: see More options."
                field.value_of(text)
            except UsageError as error:
                return f"{label_of_option(field)}: {error.hint or error.message}"
        return ""

    def _on_changed(self) -> None:
        if not self._is_filling:
            self.changed.emit()


def _rank(field: OptionField) -> tuple[int, int]:
    place = _FIRST.index(field.name) if field.name in _FIRST else len(_FIRST)
    return (place, field.order)
