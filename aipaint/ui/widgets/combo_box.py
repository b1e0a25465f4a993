"""`ComboBox`: a combo box that draws its own chevron in the palette's color."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from aipaint.ui.icons import draw_icon

_CHEVRON = 14
_OWN = Qt.FindChildOption.FindDirectChildrenOnly


class ComboBox(QComboBox):
    """The wheel changes it only while it has the focus, so scrolling a panel is harmless."""

    def __init__(self, object_name: str, accessible_name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def showPopup(self) -> None:
        super().showPopup()
        # Qt forgets the rim that the style gives to lists: the last entry would be cut off.
        view = self.view()
        shown = min(self.count(), self.maxVisibleItems())
        missing = sum(view.sizeHintForRow(row) for row in range(shown)) - view.viewport().height()
        if missing > 0:
            popup = view.window()
            place = popup.geometry().adjusted(0, 0, 0, missing)
            bottom = self.screen().availableGeometry().bottom()
            if place.bottom() > bottom:
                place.moveBottom(bottom)
            popup.setGeometry(place)
            for part in popup.findChildren(QWidget, options=_OWN):
                if part.inherits("QComboBoxPrivateScroller"):
                    part.hide()  # an arrow for more, of which there is no more

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable():
            super().paintEvent(event)
        else:
            self._paint_elided()
        painter = QPainter(self)
        left = 8 if self.isRightToLeft() else self.width() - _CHEVRON - 8
        place = QRect(left, (self.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        color = self.palette().color(group, QPalette.ColorRole.WindowText)
        draw_icon(painter, "chevron-down", place, color)
        painter.end()

    def _paint_elided(self) -> None:
        """As Qt does, but a text that is too long ends with dots."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        room = place.width()
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + 4
        dots = Qt.TextElideMode.ElideRight
        option.currentText = option.fontMetrics.elidedText(option.currentText, dots, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
