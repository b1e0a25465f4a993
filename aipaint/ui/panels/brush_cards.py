"""`BrushCards`: the brushes as a grid of pictures, each rendered when it is first looked at."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from aipaint.pixels.brush import Color
from aipaint.pixels.brush_preset import BrushPreset, is_same_name
from aipaint.pixels.brush_preview import render_preview
from aipaint.pixels.tile import Pixels
from aipaint.tools.surroundings import Surroundings
from aipaint.ui.widgets.stroke_preview import preview_ink, preview_pixmap, screen_size

_Index = QModelIndex | QPersistentModelIndex
_PICTURE = QSize(116, 44)
_CARD = QSize(126, 76)


class BrushCards(QListView):
    """`chosen` names the brush that was clicked, or entered by keyboard."""

    chosen = Signal(str)

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.setObjectName("brushList")
        self.setAccessibleName("Brushes")
        self._cards = _Cards(surroundings, self)
        self.setModel(self._cards)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setIconSize(_PICTURE)
        self.setGridSize(_CARD)
        self.setMinimumHeight(90)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # As many columns as fit, and the whole width for them.
        room = self.viewport().width() - 2
        columns = max(1, room // _CARD.width())
        self.setGridSize(QSize(max(room // columns, _CARD.width()), _CARD.height()))
        super().resizeEvent(event)

    @property
    def names(self) -> list[str]:
        """What is on show, in its order."""
        return [card.name for card in self._cards.presets]

    def show_brushes(self, presets: Sequence[BrushPreset], current: BrushPreset | None) -> None:
        self._cards.show(presets)
        rows = [
            row
            for row, one in enumerate(self._cards.presets)
            if current is not None and is_same_name(one.name, current.name)
        ]
        if rows:
            index = self._cards.index(rows[0])
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._cards.forget_pictures()

    def _on_chosen(self, index: QModelIndex) -> None:
        self.chosen.emit(self._cards.presets[index.row()].name)


class _Cards(QAbstractListModel):
    def __init__(self, surroundings: Surroundings, view: QListView) -> None:
        super().__init__(view)
        self._surroundings = surroundings
        self._view = view
        self._pictures: dict[BrushPreset, QPixmap | None] = {}
        self._ink = Color(0, 0, 0)
        self.presets: tuple[BrushPreset, ...] = ()

    def show(self, presets: Sequence[BrushPreset]) -> None:
        if tuple(presets) != self.presets:
            self.beginResetModel()
            self.presets = tuple(presets)
            self.endResetModel()

    def forget_pictures(self) -> None:
        """The colors around are others now."""
        self._pictures.clear()
        if self.presets:
            self.dataChanged.emit(self.index(0), self.index(len(self.presets) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.presets)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        preset = self.presets[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return preset.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(preset)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return preset.about or preset.name
        return None

    def _picture(self, preset: BrushPreset) -> QPixmap:
        """Qt asks for those on the screen only; until one is rendered its place is empty."""
        if preset not in self._pictures:
            self._pictures[preset] = None
            ratio = self._view.devicePixelRatioF()
            self._ink = preview_ink(self._view)
            size = screen_size(_PICTURE, ratio)
            call = partial(render_preview, preset.brush, size, self._ink)
            self._surroundings.run(call, partial(self._on_rendered, preset, self._ink, ratio))
        return self._pictures[preset] or _empty_picture()

    def _on_rendered(self, preset: BrushPreset, ink: Color, ratio: float, pixels: Pixels) -> None:
        if ink != self._ink:
            return  # of the theme before
        self._pictures[preset] = preview_pixmap(pixels, ratio)
        if preset in self.presets:
            index = self.index(self.presets.index(preset))
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])


def _empty_picture() -> QPixmap:
    picture = QPixmap(_PICTURE)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
