"""`LiveEdit`: shown, replaced, recorded, taken back; rules are honored as it is shown."""

import numpy as np
import pytest

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK
from aipaint.document.live_edit import LiveEdit
from aipaint.document.paint_rules import refusal, within_rules
from aipaint.document.picture import Picture, blank_picture
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(-10, -10, 900, 700)


def _document() -> Document:
    document = Document(blank_picture(800, 600))
    chance = np.random.default_rng(2)
    alpha = chance.integers(1, 256, (600, 800, 1)).astype(np.uint8)
    pixels = np.concatenate([np.minimum(alpha, 77)] * 3 + [alpha], axis=2)
    layer = document.picture.active_layer
    layer.tiles.swap(layer.tiles.with_pixels(Rect(0, 0, 800, 600), pixels))
    return document


def _look(picture: Picture, target: str) -> bytes:
    tiles = picture.mask if target == MASK else picture.active_layer.tiles
    return tiles.read(_VIEW).tobytes()


def _patch(tiles: TileMap, rect: Rect, value: int) -> dict:  # type: ignore[type-arg]
    shape = (rect.height, rect.width) if tiles.format.value == "coverage" else None
    full = np.full(shape or (rect.height, rect.width, 4), value, np.uint8)
    return tiles.with_pixels(rect, full)


@pytest.mark.parametrize("kind", ["layer", "mask"])
def test_what_is_replaced_leaves_nothing_behind_and_undo_is_exact(kind: str) -> None:
    document = _document()
    target = MASK if kind == "mask" else document.picture.active_layer_id
    before = _look(document.picture, target)
    live = LiveEdit(document.picture, target)
    for rect in (Rect(10, 10, 700, 500), Rect(300, 300, 20, 20)):
        live.replace(_patch(live.base, rect, 200))
        document.preview(live)
    document.finish(live, "Shape")
    once = _document()
    alone = LiveEdit(once.picture, MASK if kind == "mask" else once.picture.active_layer_id)
    alone.extend(_patch(alone.base, Rect(300, 300, 20, 20), 200))
    once.finish(alone, "Shape")
    assert _look(document.picture, target) == _look(once.picture, alone.target)
    document.undo()
    assert _look(document.picture, target) == before


def test_hiding_brings_everything_back_and_records_nothing() -> None:
    document = _document()
    target = document.picture.active_layer_id
    before = _look(document.picture, target)
    live = LiveEdit(document.picture, target)
    live.extend(_patch(live.base, Rect(0, 0, 300, 300), 9))
    document.preview(live)
    assert _look(document.picture, target) != before
    document.abandon(live)
    assert _look(document.picture, target) == before
    assert not document.undo_stack.can_undo


def test_nothing_changed_is_no_step() -> None:
    document = _document()
    live = LiveEdit(document.picture, document.picture.active_layer_id)
    live.extend(live.base.with_pixels(Rect(0, 0, 50, 50), live.base.read(Rect(0, 0, 50, 50))))
    document.finish(live, "Nothing")
    assert not document.undo_stack.can_undo


def test_the_selection_limits_layers_and_the_mask() -> None:
    document = _document()
    picture = document.picture
    picture.selection = rectangle_area(Rect(100, 100, 200, 150))
    for target in (picture.active_layer_id, MASK):
        live = LiveEdit(picture, target)
        before = live.base.read(_VIEW)
        live.extend(_patch(live.base, Rect(0, 0, 500, 500), 255))
        document.preview(live)
        after = (picture.mask if target == MASK else picture.active_layer.tiles).read(_VIEW)
        differs = (after != before).reshape(_VIEW.height, _VIEW.width, -1).any(axis=2)
        inside = np.zeros_like(differs)
        inside[110:260, 110:310] = True
        assert (differs == inside).all()


def test_rules_without_selection_and_lock_let_everything_through() -> None:
    picture = _document().picture
    target = picture.active_layer_id
    edits = _patch(picture.active_layer.tiles, Rect(0, 0, 300, 300), 9)
    assert within_rules(picture, target, picture.active_layer.tiles, edits) == edits
    assert refusal(picture, target) == ""
    assert refusal(picture, MASK) == ""
