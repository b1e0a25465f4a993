"""Full-size detail for a hole that was filled in a small copy of the picture.

Where the small fill looks like a place of the picture that is known, it was made from there: what
the small copy had lost of that place is laid over the enlarged fill.
"""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.coverage import bounds
from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import Rect

_RADIUS = 3
_SPACING = 4  # of the patches that are looked up, in pixels of the small copy
_MOST_SOURCES = 10_000
_QUERIES_AT_ONCE = 512

Pixels = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Plane = npt.NDArray[np.float32]


def with_fine_detail(rgb: Pixels, hole: Pixels, small: Pixels, small_hole: Pixels) -> Pixels:
    """`rgb` (h, w, 3) with its `hole` (h, w) filled from `small`, a filled copy of any size, and
    with detail from where the picture is known."""
    height, width = hole.shape
    enlarged = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    soft = np.asarray(enlarged, np.uint8)
    wanted, sources = _matches(small, small_hole)
    box = bounds(hole)  # a large picture has little to do with its hole
    place = box.slices(Rect(0, 0, width, height))
    result = rgb.copy()
    inside = hole[place] > 0
    made = soft[place][inside].astype(np.float32)
    if len(wanted):
        made += _laid_out((rgb, hole, soft), box, (wanted, sources), small_hole.shape)[inside]
    result[place][inside] = np.clip(np.rint(made), 0, 255).astype(np.uint8)
    return result


def _matches(small: Pixels, small_hole: Pixels) -> tuple[Places, Places]:
    """Places (n, 2) in the filled part on a grid, and for each the known place most alike."""
    side = 2 * _RADIUS + 1
    near = cv2.dilate(small_hole, np.ones((side + 2, side + 2), np.uint8)) > 0
    near[: _RADIUS + 1] = near[-_RADIUS - 1 :] = True
    near[:, : _RADIUS + 1] = near[:, -_RADIUS - 1 :] = True
    sources = np.argwhere(~near)
    rows, columns = np.nonzero(cv2.dilate(small_hole, np.ones((5, 5), np.uint8)))
    on_grid = (rows % _SPACING == 0) & (columns % _SPACING == 0)
    wanted = np.stack([rows[on_grid], columns[on_grid]], axis=1)
    if not len(sources) or not len(wanted):
        return wanted[:0], wanted[:0]
    if len(sources) > _MOST_SOURCES:
        sources = sources[np.linspace(0, len(sources) - 1, _MOST_SOURCES).astype(np.intp)]
    known, asked = _looks(small, sources), _looks(small, wanted)
    lengths = np.square(known).sum(axis=1)
    best = np.empty(len(wanted), np.intp)
    for first in range(0, len(wanted), _QUERIES_AT_ONCE):
        part = asked[first : first + _QUERIES_AT_ONCE]
        best[first : first + len(part)] = np.argmin(lengths[None] - 2 * part @ known.T, axis=1)
    return wanted, sources[best]


def _looks(small: Pixels, places: Places) -> Plane:
    """What the surroundings of each place look like: every other pixel, in three colors."""
    border = np.pad(small, ((_RADIUS, _RADIUS), (_RADIUS, _RADIUS), (0, 0)), mode="reflect")
    steps = np.arange(0, 2 * _RADIUS + 1, 2)
    rows = places[:, 0, None, None] + steps[None, :, None]
    columns = places[:, 1, None, None] + steps[None, None, :]
    return np.asarray(border[rows, columns].reshape(len(places), -1), np.float32)


def _laid_out(
    pictures: tuple[Pixels, Pixels, Pixels],
    box: Rect,
    matches: tuple[Places, Places],
    small_shape: tuple[int, ...],
) -> Plane:
    """What the small copy had lost in `box`, (h, w, 3), from each match to its place, blended.
    `pictures` are the original, its hole, and the enlarged fill."""
    rgb, hole, soft = pictures
    height, width = hole.shape
    scale = np.array([height / small_shape[0], width / small_shape[1]])
    side = max(2, round(2 * _SPACING * float(scale.max())))
    window = np.sqrt(np.outer(*[np.hanning(side + 2)[1:-1]] * 2)).astype(np.float32)[..., None]
    total = np.zeros((box.height + 2 * side, box.width + 2 * side, 3), np.float32)
    weight = np.zeros((box.height + 2 * side, box.width + 2 * side, 1), np.float32)
    limit = np.array([height - side, width - side])
    if limit.min() < 0:
        return total[: box.height, : box.width]
    wanted, sources = matches
    starts = np.rint((wanted + 0.5) * scale).astype(int) - side // 2
    takes = starts + np.rint((sources - wanted) * scale).astype(int)
    starts += side - np.array([box.y, box.x])
    for (y, x), (from_y, from_x) in zip(starts, np.clip(takes, 0, limit), strict=True):
        place = np.s_[from_y : from_y + side, from_x : from_x + side]
        lost = rgb[place].astype(np.float32) - soft[place]
        lost[hole[place] > 0] = 0
        total[y : y + side, x : x + side] += lost * window
        weight[y : y + side, x : x + side] += window
    middle = np.s_[side : side + box.height, side : side + box.width]
    return np.asarray(total[middle] / np.maximum(weight[middle], 1e-3))
