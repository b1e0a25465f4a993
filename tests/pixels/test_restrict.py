"""Selections and locked alpha: what they forbid stays byte for byte."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.restrict import keep_alpha, mix_by_coverage
from aipaint.pixels.tile import Pixels, Tile, TileFormat

_SEEDS = st.integers(0, 10_000)


def _tile(seed: int) -> Tile:
    chance = np.random.default_rng(seed)
    alpha = chance.integers(0, 256, (256, 256, 1)).astype(np.uint8)
    color = chance.integers(0, 256, (256, 256, 3)).astype(np.uint16)
    return Tile(np.concatenate([(color * alpha // 255).astype(np.uint8), alpha], axis=2))


def _coverage(seed: int) -> Pixels:
    chance = np.random.default_rng(seed)
    return chance.choice([0, 0, 255, 255, 100], (256, 256)).astype(np.uint8)


@given(_SEEDS, _SEEDS, _SEEDS)
def test_a_coverage_keeps_what_it_does_not_cover_and_takes_what_it_does(
    one: int, other: int, third: int
) -> None:
    before, after, coverage = _tile(one), _tile(other), _coverage(third)
    mixed = mix_by_coverage(before, after, Tile(coverage))
    assert mixed is not None
    assert (mixed.pixels[coverage == 0] == before.pixels[coverage == 0]).all()
    assert (mixed.pixels[coverage == 255] == after.pixels[coverage == 255]).all()
    assert (mixed.pixels[..., :3] <= mixed.pixels[..., 3:]).all()
    low, high = np.minimum(before.pixels, after.pixels), np.maximum(before.pixels, after.pixels)
    assert ((mixed.pixels >= low) & (mixed.pixels <= high)).all()


def test_no_coverage_changes_nothing_and_blank_tiles_stay_away() -> None:
    before, after = _tile(1), _tile(2)
    assert mix_by_coverage(before, after, None) is before
    assert mix_by_coverage(None, after, Tile.blank(TileFormat.COVERAGE)) is None


@given(_SEEDS, _SEEDS)
def test_locked_alpha_never_changes(one: int, other: int) -> None:
    before, after = _tile(one), _tile(other)
    kept = keep_alpha(before, after)
    assert kept is not None
    assert (kept.pixels[..., 3] == before.pixels[..., 3]).all()
    assert (kept.pixels[..., :3] <= kept.pixels[..., 3:]).all()
    is_full = (before.pixels[..., 3] == 255) & (after.pixels[..., 3] == 255)
    assert (kept.pixels[is_full] == after.pixels[is_full]).all()


def test_locked_alpha_keeps_clear_places_clear_and_erased_ones_there() -> None:
    assert keep_alpha(None, _tile(1)) is None
    before = _tile(1)
    erased = keep_alpha(before, Tile.blank(TileFormat.COLOR))
    assert erased is not None
    assert (erased.pixels == before.pixels).all()
