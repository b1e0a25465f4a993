"""`CanvasView`: the picture on the screen, with its overlays and its pointer."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from aipaint.document.areas import AreaKind
from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.projection import Projection
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over
from aipaint.tools.overlay import OverlayTint
from aipaint.tools.pointer_look import PointerLook
from aipaint.tools.surroundings import ZoomWish
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.canvas.ants_item import AntsItem
from aipaint.ui.canvas.candidate_item import CandidateItem
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, to_qrectf
from aipaint.ui.canvas.mask_item import MaskItem
from aipaint.ui.canvas.overlays import BrushItem, FrameItem
from aipaint.ui.canvas.pointer_input import Grip, PointerInput
from aipaint.ui.canvas.pointer_shape import pointer_shape, turn_cursor
from aipaint.ui.canvas.prefetch import Prefetch
from aipaint.ui.canvas.tile_item import TileItem
from aipaint.ui.canvas.tool_overlay_item import ToolOverlayItem
from aipaint.ui.canvas.viewport import Viewport
from aipaint.ui.mask_look import Hatching, MaskLook

_CHECK = 8
_CHECKS_SIDE = 512  # a multiple of two checks
_OPENING_ZOOM = 1.0
_WIDE = 4096 * 4096  # pixels
_NOTHING = TileMap(TileFormat.COVERAGE)
_PROPOSAL_LOOK = MaskLook("#2f9bff", 40, Hatching.CROSSED)


class CanvasView(QGraphicsView):
    """Reads the document, never writes it: tools do. Repaints only what a change names."""

    pointer_moved = Signal(QPointF)
    pointer_left = Signal()
    overlay_changed = Signal()  # the tool shows something else
    tool_looks_changed = Signal()  # its overlay, and the numbers that go with it

    def __init__(self, document: Document, toolbox: Toolbox, parent: QWidget | None = None):
        super().__init__(parent)
        self._document = document
        self._toolbox = toolbox
        self._shown_picture = document.picture
        self._projection = Projection(document.picture)
        self._filled: set[TileKey] | None = None
        self._surround = QColor("#2e2e2e")
        self._checks = _checkerboard()
        self._needs_fit = True
        self._set_up_view()
        self.view_port = Viewport(self)
        self.tile_item = TileItem(self._tile, self._filled_keys)
        self.mask_item = MaskItem(document.picture.mask)
        self.frame_item = FrameItem()
        self.candidate_item = CandidateItem()
        self.brush_item = BrushItem()
        self.proposal_item = MaskItem(_NOTHING, _PROPOSAL_LOOK)
        self.ants_item = AntsItem(self)
        self.tool_item = ToolOverlayItem(toolbox.overlay)
        overlays = (
            self.candidate_item,
            self.mask_item,
            self.proposal_item,
            self.frame_item,
            self.ants_item,
            self.tool_item,
            self.brush_item,
        )
        for item in (self.tile_item, *overlays):
            self.scene().addItem(item)
        self.frame_item.set_frame(document.picture.frame)
        self.pointer = PointerInput(self.view_port, toolbox, self)
        self.pointer.moved.connect(self._on_pointer_moved)
        self.pointer.left.connect(self._on_pointer_left)
        self.pointer.panning_changed.connect(self._refresh_cursor)
        self.view_port.zoom_changed.connect(self._on_zoom_changed)
        document.changed.connect(self._on_document_changed)
        toolbox.surroundings.overlay_changed = self._on_overlay_changed
        toolbox.surroundings.visible = self.view_port.visible
        toolbox.surroundings.zoom = self._zoom_as_wished
        self.view_port.turned.connect(self._on_turned)
        self.prefetch = Prefetch(self._layer_tiles, self.view_port.visible, self)
        self.view_port.moved.connect(self._on_view_moved)
        self.ants_item.set_area(document.picture.selection)
        self.refresh_tool()

    def fit(self, largest: float = 32.0) -> None:
        """Show the whole frame."""
        self.view_port.fit(to_qrectf(self._document.picture.frame), largest)

    def set_surround(self, color: QColor) -> None:
        """The ground around the frame."""
        self._surround = color
        self.viewport().update()

    def show_candidate(self, tiles: TileMap) -> None:
        """Preview a candidate; the mask steps back so that the edges can be judged."""
        self.candidate_item.show_tiles(tiles)
        self.mask_item.setVisible(False)

    def hide_candidate(self) -> None:
        self.candidate_item.clear()
        self.mask_item.setVisible(True)

    def refresh_tool(self) -> None:
        """The tool or its brush is another one now."""
        self.brush_item.set_diameter(self._toolbox.current.cursor_diameter)
        self._on_overlay_changed()
        self._refresh_cursor()

    def preview_area(self, kind: AreaKind, area: TileMap | None) -> None:
        """Show the mask or the selection as it would be; None as it is."""
        picture = self._document.picture
        if kind is AreaKind.MASK:
            self.mask_item.set_mask(area if area is not None else picture.mask)
        else:
            self.ants_item.set_area(area if area is not None else picture.selection)
            # The ants run where half is covered; a tint shows how soft the edge is.
            self.proposal_item.set_mask(area if area is not None else _NOTHING)

    def visible_center(self) -> QPointF:
        """The canvas point in the middle of the view."""
        return self.view_port.to_canvas(QPointF(self.viewport().rect().center()))

    def _set_up_view(self) -> None:
        self.setObjectName("canvasView")
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription("The picture. Tool, zoom and position: status bar.")
        scene = QGraphicsScene(CANVAS_BOUNDS, self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontSavePainterState
            | QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
        )
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMinimumSize(240, 180)
        # Drops belong to the window, also those over the picture.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _tile(self, key: TileKey) -> Tile | None:
        return self._projection.tile(key)

    def _layer_tiles(self, key: TileKey) -> list[Tile]:
        shown = (one for one in self._document.picture.layers if one.style.is_visible)
        return [tile for layer in shown if (tile := layer.tiles.get(key)) is not None]

    def _filled_keys(self) -> set[TileKey]:
        if self._filled is None:
            self._filled = set()
            for layer in self._document.picture.layers:
                if layer.style.is_visible:
                    self._filled.update(layer.tiles)
        return self._filled

    def _note_filled(self, change: Change) -> None:
        """A stroke's frame changes few tiles: only these are asked, not all of a large picture."""
        if self._filled is None or change.parts & Part.LAYERS or change.dirty.area > _WIDE:
            self._filled = None
            return
        shown = [one.tiles for one in self._document.picture.layers if one.style.is_visible]
        for key in keys_over(change.dirty):
            if any(tiles.get(key) is not None for tiles in shown):
                self._filled.add(key)
            else:
                self._filled.discard(key)

    def _on_document_changed(self, change: Change) -> None:
        if self._document.picture is not self._shown_picture:
            self._show_picture()
            return
        if change.parts & (Part.PIXELS | Part.LAYERS):
            self._note_filled(change)
            self._projection.invalidate(change.dirty, is_restyled=bool(change.parts & Part.LAYERS))
            self.tile_item.invalidate(change.dirty)
        if change.parts & Part.MASK:
            self.mask_item.invalidate(change.dirty)
        if change.parts & Part.SELECTION:
            self.ants_item.set_area(self._document.picture.selection)
        if change.parts & Part.FRAME:
            self.frame_item.set_frame(self._document.picture.frame)
            self.viewport().update()

    def _show_picture(self) -> None:
        picture = self._document.picture
        self._shown_picture = picture
        self._projection = Projection(picture)
        self._filled = None
        self.pointer.cancel()
        self.hide_candidate()
        self.mask_item.set_mask(picture.mask)
        self.ants_item.set_area(picture.selection)
        self.frame_item.set_frame(picture.frame)
        self.tile_item.reset()
        self.viewport().update()
        self._needs_fit = True
        if self.isVisible():
            self._fit_once()

    def _fit_once(self) -> None:
        if self._needs_fit:
            self._needs_fit = False
            self.fit(_OPENING_ZOOM)

    def _on_pointer_moved(self, where: QPointF) -> None:
        self.brush_item.setPos(where)
        self._refresh_cursor()
        self.pointer_moved.emit(where)

    def _on_pointer_left(self) -> None:
        self.brush_item.setVisible(False)
        self.pointer_left.emit()

    def _on_overlay_changed(self) -> None:
        self.tool_item.refresh()
        tint = next((one for one in self.tool_item.shapes if isinstance(one, OverlayTint)), None)
        area = tint.area if tint is not None else _NOTHING
        if area is not self.proposal_item.mask:
            self.proposal_item.set_mask(area)
        self.overlay_changed.emit()
        self.tool_looks_changed.emit()

    def _on_zoom_changed(self, zoom: float) -> None:
        scale = zoom / self.devicePixelRatioF()
        self.frame_item.set_zoom(scale)
        self.tool_item.set_zoom(scale)
        self.brush_item.set_zoom(scale)

    def _on_turned(self) -> None:
        self.viewport().update()

    def _on_view_moved(self) -> None:
        self._toolbox.current.view_changed()
        self.prefetch.look_around()

    def _zoom_as_wished(self, wish: ZoomWish) -> None:
        if wish.area is not None:
            self.view_port.fit(to_qrectf(wish.area))
        else:
            where = self.viewportTransform().map(QPointF(wish.x, wish.y))
            self.view_port.step(wish.steps, where)

    def _refresh_cursor(self) -> None:
        panning = self.pointer.would_pan or self.pointer.grip is Grip.PAN
        has_outline = self.brush_item.diameter > 0 and not panning
        self.brush_item.setVisible(has_outline and self.viewport().underMouse())
        if self.pointer.grip in (Grip.PAN, Grip.TURN):
            shape = Qt.CursorShape.ClosedHandCursor
        elif panning:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.BlankCursor if has_outline else self._tool_shape()
        if self.viewport().cursor().shape() is not shape:
            is_turn = shape is Qt.CursorShape.BitmapCursor
            self.viewport().setCursor(turn_cursor() if is_turn else shape)

    def _tool_shape(self) -> Qt.CursorShape:
        """What a press would do there; while something is held, what it does."""
        if self.pointer.grip is Grip.TOOL:
            return self.viewport().cursor().shape()
        hovered = self.pointer.hovered
        look = PointerLook() if hovered is None else self._toolbox.current.look_at(hovered)
        return pointer_shape(look, self.viewportTransform())

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        frame = to_qrectf(self._document.picture.frame)
        if not frame.contains(QRectF(rect)):
            painter.fillRect(QRectF(rect), self._surround)
        transform = painter.transform()
        place = transform.mapRect(frame)
        exposed = transform.mapRect(frame.intersected(QRectF(rect)))
        if exposed.isEmpty():
            return
        painter.save()
        painter.resetTransform()
        if transform.isRotating():
            # The checks stay upright on the screen, only their outline is turned.
            outline = QPainterPath()
            outline.addPolygon(transform.map(QPolygonF(frame)))
            painter.setClipPath(outline)
        else:
            painter.setClipRect(exposed)
        self._draw_checks(painter, place.topLeft().toPoint(), exposed.toAlignedRect())
        painter.restore()

    def _draw_checks(self, painter: QPainter, origin: QPoint, exposed: QRect) -> None:
        """Copied piece by piece: six times as fast as a tiled pixmap."""
        side = _CHECKS_SIDE
        first_x = origin.x() + (exposed.x() - origin.x()) // side * side
        first_y = origin.y() + (exposed.y() - origin.y()) // side * side
        for y in range(first_y, exposed.bottom() + 1, side):
            for x in range(first_x, exposed.right() + 1, side):
                painter.drawPixmap(x, y, self._checks)

    def viewportEvent(self, event: QEvent) -> bool:
        # Qt delivers events to the half-built view as well.
        pointer: PointerInput | None = getattr(self, "pointer", None)
        if pointer is not None and pointer.handle(event):
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pointer.handle_key(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.pointer.handle_key(event):
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._fit_once()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pointer: PointerInput | None = getattr(self, "pointer", None)
            if pointer is not None and pointer.wants_key(event):
                event.accept()
                return True
        if event.type() is QEvent.Type.DevicePixelRatioChange and hasattr(self, "view_port"):
            self.view_port.follow_screen()
        return super().event(event)


def _checkerboard() -> QPixmap:
    """Many squares at once: Qt pays for each tile of a tiled pixmap."""
    pixmap = QPixmap(_CHECKS_SIDE, _CHECKS_SIDE)
    pixmap.fill(QColor("#ffffff"))
    painter = QPainter(pixmap)
    for row in range(_CHECKS_SIDE // _CHECK):
        for column in range(row % 2, _CHECKS_SIDE // _CHECK, 2):
            painter.fillRect(column * _CHECK, row * _CHECK, _CHECK, _CHECK, QColor("#dcdcdc"))
    painter.end()
    return pixmap
