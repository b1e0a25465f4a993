"""`LayerDelegate`: how a row of the layers list looks: eye, pictures, name, locks."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from aipaint.document.document import Document
from aipaint.document.layer import Layer
from aipaint.document.layer_tree import groups_around
from aipaint.ui.icons import draw_icon
from aipaint.ui.panels.layer_model import DETAIL_ROLE, LAYER_ROLE
from aipaint.ui.panels.layer_row import ROW_HEIGHT, LayerRow, square_in
from aipaint.ui.panels.layer_thumbnails import LayerThumbnails

_Index = QModelIndex | QPersistentModelIndex
_ICON = 18
_LOCK_ICON = 14
_CHECK = 6


class LayerDelegate(QStyledItemDelegate):
    """Draws; what a click means is the view's business."""

    def __init__(self, document: Document, thumbnails: LayerThumbnails, view: QWidget) -> None:
        super().__init__(view)
        self._document = document
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        layer = index.data(LAYER_ROLE)
        if not isinstance(layer, Layer):
            return
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        option.widget.style().drawPrimitive(panel, option, painter, option.widget)
        painter.save()
        row = LayerRow.of(layer, option.rect)
        palette: QPalette = option.palette
        text = palette.color(QPalette.ColorRole.Text)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        is_shown = self._is_shown(layer)
        eye = "eye" if layer.style.is_visible else "eye-off"
        draw_icon(painter, eye, square_in(row.eye, _ICON), text if is_shown else faint)
        if layer.style.is_clipped:
            draw_icon(painter, "corner-left-down", square_in(row.clip, _LOCK_ICON), text)
        accent = palette.color(QPalette.ColorRole.Highlight)
        self._paint_picture(painter, layer, row, text, accent)
        self._paint_mask(painter, layer, row, accent)
        _paint_locks(painter, layer, row, text)
        detail = str(index.data(DETAIL_ROLE) or "")
        _paint_words(painter, row.name, (layer.name, detail), (text if is_shown else faint, faint))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        return QSize(120, ROW_HEIGHT)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        del option, index
        editor = QLineEdit(parent)
        editor.setAccessibleName("Layer name")
        editor.setObjectName("layerNameEdit")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        layer = index.data(LAYER_ROLE)
        if isinstance(layer, Layer):
            name = LayerRow.of(layer, option.rect).name
            editor.setGeometry(name.adjusted(-6, 3, 2, -3))

    def _is_shown(self, layer: Layer) -> bool:
        around = groups_around(self._document.picture.layers, layer)
        return all(one.style.is_visible for one in (layer, *around))

    def _is_target(self, layer: Layer, *, is_mask: bool) -> bool:
        picture = self._document.picture
        target = layer.mask_target if is_mask else layer.id
        return layer.id == picture.active_layer_id and picture.paint_target == target

    def _paint_picture(
        self, painter: QPainter, layer: Layer, row: LayerRow, text: QColor, accent: QColor
    ) -> None:
        if layer.is_group:
            is_open = self._thumbnails.is_open(layer.id)
            draw_icon(painter, "folder-open" if is_open else "folder",
                      square_in(row.picture, _ICON + 2), text)  # fmt: skip
            return
        frame = _fitted(row.picture, self._thumbnails.shape)
        _paint_checks(painter, frame)
        image = self._thumbnails.image(layer.id)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, image)
        is_target = self._is_target(layer, is_mask=False)
        _paint_border(painter, frame, accent if is_target else None)

    def _paint_mask(self, painter: QPainter, layer: Layer, row: LayerRow, accent: QColor) -> None:
        if layer.mask is None:
            return
        frame = _fitted(row.mask, self._thumbnails.shape)
        image = self._thumbnails.mask_image(layer.id) or QImage()
        painter.fillRect(frame, QColor("#808080"))
        if not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, image)
        if not layer.mask.is_enabled:
            painter.setPen(QColor("#d03030"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawLine(frame.topLeft(), frame.bottomRight())
            painter.drawLine(frame.topRight(), frame.bottomLeft())
        is_target = self._is_target(layer, is_mask=True)
        _paint_border(painter, frame, accent if is_target else None)


def _paint_words(
    painter: QPainter, room: QRect, words: tuple[str, str], colors: tuple[QColor, QColor]
) -> None:
    name, detail = words
    left = Qt.AlignmentFlag.AlignLeft
    metrics = painter.fontMetrics()
    elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(colors[0])
    if not detail:
        painter.drawText(room, left | Qt.AlignmentFlag.AlignVCenter, elided)
        return
    half = room.height() // 2
    upper = room.adjusted(0, 2, 0, -half)
    painter.drawText(upper, left | Qt.AlignmentFlag.AlignBottom, elided)
    small = QFont(painter.font())
    small.setPointSizeF(small.pointSizeF() * 0.88)
    painter.setFont(small)
    painter.setPen(colors[1])
    lower = room.adjusted(0, half + 1, 0, 0)
    shown = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(lower, left | Qt.AlignmentFlag.AlignTop, shown)


def _paint_locks(painter: QPainter, layer: Layer, row: LayerRow, text: QColor) -> None:
    names = ["lock"] if layer.style.is_locked else []
    if layer.style.is_alpha_locked:
        names.append("grid-2x2")
    if not names:
        return
    width = row.locks.width() // len(names)
    for number, name in enumerate(names):
        x = row.locks.left() + number * width
        place = QRect(x, row.locks.top(), width, row.locks.height())
        draw_icon(painter, name, square_in(place, _LOCK_ICON), text)


def _paint_checks(painter: QPainter, frame: QRect) -> None:
    painter.fillRect(frame, QColor("#ffffff"))
    painter.setClipRect(frame)
    for row in range(frame.height() // _CHECK + 1):
        for column in range(row % 2, frame.width() // _CHECK + 1, 2):
            x, y = frame.left() + column * _CHECK, frame.top() + row * _CHECK
            painter.fillRect(x, y, _CHECK, _CHECK, QColor("#dcdcdc"))
    painter.setClipping(False)


def _paint_border(painter: QPainter, frame: QRect, accent: QColor | None) -> None:
    """What tools paint on has a thick border; everything has a thin one."""
    if accent is None:
        painter.setPen(QColor(128, 128, 128, 150))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        return
    painter.setPen(QColor("#ffffff"))
    painter.drawRect(frame.adjusted(1, 1, -2, -2))
    for grown in (0, 1):
        painter.setPen(accent)
        painter.drawRect(frame.adjusted(-grown, -grown, grown - 1, grown - 1))


def _fitted(room: QRect, shape: tuple[int, int]) -> QRect:
    """A rectangle of the frame's proportions in the middle of the room."""
    width, height = shape
    longer = max(width, height, 1)
    wide = max(2, room.width() * width // longer)
    high = max(2, room.height() * height // longer)
    return QRect(room.center().x() - wide // 2 + 1, room.center().y() - high // 2 + 1, wide, high)
