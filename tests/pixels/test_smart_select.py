"""Smart select: the right object, a finer edge than it was looked for at, and its promises."""

import numpy as np
import pytest

from aipaint.pixels.cv import cv2
from aipaint.pixels.guided_filter import follow_edges
from aipaint.pixels.rect import Rect
from aipaint.pixels.smart_select import Mark, SmartHints, smart_select
from aipaint.pixels.tile import Pixels

_SIDE = 1600


def _cloth(chance: np.random.Generator, color: tuple[int, int, int]) -> Pixels:
    noise = chance.integers(0, 255, (_SIDE, _SIDE, 3), dtype=np.uint8)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), 6)).astype(int)
    return np.asarray(np.clip((soft - 128) * 3 + np.array(color), 0, 255), np.uint8)


@pytest.fixture(scope="module")
def scene() -> tuple[Pixels, Pixels]:
    """A star with many small teeth on patterned ground, and its true coverage."""
    chance = np.random.default_rng(3)
    angle = np.linspace(0, 2 * np.pi, 600, endpoint=False)
    reach = 420 + 70 * np.sin(7 * angle) + 12 * np.sin(61 * angle)
    outline = np.stack([800 + reach * np.cos(angle), 780 + reach * np.sin(angle)], 1)
    truth: Pixels = np.zeros((_SIDE, _SIDE), np.uint8)
    cv2.fillPoly(truth, [np.rint(outline * 16).astype(np.int32)], (255,), cv2.LINE_AA, 4)
    share = truth[..., None] / 255
    color = _cloth(chance, (40, 70, 200)) * share + _cloth(chance, (150, 140, 60)) * (1 - share)
    opaque = np.full((_SIDE, _SIDE, 1), 255, np.uint8)
    return np.concatenate([color.astype(np.uint8), opaque], axis=2), truth


def _agreement(one: Pixels, other: Pixels) -> float:
    return float(np.minimum(one, other).sum() / np.maximum(one, other).sum())


def _as_seen_at_512(truth: Pixels) -> Pixels:
    small = np.asarray(cv2.resize(truth, (512, 512), interpolation=cv2.INTER_AREA), np.uint8)
    return np.where(small > 127, 255, 0).astype(np.uint8)


_BOX = SmartHints(Rect(250, 240, 1100, 1080))
_MARKS = SmartHints(
    marks=(
        Mark(((700, 700), (900, 860)), 40, True),
        Mark(((100, 100), (1500, 100)), 40, False),
    )
)


@pytest.mark.parametrize("hints", [_BOX, _MARKS], ids=["box", "marks"])
def test_the_object_is_found_to_its_teeth(scene: tuple[Pixels, Pixels], hints: SmartHints) -> None:
    bgra, truth = scene
    assert _agreement(smart_select(bgra, hints), truth) > 0.99


def test_the_edge_is_finer_than_what_was_cut_out(scene: tuple[Pixels, Pixels]) -> None:
    bgra, truth = scene
    coarse = _as_seen_at_512(truth)
    plain = np.asarray(cv2.resize(coarse, (_SIDE, _SIDE), interpolation=cv2.INTER_LINEAR))
    fine = follow_edges(np.ascontiguousarray(bgra[..., :3]), coarse)
    assert 1 - _agreement(fine, truth) < 0.5 * (1 - _agreement(plain.astype(np.uint8), truth))


def test_far_from_the_edge_the_cut_out_is_not_touched(scene: tuple[Pixels, Pixels]) -> None:
    bgra, truth = scene
    fine = follow_edges(np.ascontiguousarray(bgra[..., :3]), _as_seen_at_512(truth))
    near = np.ones((81, 81), np.uint8)
    assert (fine[np.asarray(cv2.erode(truth, near)) == 255] == 255).all()
    assert (fine[np.asarray(cv2.dilate(truth, near)) == 0] == 0).all()


def test_the_same_hints_give_the_same_answer(scene: tuple[Pixels, Pixels]) -> None:
    bgra, _ = scene
    assert (smart_select(bgra, _BOX) == smart_select(bgra, _BOX)).all()


def test_nothing_outside_the_box_is_taken(scene: tuple[Pixels, Pixels]) -> None:
    bgra, _ = scene
    box = Rect(800, 240, 700, 1080)  # cuts the star in two
    coverage = smart_select(bgra, SmartHints(box))
    assert coverage.any()
    coverage[box.slices(Rect(0, 0, _SIDE, _SIDE))] = 0
    assert not coverage.any()


@pytest.mark.parametrize(
    "hints",
    [
        SmartHints(),
        SmartHints(marks=(Mark(((10, 10),), 20, False),)),
        SmartHints(Rect(9000, 9000, 10, 10)),
    ],
)
def test_without_a_usable_hint_nothing_is_taken(
    scene: tuple[Pixels, Pixels], hints: SmartHints
) -> None:
    assert not smart_select(scene[0], hints).any()


def test_a_cancelled_search_takes_nothing(scene: tuple[Pixels, Pixels]) -> None:
    assert not smart_select(scene[0], _BOX, lambda: True).any()


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (40, 40)])
def test_odd_pictures_and_boxes_around_all_of_it_do_no_harm(size: tuple[int, int]) -> None:
    flat = np.full((*size, 4), 255, np.uint8)
    everything = SmartHints(Rect(-5, -5, size[1] + 10, size[0] + 10))
    assert smart_select(flat, everything).shape == size
    clear = np.zeros((*size, 4), np.uint8)
    assert smart_select(clear, SmartHints(marks=(Mark(((0, 0),), 3, True),))).shape == size
