"""Layers into one tile: what the eye sees at one place of the canvas.

How sheets may nest. A list of `Sheet`s runs from the bottom up and is composed over nothing:

- a sheet with `tiles` is a layer; a sheet with `children` is a group: its children are composed
  over nothing by the same rules, and the result is met like a layer ("isolated", as OpenRaster
  and SVG have it).
- a group with `is_pass_through` is open below: each of its children meets what lies under the
  group. With full opacity and no mask it is as if they lay there without it; else what is under
  the group is mixed with what that would give, by the group's opacity and mask. Where something
  is clipped to it, or it is clipped itself, it needs a shape of its own, and is closed.
- `mask` (coverage; a missing tile hides) takes away from a sheet before its opacity and blend
  mode count. It works on layers and groups alike.
- a sheet with `is_clipped` belongs to the nearest sheet below it that is not clipped, its base:
  it shows only where the base does, and in its own blend mode on the base's colors; then the
  whole (a `Unit`) meets what is below in the base's opacity and blend mode. A clipped sheet with
  no base is shown as if it were not clipped. Whoever leaves a hidden base out of the list leaves
  out what is clipped to it, too.

Cost: layers cost one blit each; a group, a mask or clipping one scratch array per use, all on the
asked part of the tile only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from aipaint.pixels.area import full_tile
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.easel import Easel, slices_of
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap

WHOLE_TILE = Rect(0, 0, TILE_SIZE, TILE_SIZE)

State: TypeAlias = tuple[object, ...]
"""What shows at one key: tiles by identity, and styles. Equal states look the same."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """One visible layer or group as the compositor sees it; opacity 0..1."""

    tiles: TileMap | None
    opacity: float = 1.0
    blend_mode: BlendMode = BlendMode.NORMAL
    mask: TileMap | None = None
    is_clipped: bool = False
    children: tuple["Sheet", ...] = ()
    is_pass_through: bool = False

    @property
    def is_plain(self) -> bool:
        """Its tiles are shown as they are, but for the blend mode."""
        return self.opacity >= 1 and self.mask is None and not self.children

    def state(self, key: TileKey) -> State | None:
        """None where nothing of it can show."""
        if self.mask is None and not self.children and self.tiles is not None:  # nearly always
            tile = self.tiles.get(key)
            return None if tile is None else (tile, None, self.opacity, self.blend_mode)
        mask = None
        if self.mask is not None:
            mask = self.mask.get(key)
            if mask is None:
                return None
        inner: object
        if self.children:
            # By units: what is clipped to what is part of the look.
            states = tuple(unit.state(key) for unit in units_of(self.children))
            inner = states if any(state is not None for state in states) else None
        else:
            inner = self.tiles.get(key) if self.tiles is not None else None
        return None if inner is None else (inner, mask, self.opacity, self.blend_mode)


@dataclass(frozen=True, eq=False)
class Unit:
    """A sheet and what is clipped to it."""

    base: Sheet
    clipped: tuple[Sheet, ...] = ()

    @property
    def can_be_joined(self) -> bool:
        """Composed with its neighbors first, it still looks the same on anything below."""
        return self.base.blend_mode is BlendMode.NORMAL and not self.is_open

    @property
    def is_open(self) -> bool:
        """What is in it meets what lies below it."""
        return self.base.is_pass_through and not self.clipped

    def state(self, key: TileKey) -> State | None:
        base = self.base.state(key)
        # Asked for each layer of each tile that is painted on: without calls where it can be.
        if base is None or not (self.clipped or self.base.is_pass_through):
            return base
        return (base, self.is_open, *(sheet.state(key) for sheet in self.clipped))


def units_of(sheets: Sequence[Sheet]) -> list[Unit]:
    """The sheets with what is clipped to them, bottom first. An open group that does not show as
    one thing is what is in it."""
    if not any(sheet.is_clipped or sheet.is_pass_through for sheet in sheets):
        return [Unit(sheet) for sheet in sheets]
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        if sheet.is_clipped and groups:
            groups[-1].append(sheet)
        else:
            groups.append([sheet])
    return [unit for base, *clipped in groups for unit in _opened(Unit(base, tuple(clipped)))]


def _opened(unit: Unit) -> list[Unit]:
    if not unit.is_open:
        return [unit]
    inside = units_of(unit.base.children)
    if unit.base.opacity >= 1 and unit.base.mask is None:
        return inside
    if all(one.can_be_joined for one in inside):
        # Then it looks the same closed, which costs less.
        return [Unit(replace(unit.base, is_pass_through=False))]
    return [unit]


def compose_tile(sheets: Sequence[Sheet], key: TileKey) -> Tile | None:
    """All sheets at one tile. None where every sheet is blank.

    The only sheet that is there, shown as it is, is returned itself, without a copy.
    """
    return compose_units(units_of(sheets), key)


def compose_units(units: Sequence[Unit], key: TileKey) -> Tile | None:
    """The same for sheets that have been put into units already."""
    there = [unit for unit in units if unit.state(key) is not None]
    if not there:
        return None
    # Over nothing every blend mode shows its source, so the only sheet is taken as it is.
    first = there[0]
    if len(there) == 1 and first.base.is_plain and not first.clipped:
        assert first.base.tiles is not None  # it has a state and no children
        return first.base.tiles.get(key)
    out = Tile.blank(TileFormat.COLOR)
    with Easel(out, is_blank=True) as easel:
        draw_units(easel, there, key, WHOLE_TILE)
    return out


def draw_units(easel: Easel, units: Sequence[Unit], key: TileKey, part: Rect) -> None:
    """Blend units onto an easel that covers `part` of the tile, counted from the tile's corner."""
    for unit in units:
        if unit.clipped:
            _draw_clipped(easel, unit, key, part)
        elif unit.base.is_pass_through:
            _draw_open(easel, unit.base, key, part)
        else:
            _draw_sheet(easel, unit.base, key, part, unit.base.blend_mode)


def _draw_sheet(easel: Easel, sheet: Sheet, key: TileKey, part: Rect, mode: BlendMode) -> None:
    if not sheet.children and (sheet.mask is None or sheet.mask.get(key) is full_tile()):
        tile = sheet.tiles.get(key) if sheet.tiles is not None else None
        if tile is not None:
            easel.draw_tile(tile, part, sheet.opacity, mode)
        return
    source = _scratch(sheet, key, part)
    if source is not None:
        easel.draw(source, sheet.opacity, mode)


def _scratch(sheet: Sheet, key: TileKey, part: Rect) -> Pixels | None:
    """The sheet's own pixels with its mask applied, in an array that may be written to."""
    if sheet.state(key) is None:
        return None
    pixels = np.zeros((part.height, part.width, 4), np.uint8)
    with Easel(pixels, is_blank=True) as easel:
        if sheet.children:
            draw_units(easel, units_of(sheet.children), key, part)
        else:
            tile = sheet.tiles.get(key) if sheet.tiles is not None else None
            if tile is not None:
                easel.draw_tile(tile, part, 1.0, BlendMode.NORMAL)
        mask = sheet.mask.get(key) if sheet.mask is not None else None
        if mask is not None:
            easel.keep_within(mask.pixels[slices_of(part)])
    return pixels


def _draw_open(easel: Easel, group: Sheet, key: TileKey, part: Rect) -> None:
    if group.state(key) is None:
        return
    before = easel.copy()
    draw_units(easel, units_of(group.children), key, part)
    coverage = group.mask.get(key) if group.mask is not None else None
    within = None if coverage is None else coverage.pixels[slices_of(part)]
    easel.mix_with(before, group.opacity, within)


def _draw_clipped(easel: Easel, unit: Unit, key: TileKey, part: Rect) -> None:
    pixels = _scratch(unit.base, key, part)
    if pixels is None:
        return
    # On the base's colors made opaque, and then its alpha again: the base alone decides where.
    alpha = pixels[..., 3].copy()
    _make_opaque(pixels)
    with Easel(pixels) as inner:
        for sheet in unit.clipped:
            _draw_sheet(inner, sheet, key, part, sheet.blend_mode)
        inner.keep_within(alpha)
    easel.draw(pixels, unit.base.opacity, unit.base.blend_mode)


def _make_opaque(pixels: Pixels) -> None:
    alpha = np.maximum(pixels[..., 3:], 1).astype(np.uint16)
    color = (pixels[..., :3].astype(np.uint16) * 255 + alpha // 2) // alpha
    pixels[..., :3] = np.minimum(color, 255)
    pixels[..., 3] = 255
