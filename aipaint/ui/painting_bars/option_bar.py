"""`OptionBar`: a row of choices for one family of tools."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QToolButton, QWidget

from aipaint.tools.color_box import ColorBox
from aipaint.ui.icons import icon
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.color_pair import ColorPair
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider

_WIDEST_SLIDER = 220


class OptionBar(QWidget):
    """Parts are added from the start to the end; `refresh` shows what is set."""

    color_wanted = Signal(bool)  # the user wants to change the background color (or the foreground)
    brush_changed = Signal()  # for bars that hold the sliders of a brush

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(4, 0, 4, 0)
        self.row.setSpacing(10)

    def refresh(self) -> None:
        """The tool or its options are others now."""

    def add_colors(self, name: str, box: ColorBox) -> ColorPair:
        """Foreground and background color."""
        pair = ColorPair(name, box, self.color_wanted.emit, remembers=False)
        self.row.addWidget(pair)
        return pair

    def add_number(
        self, name: str, label: str, numbers: NumberRange, changed: Callable[[int], None]
    ) -> NumberSlider:
        """A slider with its number."""
        slider = NumberSlider(name, label, numbers)
        slider.setMaximumWidth(_WIDEST_SLIDER)
        slider.value_changed.connect(changed)
        self.row.addWidget(slider)
        return slider

    def add_check(
        self, name: str, label: str, tip: str, changed: Callable[[bool], None]
    ) -> QCheckBox:
        """Something that is on or off."""
        check = CheckBox(label)
        check.setObjectName(name)
        check.setAccessibleName(label)
        check.setToolTip(tip)
        check.clicked.connect(changed)
        self.row.addWidget(check)
        return check

    def add_combo(
        self, name: str, label: str, choices: Mapping[str, str], chosen: Callable[[str], None]
    ) -> ComboBox:
        """One of several, by words: `choices` holds the text by value."""
        combo = ComboBox(name, label)
        for value, text in choices.items():
            combo.addItem(text, value)
        combo.setToolTip(label)
        combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMinimumContentsLength(0)
        combo.activated.connect(lambda index: chosen(str(combo.itemData(index))))
        self.row.addWidget(combo)
        return combo

    def add_choice(
        self, name: str, choices: Mapping[str, tuple[str, str]], chosen: Callable[[str], None]
    ) -> "Choice":
        """One of several; `choices` holds icon and tip by value."""
        choice = Choice(name, choices, chosen)
        self.row.addWidget(choice)
        return choice


class Choice(QWidget):
    """Buttons with icons, of which one is down."""

    def __init__(
        self, name: str, choices: Mapping[str, tuple[str, str]], chosen: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for value, (icon_name, tip) in choices.items():
            button = QToolButton()
            button.setObjectName(f"{name}.{value}")
            button.setIcon(icon(icon_name))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, value=value: chosen(value))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[value] = button

    def show_choice(self, value: str) -> None:
        """Press that button without telling anybody."""
        self._buttons[value].setChecked(True)
