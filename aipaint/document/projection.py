"""`Projection`: what the eye sees, tile by tile, composed when asked for and kept.

While one layer changes (a stroke, a slider), what lies below and above it is composed once per
tile, and only the changed part is blended again from those two and the layer. A cache is valid as
long as every other layer shows the very same tile in the same style; nothing has to announce it.
What lies above is composed ahead only where all of it is Normal, the one mode that may be joined
first; otherwise it is blended again, sheet by sheet. The same holds inside a group that changes.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aipaint.document.picture import Picture
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.compositor import (
    WHOLE_TILE,
    State,
    Unit,
    compose_units,
    draw_units,
    units_of,
)
from aipaint.pixels.easel import Easel, slices_of
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_touched, tile_rect

_MOST_TILES = 1024  # 256 MB; a large screen at half size shows half of that
_MOST_CACHES = 128  # two tiles each: 64 MB


class Projection:
    """Composed tiles of one picture, least recently asked for dropped first. Main thread only.

    A tile it gives out is painted over in place when the picture changes: whoever keeps one past
    the next change keeps a copy.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._units = units_of(picture.sheets())
        self._entries: OrderedDict[TileKey, _Entry] = OrderedDict()
        self._cached: OrderedDict[TileKey, _Entry] = OrderedDict()

    def tile(self, key: TileKey) -> Tile | None:
        """The composed tile; None where nothing is."""
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(key)
            self._drop_oldest()
        else:
            self._entries.move_to_end(key)
        if not entry.dirty.is_empty and entry.refresh(self._units):
            self._remember_cache(entry)
        return entry.tile

    def invalidate(self, dirty: Rect, *, is_restyled: bool = True) -> None:
        """These pixels differ now, or the layers over them do. `is_restyled` is False where it is
        known that no layer came, went, moved or got another style."""
        if is_restyled:
            self._units = units_of(self._picture.sheets())
        for key in keys_touched(dirty, self._entries):
            self._entries[key].add_dirty(dirty)

    def _drop_oldest(self) -> None:
        if len(self._entries) > _MOST_TILES:
            key, _ = self._entries.popitem(last=False)
            self._cached.pop(key, None)

    def _remember_cache(self, entry: "_Entry") -> None:
        self._cached[entry.key] = entry
        self._cached.move_to_end(entry.key)
        if len(self._cached) > _MOST_CACHES:
            _, oldest = self._cached.popitem(last=False)
            oldest.forget_cache()


@dataclass(frozen=True, eq=False)
class _Cache:
    """What surrounds the unit that changes; `above` is what is left to blend one by one."""

    below: Tile | None
    above: Tile | None
    rest: tuple[Unit, ...]


class _Entry:
    """One composed tile, its dirty part, and what it was composed from."""

    __slots__ = ("_cache", "_inner", "_is_own", "_pivot", "_states", "dirty", "key", "tile")

    def __init__(self, key: TileKey) -> None:
        self.key = key
        self.tile: Tile | None = None
        self.dirty = WHOLE_TILE
        self._is_own = False
        self._states: list[State | None] = []
        self._pivot: int | None = None
        self._cache: _Cache | None = None
        self._inner: _Entry | None = None

    def add_dirty(self, dirty: Rect) -> None:
        """A rectangle of the canvas that touches this tile."""
        place = tile_rect(self.key)
        part = dirty.intersected(place).translated(-place.x, -place.y)
        self.dirty = self.dirty.united(part)

    def forget_cache(self) -> None:
        self._cache, self._inner, self._pivot = None, None, None

    def refresh(self, units: list[Unit]) -> bool:
        """Compose the dirty part again. True if a cache is in use now."""
        part, self.dirty = self.dirty, EMPTY_RECT
        states = [unit.state(self.key) for unit in units]
        if states == self._states:
            return self._cache is not None  # announced, but not of anything that shows here
        pivot = _only_difference(self._states, states)
        if pivot is None or pivot != self._pivot:
            self.forget_cache()
        is_again = pivot is not None and pivot == self._pivot
        self._states, self._pivot = states, pivot
        shared = _shown_alone(units, states, self.key)
        if shared is not None or not any(state is not None for state in states):
            self.tile, self._is_own = shared, False
            return False
        self._compose(units, part, pivot if is_again else None)
        return self._cache is not None

    def _compose(self, units: list[Unit], part: Rect, pivot: int | None) -> None:
        if self.tile is None or not self._is_own:
            self.tile, self._is_own, part = Tile.blank(TileFormat.COLOR), True, WHOLE_TILE
        if pivot is None:
            with Easel(self.tile, part, is_stale=True) as easel:
                draw_units(easel, units, self.key, part)
            return
        cache = self._cache = self._cache or _surroundings(units, pivot, self.key)
        if cache.below is not None:
            self.tile.pixels[slices_of(part)] = cache.below.pixels[slices_of(part)]
        with Easel(self.tile, part, is_stale=cache.below is None) as easel:
            draw_units(easel, [self._composed_inside(units[pivot], part)], self.key, part)
            if cache.above is not None:
                easel.draw_tile(cache.above, part, 1.0, BlendMode.NORMAL)
            draw_units(easel, cache.rest, self.key, part)

    def _composed_inside(self, unit: Unit, part: Rect) -> Unit:
        """A group as the one tile it comes to, for what changes in it has surroundings, too."""
        if not unit.base.children or unit.clipped or unit.is_open:
            return unit
        if self._inner is None:
            self._inner = _Entry(self.key)
        inner = self._inner
        inner.dirty = inner.dirty.united(part)
        inner.refresh(units_of(unit.base.children))
        tiles = TileMap(TileFormat.COLOR)
        tiles.swap({self.key: inner.tile})
        return Unit(replace(unit.base, tiles=tiles, children=()))


def _surroundings(units: list[Unit], pivot: int, key: TileKey) -> _Cache:
    below = compose_units(units[:pivot], key)
    above = units[pivot + 1 :]
    if all(unit.can_be_joined for unit in above):
        return _Cache(below, compose_units(above, key), ())
    return _Cache(below, None, tuple(above))


def _shown_alone(units: list[Unit], states: list[State | None], key: TileKey) -> Tile | None:
    """The tile of the only layer there, if it is shown as it is: it needs no copy."""
    there = [unit for unit, state in zip(units, states, strict=True) if state is not None]
    if len(there) != 1 or there[0].clipped or not there[0].base.is_plain:
        return None
    return compose_units(there, key)


def _only_difference(before: list[State | None], after: list[State | None]) -> int | None:
    """The index of the one state that differs; None if it is none, or several."""
    if len(before) != len(after):
        return None
    differing: Iterable[int] = (
        index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new
    )
    found = list(differing)
    return found[0] if len(found) == 1 else None
