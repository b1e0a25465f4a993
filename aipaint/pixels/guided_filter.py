"""A coarse cut-out drawn to the true edges of a full-size picture (guided filter, He et al.)."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import Rect

_BLOCK = 256
_RADIUS = 4  # of a window, in pixels of the coarse cut-out
_EVENNESS = 4e-4  # how different colors must be to count as an edge; the square of 2 %
_LOW, _HIGH = 0.2, 0.8  # the filter's answer between them is the soft edge

Pixels = npt.NDArray[np.uint8]
_Plane = npt.NDArray[Any]


def follow_edges(bgr: Pixels, inside: Pixels) -> Pixels:
    """Coverage of the size of `bgr` (h, w, 3): `inside` (0 or 255, of any size) enlarged, its edge
    moved to where the picture has one nearby. Works only along the edge, block by block."""
    height, width = bgr.shape[:2]
    factor = max(height / inside.shape[0], width / inside.shape[1])
    radius = max(_RADIUS, round(_RADIUS * factor))
    enlarged = cv2.resize(inside, (width, height), interpolation=cv2.INTER_LINEAR)
    coverage = np.where(np.asarray(enlarged) >= 128, 255, 0).astype(np.uint8)
    result = coverage.copy()
    whole = Rect(0, 0, width, height)
    for block in _blocks_at_edge(coverage, radius):
        around = block.expanded(2 * radius).intersected(whole)
        there = around.slices(whole)
        soft = _filtered(bgr[there], coverage[there], radius)
        result[block.slices(whole)] = soft[block.slices(around)]
    return result


def _blocks_at_edge(coverage: Pixels, radius: int) -> Iterator[Rect]:
    whole = Rect(0, 0, coverage.shape[1], coverage.shape[0])
    for top in range(0, whole.height, _BLOCK):
        for left in range(0, whole.width, _BLOCK):
            block = Rect(left, top, _BLOCK, _BLOCK).intersected(whole)
            around = coverage[block.expanded(radius).intersected(whole).slices(whole)]
            if around.min() != around.max():
                yield block


def _filtered(bgr: Pixels, coverage: Pixels, radius: int) -> Pixels:
    """The coverage as a linear function of the three colors, window by window."""
    colors = [np.asarray(bgr[..., c], np.float32) / 255 for c in range(3)]
    target = coverage.astype(np.float32) / 255

    def mean(plane: _Plane) -> _Plane:
        side = (2 * radius + 1, 2 * radius + 1)
        return np.asarray(cv2.blur(plane, side, borderType=cv2.BORDER_REFLECT), np.float32)

    means = [mean(color) for color in colors]
    target_mean = mean(target)
    shared = [mean(c * target) - m * target_mean for c, m in zip(colors, means, strict=True)]
    spread = {
        (i, j): mean(colors[i] * colors[j])
        - means[i] * means[j]
        + np.float32(_EVENNESS if i == j else 0)
        for i in range(3)
        for j in range(i, 3)
    }
    slopes = _solved(spread, shared)
    offset = target_mean - sum(s * m for s, m in zip(slopes, means, strict=True))
    answer = mean(np.asarray(offset, np.float32))
    for slope, color in zip(slopes, colors, strict=True):
        answer += mean(slope) * color
    share = np.clip((answer - _LOW) / (_HIGH - _LOW), 0, 1)
    # Beyond the reach of the coarse edge its own word is final.
    far_in = cv2.erode(coverage, np.ones((2 * radius + 1,) * 2, np.uint8))
    far_out = cv2.dilate(coverage, np.ones((2 * radius + 1,) * 2, np.uint8))
    soft = np.rint(share * 255).astype(np.uint8)
    return np.asarray(np.minimum(np.maximum(soft, far_in), far_out), np.uint8)


def _solved(spread: dict[tuple[int, int], _Plane], shared: list[_Plane]) -> list[_Plane]:
    """Three equations at every pixel, by Cramer's rule; the matrix is symmetric and positive."""
    a, b, c = spread[0, 0], spread[0, 1], spread[0, 2]
    d, e, f = spread[1, 1], spread[1, 2], spread[2, 2]
    x, y, z = shared
    aa, bb, cc = d * f - e * e, c * e - b * f, b * e - c * d
    dd, ee, ff = a * f - c * c, b * c - a * e, a * d - b * b
    scale = 1 / np.maximum(a * aa + b * bb + c * cc, np.float32(1e-12))
    return [
        (aa * x + bb * y + cc * z) * scale,
        (bb * x + dd * y + ee * z) * scale,
        (cc * x + ee * y + ff * z) * scale,
    ]
