"""`spread`: what hangs together with a pixel, tile by tile: no array of the whole is ever made.

Each tile's parts are numbered by themselves; only which parts reach its four edges is kept. From
the seed's tile on, edges are compared with the neighbors' until nothing new is reached. In the end
the parts that were reached are drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.bit_plane import BitPlane, full_mask
from aipaint.pixels.cv import cv2
from aipaint.pixels.tile import TILE_SIZE, Pixels
from aipaint.pixels.tile_map import TileKey

MaskAt: TypeAlias = Callable[[TileKey], Pixels]
"""(256, 256), 255 where color may go and 0 elsewhere and outside of the region."""

_Numbers: TypeAlias = NDArray[np.uint16]
_SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))  # the opposite of side n is n ^ 1
_ONES = np.ones((4, TILE_SIZE), np.intp)
_NONE = np.zeros((4, TILE_SIZE), np.intp)
_ONE_PART = np.array([0, 1], np.uint16)


def spread(mask_at: MaskAt, seed: tuple[int, int], go_on: Callable[[int], bool]) -> BitPlane:
    """The part of a mask that hangs together with `seed` (canvas column, row) by sides, not by
    corners. `go_on` is told of every tile that is looked at for the first time, how many there
    have been; if it says no, what was reached so far is the answer."""
    seen = _Seen(mask_at)
    home = (seed[1] // TILE_SIZE, seed[0] // TILE_SIZE)
    start = (seed[1] % TILE_SIZE, seed[0] % TILE_SIZE)
    if not seen.begin(home, start):
        return BitPlane()
    waiting: dict[TileKey, None] = {home: None}
    told = 0
    while waiting:
        key = next(iter(waiting))
        del waiting[key]
        waiting.update(dict.fromkeys(seen.reach_out(key)))
        if seen.count > told:
            told = seen.count
            if not go_on(told):
                break
    return seen.drawn()


@dataclass(frozen=True, eq=False)
class _Parts:
    """`edges`: (4, 256) the part at each edge pixel, counted from 1 among those that count; 0 is
    none. `numbers` says which of the tile's own each of them is, `taken` which were reached."""

    edges: NDArray[np.intp]
    numbers: _Numbers
    taken: NDArray[np.bool_]


class _Seen:
    def __init__(self, mask_at: MaskAt) -> None:
        self._mask_at = mask_at
        self._masks = BitPlane()
        self._parts: dict[TileKey, _Parts] = {}

    @property
    def count(self) -> int:
        return len(self._parts)

    def begin(self, key: TileKey, start: tuple[int, int]) -> bool:
        """False if the seed itself is out."""
        parts = self._look(key, start)
        if not self._masks.get(key)[start]:
            return False
        number = 1 if self._masks.is_full(key) else _numbered(self._masks, key)[start]
        parts.taken[np.searchsorted(parts.numbers, number)] = True
        return True

    def reach_out(self, key: TileKey) -> list[TileKey]:
        """Take what the neighbors have at the edges of what is taken here; who got something."""
        mine, changed = self._parts[key], []
        for side, (down, right) in enumerate(_SIDES):
            ways = mine.taken[mine.edges[side]]
            if not ways.any():
                continue
            neighbor = (key[0] + down, key[1] + right)
            theirs = self._parts.get(neighbor) or self._look(neighbor)
            met = theirs.edges[side ^ 1][ways]
            fresh = met[~theirs.taken[met] & (met > 0)]
            if fresh.size:
                theirs.taken[fresh] = True
                changed.append(neighbor)
        return changed

    def drawn(self) -> BitPlane:
        plane = BitPlane()
        for key, parts in self._parts.items():
            if not parts.taken.any():
                continue
            if self._masks.is_full(key):
                plane.put(key, full_mask())
                continue
            labels = _numbered(self._masks, key)
            shown = np.zeros(int(labels.max()) + 1, np.uint8)
            shown[parts.numbers[parts.taken]] = 255
            plane.put(key, shown[labels])
        return plane

    def _look(self, key: TileKey, start: tuple[int, int] | None = None) -> _Parts:
        self._masks.put(key, self._mask_at(key))
        if self._masks.is_full(key):
            parts = _Parts(_ONES, _ONE_PART, np.zeros(2, np.bool_))
        elif key not in self._masks:
            parts = _Parts(_NONE, _ONE_PART, np.zeros(2, np.bool_))
        else:
            labels = _numbered(self._masks, key)
            edges = np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1]))
            inside = 0 if start is None else labels[start]
            everything = np.append(edges, np.array((0, inside), labels.dtype))
            numbers, places = np.unique(everything, return_inverse=True)
            places = places[: edges.size].reshape(4, TILE_SIZE)
            parts = _Parts(places, numbers, np.zeros(numbers.size, np.bool_))
        self._parts[key] = parts
        return parts


def _numbered(masks: BitPlane, key: TileKey) -> _Numbers:
    """Each part of a mask by a number of its own, from 1; the same ones each time."""
    mask = masks.get(key)
    _, labels = cv2.connectedComponents(mask, connectivity=4, ltype=cv2.CV_16U)
    return np.asarray(labels, np.uint16)
