"""`ClickSelect`: SAM 2 in a process of its own, which remembers the picture between clicks."""

import threading
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aipaint.errors import AipaintError, CancelledError
from aipaint.pixels.cv import cv2
from aipaint.pixels.guided_filter import follow_edges
from aipaint.pixels.model_message import Array, ModelMessage, Pixels
from aipaint.pixels.model_process import ModelFile, ModelListener, ModelProcess
from aipaint.pixels.sam import SAM_SIDE
from aipaint.pixels.smart_select import Mark, SmartHints, on_grey

_COARSE_SIDE = 1024
_MOST_POINTS_A_MARK = 4
_INSIDE, _OUTSIDE, _BOX_START, _BOX_END = 1.0, 0.0, 2.0, 3.0
_PAUSE_SECONDS = 0.02
_CRUMB = 0.02  # of what is selected
_LEAST_NEARNESS, _NEARNESS = 3.0, 0.005  # of one click to another that repeats it


class ClickSelect:
    """Any thread; one question at a time. `find` gives the model's files (encoder, decoder), None
    where there are none. The first question about a picture takes seconds, the others a blink. A
    click on the same place again asks for another reading: the whole instead of the part."""

    def __init__(self, find: Callable[[], tuple[ModelFile, ...] | None]) -> None:
        self._find = find
        self._turn = threading.Lock()
        self._process = ModelProcess()
        self._seen: Pixels | None = None

    @property
    def is_ready(self) -> bool:
        return self._find() is not None

    def select(
        self,
        bgra: Pixels,
        hints: SmartHints,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Pixels:
        """Coverage (h, w) of what the hints point at in (h, w, 4) premultiplied pixels. Cancelled,
        it covers nothing. Raises ModelFailed."""
        coverage: Pixels = np.zeros(bgra.shape[:2], np.uint8)
        files = self._find()
        if files is None or not hints.is_enough:
            return coverage
        bgr = on_grey(bgra)
        try:
            mask = self._asked(bgr, hints, files, is_cancelled)
        except CancelledError:
            return coverage
        coarse = _coarse(mask, bgr)
        return follow_edges(bgr, coarse) if coarse.any() else coverage

    def rest(self) -> None:
        with self._turn:
            self._forget()

    def _asked(
        self,
        bgr: Pixels,
        hints: SmartHints,
        files: tuple[ModelFile, ...],
        is_cancelled: Callable[[], bool],
    ) -> Array:
        self._wait_for_turn(is_cancelled)
        try:
            self._look_at(bgr, files, is_cancelled)
            once, repeats = _without_repeats(hints, max(bgr.shape))
            points, labels = _points(once, bgr.shape[1], bgr.shape[0])
            masks, sure = self._run("ask", (points, labels), files, is_cancelled)
            return _chosen(masks, sure, repeats)
        except AipaintError as error:
            if not isinstance(error, CancelledError):
                self._forget()
            raise
        finally:
            self._turn.release()

    def _look_at(
        self, bgr: Pixels, files: tuple[ModelFile, ...], is_cancelled: Callable[[], bool]
    ) -> None:
        side = (SAM_SIDE, SAM_SIDE)
        small = np.asarray(cv2.resize(bgr, side, interpolation=cv2.INTER_AREA), np.uint8)
        rgb = np.ascontiguousarray(small[..., ::-1])
        seen = self._seen if self._process.is_alive else None
        if seen is not None and np.array_equal(seen, rgb):
            return
        if self._process.is_behind:
            self._process.close()  # it still looks at another picture
        self._seen = rgb
        self._run("look", (rgb,), files, is_cancelled)

    def _run(
        self,
        step: str,
        arrays: tuple[Array, ...],
        files: tuple[ModelFile, ...],
        is_cancelled: Callable[[], bool],
    ) -> tuple[Array, ...]:
        """A cancelled question is answered for nobody: what was seen meanwhile is not lost."""
        request = ModelMessage("sam", {"step": step}, arrays)
        listener = ModelListener(cancelled=is_cancelled)
        return self._process.run(request, files, listener, outlives_cancel=True)

    def _wait_for_turn(self, is_cancelled: Callable[[], bool]) -> None:
        while not self._turn.acquire(timeout=_PAUSE_SECONDS):
            if is_cancelled():
                raise CancelledError("Cancelled.")

    def _forget(self) -> None:
        self._process.close()
        self._seen = None


def _without_repeats(hints: SmartHints, side: int) -> tuple[SmartHints, int]:
    """The hints with each click once, and how often the last one was clicked again."""
    kept: list[Mark] = []
    repeats = 0
    for mark in hints.marks:
        if kept and _is_same_click(kept[-1], mark, max(_LEAST_NEARNESS, _NEARNESS * side)):
            repeats += 1
        else:
            kept.append(mark)
            repeats = 0
    return SmartHints(hints.box, tuple(kept)), repeats


def _is_same_click(one: Mark, other: Mark, distance: float) -> bool:
    if len(one.points) > 1 or len(other.points) > 1 or not (one.is_kept and other.is_kept):
        return False
    (x, y), (u, v) = one.points[0], other.points[0]
    return (x - u) ** 2 + (y - v) ** 2 <= distance**2


def _chosen(masks: Array, sure: Array, repeats: int) -> Array:
    """A click may mean a part or the whole: the surest comes first, then the larger other one."""
    best = int(np.argmax(sure))
    areas = (masks > 0).sum(axis=(1, 2))
    others = sorted((n for n in range(len(masks)) if n != best), key=lambda n: -int(areas[n]))
    mask: Array = masks[(best, *others)[repeats % len(masks)]]
    return mask


def _points(hints: SmartHints, width: int, height: int) -> tuple[Array, Array]:
    points: list[tuple[float, float]] = []
    labels: list[float] = []
    if not hints.box.is_empty:
        points += [(hints.box.x, hints.box.y), (hints.box.right, hints.box.bottom)]
        labels += [_BOX_START, _BOX_END]
    for mark in hints.marks:
        step = max(1, -(-len(mark.points) // _MOST_POINTS_A_MARK))
        taken = mark.points[step // 2 :: step]
        points += taken
        labels += [_INSIDE if mark.is_kept else _OUTSIDE] * len(taken)
    scaled = np.array(points, np.float32) * (SAM_SIDE / width, SAM_SIDE / height)
    return scaled.astype(np.float32), np.array(labels, np.float32)


def _coarse(mask: Array, bgr: Pixels) -> Pixels:
    """0 or 255, in the proportions of the picture."""
    height, width = bgr.shape[:2]
    scale = min(1.0, _COARSE_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    larger = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR))
    return _without_crumbs(_without_crumbs(larger > 0), is_inside=False).astype(np.uint8) * 255


def _without_crumbs(
    mask: npt.NDArray[np.bool_], *, is_inside: bool = True
) -> npt.NDArray[np.bool_]:
    """Small parts taken away, or (not inside) small holes closed."""
    parts = mask if is_inside else ~mask
    _, numbers, stats, _ = cv2.connectedComponentsWithStats(parts.astype(np.uint8))
    small = stats[:, cv2.CC_STAT_AREA] < _CRUMB * max(1, int(mask.sum()))
    small[0] = False  # what is around the parts
    return np.asarray(mask ^ (small[numbers] & parts), np.bool_)
