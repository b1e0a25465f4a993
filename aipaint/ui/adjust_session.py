"""`AdjustSession`: an adjustment from its first preview to Apply or Cancel."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK
from aipaint.document.live_placement import LivePlacement
from aipaint.document.paint_rules import keeps_alpha
from aipaint.document.picture import Picture
from aipaint.document.place_tiles import Placed
from aipaint.errors import AipaintError
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.ui.background import Background, Work

if TYPE_CHECKING:
    from aipaint.pixels.adjust import Adjustment
    from aipaint.pixels.tile import Tile
    from aipaint.pixels.tile_map import TileKey, TileMap


_PATIENCE_SECONDS = 0.25
"""A preview that takes longer is given up for a newer one; a quicker one is worth showing."""


@dataclass(frozen=True, eq=False)
class Stage:
    """Where adjustments happen. `visible` is asked for what can be seen, `target` for what tools
    paint on now."""

    document: Document
    background: Background
    visible: Callable[[], Rect | None]
    target: Callable[[], str]


@dataclass(frozen=True, eq=False)
class _Wish:
    adjustment: "Adjustment | None"  # None shows the layer as it is
    is_final: bool = False


class AdjustSession:
    """Previews are made one at a time for what is seen, the newest wish next; the end is made for
    the whole layer. Main thread only; the work itself looks at tiles that nobody writes."""

    def __init__(self, stage: Stage, target: str, on_end: Callable[[], None]) -> None:
        """`on_end` is called once it is a step, or taken back, by whomever."""
        picture = stage.document.picture
        self._stage = stage
        self._picture = picture
        self._target = target
        self._live = LivePlacement(picture, (self._target,))
        self._selection = picture.selection
        self._keeps_alpha = keeps_alpha(picture, target)
        self._limit = adjusted_area(picture, target)
        self._on_end = on_end
        self._stop = threading.Event()
        self._is_running = False
        self._started = 0.0
        self._next: _Wish | None = None
        self.share = 0.0
        """How much of the final work is done, 0..1; written by the worker."""
        self.is_over = False
        stage.document.hold(self.abandon)

    def preview(self, adjustment: "Adjustment | None") -> None:
        """Show it soon, or the layer as it is."""
        self._wish(_Wish(adjustment))

    def finish(self, adjustment: "Adjustment") -> None:
        """Make it a step of the history; settings that change nothing leave none."""
        if adjustment.is_identity:
            self.abandon()
        else:
            self._wish(_Wish(adjustment, is_final=True))

    def abandon(self) -> None:
        """As if nothing had been; also while the end is being made."""
        if not self.is_over:
            self._stop.set()
            self._next = None
            if self._stage.document.picture is self._picture:
                self._stage.document.abandon(self._live)
            self._end()

    def color_at(self, x: int, y: int) -> tuple[int, int, int] | None:
        """Red, green and blue there before the adjustment, the mean of 3 × 3; None where nothing is
        painted. Of a mask how much it covers."""
        import numpy as np

        pixels = self._live.base(self._target).read(Rect(x - 1, y - 1, 3, 3)).astype(np.float64)
        if pixels.ndim == 2:
            value = round(float(pixels.mean()))
            return value, value, value
        blue, green, red, alpha = pixels.sum(axis=(0, 1)).tolist()
        if not alpha:
            return None
        return round(255 * red / alpha), round(255 * green / alpha), round(255 * blue / alpha)

    def _wish(self, wish: _Wish) -> None:
        if self.is_over:
            return
        self._next = wish
        is_slow = time.monotonic() - self._started > _PATIENCE_SECONDS
        if wish.is_final or (self._is_running and is_slow):
            self._stop.set()
        if not self._is_running:
            self._start()

    def _start(self) -> None:
        wish, self._next = self._next, None
        if wish is None or self.is_over:
            return
        self._is_running, self._started = True, time.monotonic()
        self._stop = stop = threading.Event()
        within = None if wish.is_final else self._stage.visible()

        def done(placed: Placed) -> None:
            self._is_running = False
            self._on_placed(wish, placed, is_partial=stop.is_set())

        def failed(_error: AipaintError) -> None:
            self._is_running = False
            self.abandon()

        call: Callable[[], Placed] = lambda: self._adjusted(wish, within, stop)  # noqa: E731
        self._stage.background.start(Work(call, done, failed))

    def _adjusted(self, wish: _Wish, within: Rect | None, stop: threading.Event) -> Placed:
        """On a worker."""
        from aipaint.pixels.adjust_tiles import adjusted
        from aipaint.pixels.restrict import keep_alpha
        from aipaint.pixels.transform import Progress

        edits: dict[TileKey, Tile | None] = {}
        if wish.adjustment is not None:
            base = self._live.base(self._target)
            report = self._report if wish.is_final else _ignore
            keep = self._stage.document.shelve
            progress = Progress.until(stop, report, keep)
            edits = adjusted(base, wish.adjustment, self._limit, within, progress)
            if self._keeps_alpha:
                edits = {key: keep_alpha(base.get(key), tile) for key, tile in edits.items()}
        return Placed({self._target: edits}, self._selection)

    def _report(self, share: float) -> None:
        self.share = share

    def _on_placed(self, wish: _Wish, placed: Placed, *, is_partial: bool) -> None:
        if self.is_over:
            return
        if self._stage.document.picture is not self._picture:
            self._end()
        elif is_partial:
            self._start()
        elif wish.is_final:
            assert wish.adjustment is not None  # a final wish has one
            self._live.replace(placed)
            self._stage.document.finish(self._live, wish.adjustment.label)
            self._end()
        else:
            self._live.replace(placed)
            self._stage.document.preview(self._live)
            self._start()

    def _end(self) -> None:
        self.is_over = True
        self._stage.document.hold(None)
        self._on_end()


def adjusted_area(picture: Picture, target: str) -> "TileMap | None":
    """Where it takes place: what is selected. A mask has no end, so otherwise in the frame."""
    is_layer = target != MASK and "/" not in target
    if picture.selection is not None or is_layer:
        return picture.selection
    return rectangle_area(picture.frame)


def _ignore(_share: float) -> None:
    """A preview is too short to be watched."""
