"""Laws of transforms: exact where pixels land on pixels, close to the truth elsewhere."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.pixels.area import full_tile, is_same_area, rectangle_area
from aipaint.pixels.homography import Homography, corners_of
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.transform import Progress, TransformTooLarge, Warp, transformed


def _noise(rect: Rect, seed: int = 1, *, is_coverage: bool = False) -> TileMap:
    """Premultiplied noise with every alpha, or noise of coverage."""
    chance = np.random.default_rng(seed)
    if is_coverage:
        pixels = chance.integers(0, 256, (rect.height, rect.width), np.uint8)
    else:
        pixels = chance.integers(0, 256, (rect.height, rect.width, 4), np.uint8)
        pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return TileMap.from_pixels(pixels, rect.x, rect.y)


def _same(one: TileMap, other: TileMap) -> bool:
    area = one.bounds().united(other.bounds())
    return bool((one.read(area) == other.read(area)).all())


_RECT = Rect(-70, 130, 301, 280)


@pytest.mark.parametrize("is_coverage", [False, True])
@given(dx=st.integers(-600, 600), dy=st.integers(-600, 600))
@settings(max_examples=20)
def test_a_whole_move_is_exact(is_coverage: bool, dx: int, dy: int) -> None:
    tiles = _noise(_RECT, is_coverage=is_coverage)
    moved = transformed(tiles, Warp(Homography.move(dx, dy)))
    assert moved.bounds() == tiles.bounds().translated(dx, dy)
    assert (moved.read(_RECT.translated(dx, dy)) == tiles.read(_RECT)).all()


def test_a_move_by_whole_tiles_shares_them() -> None:
    tiles = _noise(_RECT)
    moved = transformed(tiles, Warp(Homography.move(512, -256)))
    assert {moved.get((row - 1, column + 2)) for row, column in tiles} == {
        tiles.get(key) for key in tiles
    }


@pytest.mark.parametrize(
    ("homography", "expected"),
    [
        (Homography.scale(-1, 1), lambda pixels: pixels[:, ::-1]),
        (Homography.scale(1, -1), lambda pixels: pixels[::-1]),
        (Homography.turn(90), lambda pixels: np.rot90(pixels, -1)),
        (Homography.turn(180), lambda pixels: np.rot90(pixels, 2)),
        (Homography.turn(-90), lambda pixels: np.rot90(pixels, 1)),
    ],
)
def test_flips_and_quarter_turns_are_exact(homography: Homography, expected) -> None:  # type: ignore[no-untyped-def]
    tiles = _noise(_RECT)
    turned = transformed(tiles, Warp(homography))
    place = homography.bounds(_RECT)
    assert (turned.read(place) == expected(tiles.read(_RECT))).all()
    assert turned.bounds() == place
    assert _same(transformed(turned, Warp(homography.inverse())), tiles)


def test_four_quarter_turns_about_any_point_come_back() -> None:
    tiles = _noise(_RECT)
    turn = Homography.move(-17, 5).then(Homography.turn(90)).then(Homography.move(17, -5))
    turned = tiles
    for _ in range(4):
        turned = transformed(turned, Warp(turn))
    assert _same(turned, tiles)


def test_premultiplied_pixels_stay_premultiplied_and_edges_bring_no_dark_rim() -> None:
    pixels = np.zeros((120, 120, 4), np.uint8)
    pixels[20:100, 20:100] = (40, 80, 200, 255)
    tiles = TileMap.from_pixels(pixels, 200, 200)
    middle = Homography.move(-260, -260)
    warp = Warp(middle.then(Homography.turn(30)).then(middle.inverse()))
    out = transformed(tiles, warp).read(Rect(150, 150, 220, 220)).astype(int)
    assert (out[..., :3] <= out[..., 3:]).all()
    soft = (out[..., 3] > 40) & (out[..., 3] < 250)
    assert soft.sum() > 50
    straight = out[soft][:, :3] * 255 / out[soft][:, 3:]
    assert np.abs(straight - (40, 80, 200)).max() < 12
    assert abs((out[..., 3] / 255).sum() - 80 * 80) < 40


def test_a_turn_and_its_opposite_come_close_to_the_picture() -> None:
    rows, columns = np.mgrid[0:300, 0:300]
    gray = (127 + 100 * np.sin(rows / 17) * np.cos(columns / 23)).astype(np.uint8)
    pixels = np.dstack([gray, gray, gray, np.full_like(gray, 255)])
    tiles = TileMap.from_pixels(pixels, 100, 100)
    middle = Homography.move(-250, -250)
    turn = middle.then(Homography.turn(27)).then(middle.inverse())
    back = transformed(transformed(tiles, Warp(turn)), Warp(turn.inverse()))
    inner = Rect(140, 140, 220, 220)
    assert np.abs(back.read(inner).astype(int) - tiles.read(inner)).max() <= 3


def test_an_opaque_picture_keeps_a_hard_edge_when_it_is_resized() -> None:
    tiles = TileMap.from_pixels(np.full((100, 200, 4), 255, np.uint8), 10, 20)
    for x, y in ((2.0, 3.0), (0.5, 0.25), (1.3, 1.7)):
        about = Homography.move(-10, -20).then(Homography.scale(x, y))
        out = transformed(tiles, Warp(about.then(Homography.move(10, 20))))
        place = Rect(10, 20, round(200 * x), round(100 * y))
        assert out.bounds() == place
        assert out.read(place).min() == 255


def test_shrinking_averages_instead_of_skipping() -> None:
    pixels = np.zeros((1024, 1024, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[::2, ::2, :3] = 255
    small = transformed(TileMap.from_pixels(pixels), Warp(Homography.scale(1 / 7, 1 / 7)))
    inner = small.read(Rect(4, 4, 138, 138))
    assert inner[..., 3].min() == 255
    assert np.abs(inner[..., 0].astype(int) - 64).max() < 24


def test_a_perspective_puts_the_corners_where_they_were_dragged() -> None:
    rect = Rect(0, 0, 400, 300)
    pixels = np.full((300, 400, 4), 255, np.uint8)
    quad = [(50.0, 20.0), (420.0, -30.0), (380.0, 330.0), (-20.0, 260.0)]
    homography = Homography.between([*corners_of(rect)], quad)
    assert homography is not None
    assert np.allclose(homography.corners(rect), quad)
    out = transformed(TileMap.from_pixels(pixels), Warp(homography)).read(Rect(-60, -60, 540, 450))
    area = 0.5 * abs(
        sum(x * v - u * y for (x, y), (u, v) in zip(quad, [*quad[1:], quad[0]], strict=True))
    )
    assert abs((out[..., 3] / 255).sum() - area) / area < 0.01
    assert out[260, 260, 3] == 255


def test_a_folded_quadrilateral_is_no_perspective() -> None:
    folded = [(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]
    assert Homography.between(corners_of(Rect(0, 0, 10, 10)), folded) is None


def test_tiles_made_one_by_one_are_those_made_together() -> None:
    """A preview of a part shows what will be there: no seams, no other rounding."""
    tiles = _noise(Rect(-100, -100, 700, 500), seed=3)
    warp = Warp(Homography.turn(33).then(Homography.scale(0.4, 0.45)))
    whole = transformed(tiles, warp)
    part = transformed(tiles, warp, within=Rect(10, 10, 20, 20))
    assert set(part) == {(0, 0)}
    assert (part.read(Rect(0, 0, 256, 256)) == whole.read(Rect(0, 0, 256, 256))).all()


def test_a_flat_color_has_no_seams_between_tiles() -> None:
    tiles = TileMap.from_pixels(np.full((900, 900, 4), 255, np.uint8))
    middle = Homography.move(-450, -450)
    for homography in (Homography.turn(12), Homography.scale(1.7, 1.3), Homography.scale(0.3, 0.3)):
        out = transformed(tiles, Warp(middle.then(homography)))
        assert out.read(Rect(-90, -90, 180, 180)).min() == 255


def test_it_can_be_given_up_and_tells_how_far_it_is() -> None:
    tiles = _noise(Rect(0, 0, 1024, 1024))
    stop, shares = threading.Event(), []

    def report(share: float) -> None:
        shares.append(share)
        if len(shares) == 3:
            stop.set()

    out = transformed(tiles, Warp(Homography.turn(10)), progress=Progress.until(stop, report))
    assert len(shares) == 3
    assert shares == sorted(shares)
    assert len(out) <= 3


def test_too_large_a_result_is_refused() -> None:
    tiles = _noise(Rect(0, 0, 200, 200))
    with pytest.raises(TransformTooLarge):
        transformed(tiles, Warp(Homography.scale(2000, 2000)))


@given(dx=st.integers(-300, 300), dy=st.integers(-300, 300))
@settings(max_examples=20)
def test_a_large_selection_moves_without_copies_of_what_is_full(dx: int, dy: int) -> None:
    area = rectangle_area(Rect(0, 0, 2000, 1500))
    moved = transformed(area, Warp(Homography.move(dx, dy)))
    assert is_same_area(moved, rectangle_area(Rect(dx, dy, 2000, 1500)))
    shared = sum(moved.get(key) is full_tile() for key in moved)
    assert shared >= 6 * 4  # only the rim is its own
