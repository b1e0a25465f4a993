"""Every shipped brush paints what its reference picture shows.

When a brush is meant to look different: `pytest tests/pixels --update-references`, and look at the
new pictures in tests/references before you keep them.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.brush_preset import BrushPreset
from aipaint.pixels.brush_preview import render_preview
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.settings.brush_toml import read_preset
from aipaint.settings.paths import resource
from tests.conftest import Reference

_INK = Color(30, 60, 140)
_SIZE = (360, 220)
_FILES = sorted(resource("brushes").glob("*.toml"))
# Smudge and clone stamp have their own strokes; the pencil tool draws pixels.
_PAINTING = ("brush", "eraser")


def _preset(path: Path) -> BrushPreset:
    return read_preset(path.read_bytes(), path.name)


def _sheet(brush: Brush) -> Pixels:
    """(220, 360, 3) RGB: a wave, a cross, a dab held still, on white."""
    width, height = _SIZE
    tiles = TileMap(TileFormat.COLOR)
    for samples, held in _strokes():
        stroke = Stroke(brush, _INK, StrokeMode.PAINT, DabCache())
        stroke.add(samples)
        stroke.hold(held if brush.dabs_per_second else 0)
        tiles.swap(
            {key: stroke.over(tiles.get(key), key, tiles.format) for key in stroke.touched()}
        )
    painted = tiles.read(Rect(0, 0, width, height)).astype(np.float32)
    painted[:100] += render_preview(brush, (width, 100), _INK)
    alpha = np.clip(painted[..., 3:], 0, 255) / 255
    on_white = np.clip(painted[..., 2::-1], 0, 255) + 255 * (1 - alpha)
    return np.rint(np.clip(on_white, 0, 255)).astype(np.uint8)


def _strokes() -> list[tuple[list[Sample], int]]:
    firm = [Sample(40 + x, 130 + x * 0.5, 1.0) for x in range(0, 130, 10)]
    light = [Sample(170 - x, 130 + x * 0.5, 0.4) for x in range(0, 130, 10)]
    leaning = [Sample(220 + x, 150, 0.8, 0.6, 45) for x in range(0, 60, 10)]
    return [(firm, 0), (light, 0), (leaning, 0), ([Sample(320, 160, 1.0)], 20)]


@pytest.mark.parametrize(
    "path", [path for path in _FILES if _preset(path).tool in _PAINTING], ids=lambda path: path.stem
)
def test_a_brush_looks_like_its_reference(path: Path, reference: Reference) -> None:
    brush = _preset(path).brush
    shown = replace(brush, size_pixels=min(brush.size_pixels, 48.0))
    reference.compare(f"brush-{path.stem}", _sheet(shown))


def test_a_change_of_a_brush_is_seen(reference: Reference) -> None:
    """The limit is not so wide that anything passes."""
    path = next(path for path in _FILES if "ink" in path.stem)
    brush = _preset(path).brush
    for changed in (
        replace(brush, size_pixels=brush.size_pixels * 1.15),
        replace(brush, opacity=0.9),
        replace(brush, hardness=0.5),
        replace(brush, scatter=0.15),
    ):
        assert reference.distance(f"brush-{path.stem}", _sheet(changed)) > reference.limit


def test_references_belong_to_brushes_that_exist(reference: Reference) -> None:
    names = {f"brush-{path.stem}" for path in _FILES}
    found = {path.stem for path in reference.folder.glob("brush-*.png")}
    assert found <= names
