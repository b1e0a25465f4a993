"""Composing ten layers: everything anew, and with what surrounds the changing layer kept."""

from collections.abc import Iterator

import numpy as np

from aipaint.document.picture import Picture
from aipaint.document.projection import Projection
from aipaint.document.render import render
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile
from tests.benchmarks.gate import Gate, Race, best_of, run_race
from tests.benchmarks.scenes import layered_picture

_DIRTY = Rect(256, 256, 256, 256)
_KEY = (1, 1)


def layer_gates() -> Iterator[Gate]:
    """recomposite and recomposite_cached: a dirty square of 256 pixels."""
    picture = layered_picture(10, Rect(0, 0, 768, 768))
    yield best_of(lambda: _gate("recomposite", 30, picture, (3, 6)))
    yield best_of(lambda: _gate("recomposite_cached", 10, picture, (5, 5)))


def _gate(name: str, limit: float, picture: Picture, layers: tuple[int, int]) -> Gate:
    """Two layers that change in turn leave no cache standing; one that changes again uses it."""
    projection = Projection(picture)
    projection.tile(_KEY)
    turns = [_Turn(picture, layers[0]), _Turn(picture, layers[1])]
    number = 0

    def ours() -> None:
        nonlocal number
        number += 1
        turns[number % 2].change()
        projection.invalidate(_DIRTY, is_restyled=False)
        projection.tile(_KEY)

    source = np.full((1024, 1024, 4), 7, np.uint8)[_DIRTY.slices(Rect(0, 0, 1024, 1024))]
    target = np.full((256, 256, 4), 9, np.uint8)
    race = Race(ours, lambda: np.copyto(target, source), ours_calls=20, peer_calls=300)
    gate = run_race(name, limit, "copying the square of one layer", race)
    shown = projection.tile(_KEY)
    assert shown is not None
    assert np.abs(shown.pixels.astype(int) - render(picture, _DIRTY)).max() <= 4
    return gate


class _Turn:
    """Swaps a layer's tile between two versions, as a stroke's frames do."""

    def __init__(self, picture: Picture, index: int) -> None:
        self._tiles = picture.layers[index].tiles
        tile = self._tiles.get(_KEY)
        assert tile is not None
        self._versions = [tile, Tile(np.ascontiguousarray(tile.pixels[::-1]))]

    def change(self) -> None:
        self._versions.reverse()
        self._tiles.swap({_KEY: self._versions[0]})
