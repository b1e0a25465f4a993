"""`ClickSelect`: SAM 2 in a process of its own, which remembers the picture between clicks."""

import threading
from collections.abc import Callable

import numpy as np

from aipaint.errors import AipaintError, CancelledError
from aipaint.pixels.cv import cv2
from aipaint.pixels.guided_filter import follow_edges
from aipaint.pixels.model_message import Array, ModelMessage, Pixels
from aipaint.pixels.model_process import ModelFile, ModelListener, ModelProcess
from aipaint.pixels.sam import SAM_SIDE
from aipaint.pixels.smart_select import SmartHints, on_grey

_COARSE_SIDE = 1024
_MOST_POINTS_A_MARK = 4
_INSIDE, _OUTSIDE, _BOX_START, _BOX_END = 1.0, 0.0, 2.0, 3.0
_PAUSE_SECONDS = 0.02


class ClickSelect:
    """Any thread; one question at a time. `find` gives the model's files (encoder, decoder), None
    where there are none. The first question about a picture takes seconds, the others a blink."""

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
            points, labels = _points(hints, bgr.shape[1], bgr.shape[0])
            masks, sure = self._run("ask", (points, labels), files, is_cancelled)
            best: Array = masks[int(np.argmax(sure))]
            return best
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
    return np.where(larger > 0, 255, 0).astype(np.uint8)
