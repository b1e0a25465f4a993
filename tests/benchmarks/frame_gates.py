"""What a frame costs in the real view: a stroke's, a small edit's, and a whole repaint far out."""

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from aipaint.document.edit_tiles import EditTiles
from aipaint.document.live_stroke import LiveStroke
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import image_over
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect
from tests.benchmarks.gate import Gate, Race, best_of, noted, run_race
from tests.benchmarks.libmypaint import HOW_TO_GET_IT, Surface
from tests.benchmarks.scenes import (
    FRAME_PIXELS,
    layered_picture,
    sine_stroke,
    translucent,
    wide_picture,
)
from tests.benchmarks.stage import Stage

_SIZE, _FLOW, _HARDNESS = 500, 0.4, 0.5
_VIEW = (1600, 1000)


def frame_gates() -> Iterator[Gate]:
    """frame_500, edit_vs_reupload and zoomed_out."""
    yield best_of(_frame_gate)
    yield best_of(_edit_gate)
    yield best_of(_zoomed_out_gate)


def _frame_gate() -> Gate:
    """Samples to screen: dabs, stamping, ten layers composed, painted; a frame each 50 pixels."""
    stage = Stage(layered_picture(10, Rect(0, 0, 1600, 1024)), 1.0)
    samples = sine_stroke()
    dabs = DabCache()
    brush = Brush(size_pixels=_SIZE, hardness=_HARDNESS, flow=_FLOW, pressure_to_size=False)
    document = stage.document
    target = document.picture.layers[5].id
    live = LiveStroke(target, Stroke(brush, Color(51, 102, 153), StrokeMode.PAINT, dabs))

    def ours() -> None:
        for sample in samples:
            live.add([sample])
            document.preview(live)
            stage.finish()  # what was not ready in time belongs to the frame, too

    def take_back() -> None:
        nonlocal live
        document.abandon(live)
        stage.finish()
        live = LiveStroke(target, Stroke(brush, Color(51, 102, 153), StrokeMode.PAINT, dabs))

    spacing = _SIZE * 0.1
    places = [[(sample.x, sample.y)] * round(FRAME_PIXELS / spacing) for sample in samples]
    gate = _against_libmypaint(ours, take_back, places)
    _check_frame(stage, target, samples[:9])
    stage.close()
    return gate


def _against_libmypaint(
    ours: Callable[[], None], tidy: Callable[[], None], places: list[list[tuple[float, float]]]
) -> Gate:
    try:
        surface = Surface()
    except OSError:
        side = _SIZE + 3
        source, target = (np.full((side, side, 4), value, np.uint16) for value in (1, 2))

        def copy_all() -> None:
            for _ in places:
                np.copyto(target, source)

        race = Race(ours, copy_all, pairs=9, tidy=tidy)
        gate = run_race("frame_500", 30, "copying the dabs' memory", race)
        return noted(gate, f"skipped libmypaint: {HOW_TO_GET_IT}")
    race = Race(
        ours,
        lambda: surface.draw(places, _SIZE, _FLOW, _HARDNESS),
        pairs=9,
        overhead=lambda: surface.draw(places, 0.001, _FLOW, _HARDNESS),
        tidy=tidy,
    )
    return run_race("frame_500", 2.5, "libmypaint draw_dab alone", race)


def _check_frame(stage: Stage, target: str, samples: list[Sample]) -> None:
    """What is on the screen is what the layers are, to a rounding."""
    brush = Brush(size_pixels=_SIZE, hardness=_HARDNESS, flow=_FLOW, pressure_to_size=False)
    stroke = Stroke(brush, Color(51, 102, 153), StrokeMode.PAINT, DabCache())
    live = LiveStroke(target, stroke)
    before = _seen(stage)
    for sample in samples:
        live.add([sample])
        stage.document.preview(live)
        stage.finish()
    seen = _seen(stage)
    assert np.abs(seen - before).max() > 20
    stage.document.finish(live, "Stroke")
    stage.view.tile_item.reset()
    stage.finish()
    assert np.abs(seen - _seen(stage)).max() <= 4
    stage.document.undo()
    stage.finish()
    assert np.abs(_seen(stage) - before).max() <= 4


def _seen(stage: Stage) -> np.ndarray:
    image = stage.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[..., :3].astype(int)


def _edit_gate() -> Gate:
    """An edit of 200 × 200 pixels of 4096 × 4096, until it is painted."""
    stage = Stage(wide_picture(16), 1.0)
    document = stage.document
    layer = document.picture.layers[0]
    middle = Rect(1948, 1948, 200, 200)
    tiles = layer.tiles
    stamps = [translucent(200, 200, seed) for seed in (1, 2)]
    edits = [
        EditTiles.replacing("Edit", document.picture, layer.id, tiles.with_pixels(middle, one))
        for one in stamps
    ]
    naive = _NaiveView()

    def ours() -> None:
        for edit in edits:
            document.do(edit)
            stage.paint()

    race = Race(ours, lambda: naive.edit(stamps), ours_calls=4, pairs=9)
    gate = run_race("edit_vs_reupload", 1 / 50, "one pixmap, set anew", race)
    assert (render(document.picture, middle) == stamps[1]).all()
    naive.close()
    stage.close()
    return gate


class _NaiveView:
    """The first thing one would write: paint on a QImage, give a pixmap item all of it again."""

    def __init__(self) -> None:
        self._image = QImage(4096, 4096, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(0xFFFFFFFF)
        self._item = QGraphicsPixmapItem(QPixmap.fromImage(self._image))
        scene = QGraphicsScene()
        scene.addItem(self._item)
        self._view = QGraphicsView(scene)
        self._scene = scene
        self._view.resize(*_VIEW)
        self._view.show()
        QApplication.processEvents()

    def edit(self, stamps: list[np.ndarray]) -> None:
        for stamp in stamps:
            painter = QPainter(self._image)
            painter.drawImage(1948, 1948, image_over(stamp))
            painter.end()
            self._item.setPixmap(QPixmap.fromImage(self._image))
            QApplication.processEvents()

    def close(self) -> None:
        self._view.close()
        self._view.deleteLater()


def _zoomed_out_gate() -> Gate:
    """16,384 × 16,384 at 10 %, smooth: from mips, and from the tiles themselves."""
    picture = wide_picture(64)
    stage = Stage(picture, 0.1)
    plain = _PlainView(picture)
    race = Race(stage.repaint, plain.repaint, pairs=9)
    gate = run_race("zoomed_out", 1 / 3, "the same without mips", race)
    seen, expected = _seen(stage), plain.seen()
    middle = (slice(300, 700), slice(500, 1100))
    # Another filter, the same picture: far-out noise has the same mean everywhere.
    means = [one[middle].mean(axis=(0, 1)) for one in (seen, expected)]
    assert np.abs(means[0] - means[1]).max() <= 3
    plain.close()
    stage.close()
    return gate


class _PlainView:
    """One item that draws the exposed tiles at full size and lets Qt shrink them."""

    def __init__(self, picture: Picture) -> None:
        scene = QGraphicsScene()
        self._item = _PlainItem(picture)
        scene.addItem(self._item)
        self._scene = scene
        self._view = QGraphicsView(scene)
        self._view.resize(*_VIEW)
        self._view.scale(0.1, 0.1)
        self._view.centerOn(picture.frame.width / 2, picture.frame.height / 2)
        self._view.show()
        QApplication.processEvents()

    def repaint(self) -> None:
        self._view.viewport().repaint()

    def seen(self) -> np.ndarray:
        image = self._view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8)
        return pixels.reshape(image.height(), image.width(), 4)[..., :3].astype(int)

    def close(self) -> None:
        self._view.close()
        self._view.deleteLater()


class _PlainItem(QGraphicsItem):
    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._tiles = picture.layers[0].tiles
        self._frame = picture.frame

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._frame.width, self._frame.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        del widget
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        exposed = option.exposedRect.toAlignedRect()
        area = Rect(exposed.x(), exposed.y(), exposed.width(), exposed.height())
        for key in keys_over(area):
            self._draw(painter, key)

    def _draw(self, painter: QPainter, key: TileKey) -> None:
        tile = self._tiles.get(key)
        if tile is not None:
            place = tile_rect(key)
            painter.drawImage(QRectF(place.x, place.y, place.width, place.height), tile.image)
