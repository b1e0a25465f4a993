"""Compressed undo records against the tiles they stand for, on a photograph."""

from collections.abc import Iterator

import numpy as np

from aipaint.document.document import Document
from aipaint.document.layer import Layer
from aipaint.document.live_stroke import LiveStroke
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile_map import TileMap
from tests.benchmarks.gate import Gate
from tests.benchmarks.scenes import opaque, photo

_SIDE = 4096
_FRAME = Rect(0, 0, _SIDE, _SIDE)
_STROKES, _STROKE_PIXELS = 40, 1000


def undo_gates() -> Iterator[Gate]:
    """undo_compressed_20 and undo_compressed_200: brushes of 20 and 200 pixels."""
    picture = opaque(photo(_SIDE))
    yield _gate(20, 0.10, picture)
    yield _gate(200, 0.20, picture)


def _gate(size: int, limit: float, pixels: np.ndarray) -> Gate:
    document = Document(Picture([Layer(tiles=TileMap.from_pixels(pixels))], _FRAME))
    chance = np.random.default_rng(size)
    raw = packed = 0
    for _ in range(_STROKES):
        _paint(document, size, chance)
        command = document.undo_stack.commands[-1]
        raw += command.byte_size
        command.pack(None)
        packed += command.byte_size
    painted = render(document.picture, _FRAME)
    document.go_to(0)
    assert (render(document.picture, _FRAME) == pixels).all()
    document.go_to(_STROKES)
    assert (render(document.picture, _FRAME) == painted).all()
    note = f"{packed / _STROKES / 1024:.0f} KB a stroke against {raw / _STROKES / 1024:.0f} KB"
    return Gate(f"undo_compressed_{size}", packed / raw, limit, "the touched tiles", note)


def _paint(document: Document, size: int, chance: np.random.Generator) -> None:
    brush = Brush(size_pixels=size, hardness=0.5, flow=0.4, pressure_to_size=False)
    color = Color(*(int(value) for value in chance.integers(0, 256, 3)))
    live = LiveStroke(
        document.picture.active_layer_id, Stroke(brush, color, StrokeMode.PAINT, DabCache())
    )
    x, y = (float(value) for value in chance.uniform(600, _SIDE - 600, 2))
    heading = float(chance.uniform(0, 2 * np.pi))
    for _ in range(_STROKE_PIXELS // 50):
        live.add([Sample(x, y)])
        heading += float(chance.normal(0, 0.15))
        x, y = x + 50 * float(np.cos(heading)), y + 50 * float(np.sin(heading))
    document.finish(live, "Stroke")
