"""`PictureSizeDialog`: a width and a height; in proportion, or about an anchor."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aipaint.pixels.rect import Rect
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.number_room import give_room
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

_LARGEST = 30_000
_PLACES = (("Top", -1), ("Middle", 0), ("Bottom", 1))
_SIDES = (("left", -1), ("middle", 0), ("right", 1))


class AnchorChooser(QWidget):
    """Nine buttons: which part of the picture stays where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("anchorChooser")
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        for row, (vertical, down) in enumerate(_PLACES):
            for column, (horizontal, across) in enumerate(_SIDES):
                button = QToolButton()
                button.setText("·")
                button.setObjectName(f"anchor{vertical}{horizontal.title()}")
                button.setAccessibleName(f"Anchor {vertical.lower()} {horizontal}")
                button.setToolTip(f"The {vertical.lower()} {horizontal} stays where it is")
                button.setCheckable(True)
                button.setFixedSize(QSize(26, 26))
                self._group.addButton(button, (down + 1) * 3 + across + 1)
                grid.addWidget(button, row, column)
                if not across and not down:
                    button.setChecked(True)
        grid.setColumnStretch(3, 1)

    @property
    def anchor(self) -> tuple[int, int]:
        """-1, 0, 1 across and down."""
        down, across = divmod(self._group.checkedId(), 3)
        return across - 1, down - 1


class PictureSizeDialog(QDialog):
    """`width_` and `height_` are the answer; `anchor` is there for the canvas only."""

    def __init__(self, parent: QWidget, frame: Rect, *, has_anchor: bool) -> None:
        super().__init__(parent)
        self.setObjectName("canvasSizeDialog" if has_anchor else "imageSizeDialog")
        self.setWindowTitle("Canvas size" if has_anchor else "Image size")
        self.setMinimumWidth(340)
        self._frame = frame
        self._is_refreshing = False
        self.width_spin = _spin("sizeWidthSpin", "Width", frame.width)
        self.height_spin = _spin("sizeHeightSpin", "Height", frame.height)
        self.width_spin.valueChanged.connect(self._on_width)
        self.height_spin.valueChanged.connect(self._on_height)
        self.ratio_check = CheckBox("Keep &proportions")
        self.ratio_check.setObjectName("sizeRatioCheck")
        self.ratio_check.setChecked(not has_anchor)
        self.delete_check = CheckBox("&Delete pixels outside")
        self.delete_check.setObjectName("sizeDeleteCheck")
        self.delete_check.setVisible(has_anchor)
        self.anchor_chooser = AnchorChooser()
        self._build(has_anchor=has_anchor)

    @property
    def width_(self) -> int:
        return self.width_spin.value()

    @property
    def height_(self) -> int:
        return self.height_spin.value()

    @property
    def anchor(self) -> tuple[int, int]:
        return self.anchor_chooser.anchor

    @property
    def deletes_outside(self) -> bool:
        return self.delete_check.isChecked()

    def _build(self, *, has_anchor: bool) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        now = PlainLabel(f"{self._frame.width} × {self._frame.height} px", Tone.MUTED)
        form.addRow("Now", now)
        form.addRow("&Width", self.width_spin)
        form.addRow("&Height", self.height_spin)
        form.addRow("", self.ratio_check)
        if has_anchor:
            form.addRow("Anchor", self.anchor_chooser)
            form.addRow("", self.delete_check)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setObjectName("sizeApplyButton")
        buttons.button(kinds.Ok).setText("Resize")
        for button in buttons.buttons():
            button.setIcon(QIcon())  # some desktops add pictures of their own
        name_buttons(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(buttons)

    def _on_width(self, width: int) -> None:
        self._follow(self.height_spin, round(width * self._frame.height / self._frame.width))

    def _on_height(self, height: int) -> None:
        self._follow(self.width_spin, round(height * self._frame.width / self._frame.height))

    def _follow(self, spin: QSpinBox, value: int) -> None:
        if self.ratio_check.isChecked() and not self._is_refreshing:
            self._is_refreshing = True
            spin.setValue(value)
            self._is_refreshing = False


def _spin(object_name: str, accessible_name: str, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(object_name)
    spin.setAccessibleName(accessible_name)
    spin.setRange(1, _LARGEST)
    spin.setValue(value)
    spin.setSuffix(" px")
    give_room(spin)
    return spin
