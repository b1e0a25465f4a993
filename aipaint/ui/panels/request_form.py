"""`RequestForm`: quality, size and seed, as far as the model has them."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from aipaint.errors import UsageError
from aipaint.providers.request import Operation, Size
from aipaint.ui.panels.generate_wording import quality_label
from aipaint.ui.panels.panel import GAP, field_label
from aipaint.ui.panels.size_rule_text import size_rule_text
from aipaint.ui.widgets.combo_box import ComboBox

if TYPE_CHECKING:
    from aipaint.providers.model_info import ModelInfo

_SIZE = re.compile(r"\s*(\d{1,5})\s*[x×*]\s*(\d{1,5})\s*")
_AS_PICTURE = "As the picture"
_LARGEST_SEED = 10


class RequestForm(QWidget):
    """Rows that the model does not have are not there. `touched`: quality or size were chosen by
    hand, so that a preset no longer holds."""

    touched = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_showing = False
        self.quality_combo = ComboBox("qualityCombo", "Quality")
        self.quality_combo.setToolTip("The model's own quality; finer is dearer")
        self.quality_combo.currentIndexChanged.connect(self._on_touched)
        self.size_combo = ComboBox("sizeCombo", "Size")
        self.size_combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        edit = QLineEdit()
        edit.setObjectName("sizeEdit")
        edit.setAccessibleName("Size, width × height")
        self.size_combo.setLineEdit(edit)
        self.size_combo.currentTextChanged.connect(self._on_touched)
        self.seed_edit = QLineEdit()
        self.seed_edit.setObjectName("seedEdit")
        self.seed_edit.setAccessibleName("Seed")
        self.seed_edit.setPlaceholderText("Random")
        self.seed_edit.setToolTip("The same number with the same words gives the same picture")
        digits = QRegularExpression(rf"\d{{0,{_LARGEST_SEED}}}")
        self.seed_edit.setValidator(QRegularExpressionValidator(digits, self.seed_edit))
        self.seed_edit.textChanged.connect(self._on_changed)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(GAP)
        fields = (("Qualit&y", self.quality_combo), ("Si&ze", self.size_combo))
        for text, field in (*fields, ("S&eed", self.seed_edit)):
            self._form.addRow(field_label(text, field), field)

    @property
    def quality(self) -> str:
        return str(self.quality_combo.currentData() or "")

    @property
    def seed(self) -> int | None:
        text = self.seed_edit.text()
        return int(text) if text and self._form.isRowVisible(self.seed_edit) else None

    def asked_size(self) -> Size | None:
        """None: as the picture. Raises UsageError for a text that is no size."""
        text = self.size_text
        if not text:
            return None
        match = _SIZE.fullmatch(text)
        size = Size(int(match[1]), int(match[2])) if match is not None else Size(0, 0)
        if not size.width or not size.height:
            raise UsageError(f"{text[:20]} is not a size.", "Say it as 1024 x 768.")
        return size

    @property
    def size_text(self) -> str:
        """As it is remembered: "" for the size of the picture, or where size is no question."""
        text = self.size_combo.currentText().strip()
        is_asked = self._form.isRowVisible(self.size_combo)
        return "" if text == _AS_PICTURE or not is_asked else text

    @property
    def has_rows(self) -> bool:
        fields = (self.quality_combo, self.size_combo, self.seed_edit)
        return any(self._form.isRowVisible(field) for field in fields)

    def show_model(self, model: "ModelInfo", operation: Operation | None) -> None:
        """The choices of a model; what was chosen stays where it still exists."""
        self._is_showing = True
        wanted = self.quality if self.quality in model.qualities else model.default_quality
        if self._qualities() != list(model.qualities):
            self.quality_combo.clear()
            for quality in model.qualities:
                self.quality_combo.addItem(quality_label(quality), quality)
        self.quality_combo.setCurrentIndex(max(0, self.quality_combo.findData(wanted)))
        self._show_sizes(model)
        self._form.setRowVisible(self.quality_combo, len(model.qualities) > 1)
        self._form.setRowVisible(self.size_combo, operation is Operation.GENERATE)
        self._form.setRowVisible(self.seed_edit, model.has_seed)
        self._is_showing = False

    def show_values(
        self, quality: str, size: "Size | str | None", seed: int | None = None, *, seeds: bool
    ) -> None:
        """Fill in without calling it touched; the seed only with `seeds`."""
        self._is_showing = True
        row = self.quality_combo.findData(quality)
        if row >= 0:
            self.quality_combo.setCurrentIndex(row)
        text = f"{size.width} × {size.height}" if isinstance(size, Size) else size or _AS_PICTURE
        self.size_combo.setCurrentText(text)
        if seeds:
            self.seed_edit.setText("" if seed is None else str(seed))
        self._is_showing = False

    def _show_sizes(self, model: "ModelInfo") -> None:
        shown = self.size_combo.currentText()
        sizes = [f"{size.width} × {size.height}" for size in model.suggested_sizes]
        entries = [_AS_PICTURE, *sizes]
        if [self.size_combo.itemText(row) for row in range(self.size_combo.count())] != entries:
            self.size_combo.clear()
            self.size_combo.addItems(entries)
            self.size_combo.setCurrentText(shown or _AS_PICTURE)
        self.size_combo.setToolTip(f"{size_rule_text(model.sizes)}. Any size may be typed")

    def _qualities(self) -> list[str]:
        combo = self.quality_combo
        return [str(combo.itemData(row)) for row in range(combo.count())]

    def _on_touched(self) -> None:
        if not self._is_showing:
            self.touched.emit()
            self.changed.emit()

    def _on_changed(self) -> None:
        if not self._is_showing:
            self.changed.emit()
