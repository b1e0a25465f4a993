"""Smart select: the object that a box or a few marks point at (GrabCut), with a fine edge."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.guided_filter import follow_edges
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Pixels

_SIDE = 512
_ITERATIONS = 5
_CONTEXT = 0.35  # of the box, on every side: what the background looks like
_SMALLEST_ISLAND = 0.01  # of the largest part
_BACKDROP = 128


@dataclass(frozen=True)
class Mark:
    """A line somebody drew: `is_kept` belongs to the object, otherwise to what is around it."""

    points: tuple[tuple[float, float], ...]
    width: float
    is_kept: bool


@dataclass(frozen=True)
class SmartHints:
    """In pixels of the picture that is looked at. Outside of the box nothing is selected."""

    box: Rect = EMPTY_RECT
    marks: tuple[Mark, ...] = ()

    @property
    def is_enough(self) -> bool:
        """There is something to start from."""
        return not self.box.is_empty or any(mark.is_kept for mark in self.marks)


def smart_select(
    bgra: Pixels, hints: SmartHints, is_cancelled: Callable[[], bool] = lambda: False
) -> Pixels:
    """Coverage (h, w) of the object in (h, w, 4) premultiplied pixels; the same hints give the
    same coverage. Any thread; half a second to two. Cancelled, it covers nothing."""
    coverage: Pixels = np.zeros(bgra.shape[:2], np.uint8)
    place = _part_to_look_at(coverage, hints)
    if not hints.is_enough or place.is_empty:
        return coverage
    window = place.slices(Rect(0, 0, coverage.shape[1], coverage.shape[0]))
    bgr = on_grey(bgra[window])
    scale = min(1.0, _SIDE / max(place.width, place.height))
    size = (max(1, round(place.width * scale)), max(1, round(place.height * scale)))
    small = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA) if scale < 1 else bgr
    labels = _labels(small.shape[:2], hints, place, scale)
    inside = _without_islands(_cut(np.asarray(small, np.uint8), labels, is_cancelled), labels)
    if not is_cancelled() and inside.any():
        coverage[window] = follow_edges(bgr, inside)
        _outside_the_box(coverage, hints.box)
    return coverage


def _part_to_look_at(coverage: Pixels, hints: SmartHints) -> Rect:
    """The box with some of what is around it: the less, the finer the object is seen."""
    whole = Rect(0, 0, coverage.shape[1], coverage.shape[0])
    if hints.box.is_empty:
        return whole
    around = max(16, round(_CONTEXT * max(hints.box.width, hints.box.height)))
    return hints.box.expanded(around).intersected(whole)


def on_grey(bgra: Pixels) -> Pixels:
    """What is transparent looks grey; an opaque picture stays as it is."""
    rest = (255 - bgra[..., 3:]).astype(np.uint16) * _BACKDROP // 255
    return np.ascontiguousarray(bgra[..., :3] + rest.astype(np.uint8))


def _labels(shape: tuple[int, ...], hints: SmartHints, place: Rect, scale: float) -> Pixels:
    labels = np.full(shape[:2], cv2.GC_PR_BGD, np.uint8)
    if not hints.box.is_empty:
        labels[:] = cv2.GC_BGD
        box = hints.box.translated(-place.x, -place.y)
        rows = slice(max(0, round(box.y * scale)), max(0, round(box.bottom * scale)))
        columns = slice(max(0, round(box.x * scale)), max(0, round(box.right * scale)))
        labels[rows, columns] = cv2.GC_PR_FGD
    for mark in hints.marks:
        points = [((x - place.x) * scale, (y - place.y) * scale) for x, y in mark.points]
        line = np.rint(np.array([*points, points[-1]])).astype(np.int32)
        value = cv2.GC_FGD if mark.is_kept else cv2.GC_BGD
        cv2.polylines(labels, [line], False, value, max(1, round(mark.width * scale)))
    return labels


def _cut(bgr: Pixels, labels: Pixels, is_cancelled: Callable[[], bool]) -> npt.NDArray[np.bool_]:
    is_kept = _is_kept(labels)
    if is_kept.all() or not is_kept.any():
        return is_kept
    around, inside = np.zeros((1, 65)), np.zeros((1, 65))
    labels = labels.copy()
    mode = cv2.GC_INIT_WITH_MASK
    cv2.setRNGSeed(1)
    for _ in range(_ITERATIONS):
        if is_cancelled():
            return np.zeros(labels.shape, bool)
        cv2.grabCut(bgr, labels, (0, 0, 0, 0), around, inside, 1, mode)
        mode = cv2.GC_EVAL
    return _is_kept(labels)


def _is_kept(labels: Pixels) -> npt.NDArray[np.bool_]:
    return np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD))


def _without_islands(inside: npt.NDArray[np.bool_], labels: Pixels) -> Pixels:
    """Drop crumbs nobody marked, and close pinholes nobody marked."""
    kept = _large_parts(inside, np.isin(labels, cv2.GC_FGD))
    return np.asarray(~_large_parts(~kept, np.isin(labels, cv2.GC_BGD)), np.uint8) * 255


def _large_parts(
    inside: npt.NDArray[np.bool_], marked: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(inside.astype(np.uint8))
    if count <= 2:
        return inside
    areas = stats[:, cv2.CC_STAT_AREA]
    is_large = areas >= _SMALLEST_ISLAND * areas[1:].max()
    is_large[np.unique(numbers[marked])] = True
    is_large[0] = False
    return np.asarray(is_large[numbers], np.bool_)


def _outside_the_box(coverage: Pixels, box: Rect) -> None:
    if box.is_empty:
        return
    inner = box.intersected(Rect(0, 0, coverage.shape[1], coverage.shape[0]))
    window = inner.slices(Rect(0, 0, 0, 0))
    kept = coverage[window].copy()
    coverage[:] = 0
    coverage[window] = kept
