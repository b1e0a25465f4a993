"""`SelectBar`: how the tools that select or mask do it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QToolButton,
    QWidget,
)

from aipaint.document.areas import AreaKind
from aipaint.pixels.area import Combine
from aipaint.tools.select_options import SelectOptions
from aipaint.tools.smart_select_tool import SmartHand, SmartSelectTool
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.icons import icon
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider
from aipaint.ui.widgets.push_button import PushButton

SELECT_TOOLS = (
    "selectRectangle",
    "selectEllipse",
    "selectLasso",
    "selectPolygon",
    "selectWand",
    "selectSmart",
)
_COMBINES = {
    Combine.REPLACE: ("square", "New: in place of what is there"),
    Combine.ADD: ("squares-unite", "Add (hold Shift)"),
    Combine.SUBTRACT: ("squares-subtract", "Take away (hold Alt, or the right button)"),
    Combine.INTERSECT: ("squares-intersect", "Keep what both have (hold Shift and Alt)"),
}
_HANDS = {
    SmartHand.BOX: ("square-dashed", "Box: drag one around the object"),
    SmartHand.KEEP: ("plus", "Keep: mark what belongs to the object"),
    SmartHand.LEAVE_OUT: ("minus", "Leave out: mark what does not (hold Alt)"),
}


class SelectBar(QWidget):
    """Writes the toolbox, and shows what is in it whenever the tool changes."""

    kind_changed = Signal()

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__()
        self.setObjectName("selectBar")
        self._toolbox = toolbox
        self.kind = ComboBox("selectKindCombo", "What the tool makes")
        self.kind.addItem("Selection", AreaKind.SELECTION)
        self.kind.addItem("Mask", AreaKind.MASK)
        self.kind.setToolTip("What the tool makes: a selection, which limits painting, or a mask")
        self.kind.activated.connect(self._on_kind)
        self._combines = QButtonGroup(self)
        self._hands = QButtonGroup(self)
        self.feather = NumberSlider("selectFeather", "Feather", NumberRange(0, 250, " px", True))
        self.feather.set_tool_tip("Softens the edge to both sides")
        self.feather.value_changed.connect(self._on_feather)
        self.tolerance = NumberSlider("wandTolerance", "Tolerance", NumberRange(0, 255))
        self.tolerance.set_tool_tip("How far a color may be from the one that is clicked")
        self.tolerance.value_changed.connect(self._on_tolerance)
        self.contiguous = _check("wandContiguous", "Contiguous", "Only what hangs together")
        self.contiguous.toggled.connect(self._on_contiguous)
        self.all_layers = _check("selectAllLayers", "All layers", "Look at everything visible")
        self.all_layers.toggled.connect(self._on_all_layers)
        self.smooth = _check("selectSmooth", "Smooth edge", "An edge without steps")
        self.smooth.toggled.connect(self._on_smooth)
        self.take = PushButton("Take")
        self.take.setObjectName("smartTakeButton")
        self.take.setToolTip("Take what is shown (Enter)")
        self.take.clicked.connect(lambda: self._toolbox.current.confirm())
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Show the options, and only those that the current tool has."""
        options, tool = self._toolbox.selecting, self._toolbox.current
        is_wand, is_smart = tool.id == "selectWand", isinstance(tool, SmartSelectTool)
        self.kind.setCurrentIndex(self.kind.findData(options.kind))
        for number, combine in enumerate(_COMBINES):
            self._combines.button(number).setChecked(combine is options.combine)
        self.refresh_smart()
        self.feather.set_value(options.feather_pixels)
        self.tolerance.set_value(options.tolerance)
        for box, is_on in (
            (self.contiguous, options.is_contiguous),
            (self.all_layers, options.takes_all_layers),
            (self.smooth, options.is_smooth),
        ):
            box.blockSignals(True)
            box.setChecked(is_on)
            box.blockSignals(False)
        self.tolerance.setVisible(is_wand)
        self.contiguous.setVisible(is_wand)
        self.all_layers.setVisible(is_wand or is_smart)
        self.smooth.setVisible(tool.id in ("selectLasso", "selectPolygon", "selectWand"))
        self.take.setVisible(is_smart)
        for button in self._hands.buttons():
            button.setVisible(is_smart)

    def refresh_smart(self) -> None:
        """What smart select does next; it goes from the box to the marks by itself."""
        tool = self._toolbox.current
        if isinstance(tool, SmartSelectTool):
            for number, hand in enumerate(_HANDS):
                self._hands.button(number).setChecked(hand is tool.hand)
            self.take.setEnabled(tool.has_hints)

    def set_kind(self, kind: AreaKind) -> None:
        """What the tools make from now on."""
        self._set(replace(self._toolbox.selecting, kind=kind))
        self.refresh()
        self.kind_changed.emit()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self.kind)
        _add_buttons(row, self._combines, "selectCombine", list(_COMBINES.values()))
        self._combines.idClicked.connect(self._on_combine)
        _add_buttons(row, self._hands, "smartHand", list(_HANDS.values()))
        self._hands.idClicked.connect(self._on_hand)
        for part in (self.take, self.feather, self.tolerance):
            row.addWidget(part)
        for slider in (self.feather, self.tolerance):
            slider.setMaximumWidth(220)
        for box in (self.contiguous, self.all_layers, self.smooth):
            row.addWidget(box)
        row.addStretch(1)

    def _on_kind(self) -> None:
        self.set_kind(self.kind.currentData())

    def _on_combine(self, number: int) -> None:
        self._set(replace(self._toolbox.selecting, combine=list(_COMBINES)[number]))

    def _on_hand(self, number: int) -> None:
        tool = self._toolbox.current
        if isinstance(tool, SmartSelectTool):
            tool.hand = list(_HANDS)[number]

    def _on_feather(self, pixels: int) -> None:
        self._set(replace(self._toolbox.selecting, feather_pixels=pixels))

    def _on_tolerance(self, tolerance: int) -> None:
        self._set(replace(self._toolbox.selecting, tolerance=tolerance))

    def _on_contiguous(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.selecting, is_contiguous=is_on))

    def _on_all_layers(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.selecting, takes_all_layers=is_on))

    def _on_smooth(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.selecting, is_smooth=is_on))

    def _set(self, options: SelectOptions) -> None:
        self._toolbox.selecting = options


def _add_buttons(
    row: QHBoxLayout, group: QButtonGroup, name: str, looks: list[tuple[str, str]]
) -> None:
    """Icons side by side, one of them down."""
    together = QHBoxLayout()
    together.setSpacing(0)
    for number, (icon_name, tip) in enumerate(looks):
        button = QToolButton()
        button.setObjectName(f"{name}{number}")
        button.setIcon(icon(icon_name))
        button.setCheckable(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        group.addButton(button, number)
        together.addWidget(button)
    row.addLayout(together)


def _check(name: str, text: str, tip: str) -> QCheckBox:
    box = CheckBox(text)
    box.setObjectName(name)
    box.setToolTip(tip)
    return box
