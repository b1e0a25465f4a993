"""`DabCache`: keeps the stamps of the tips that were painted with last."""

from collections import OrderedDict

from aipaint.pixels.brush import Color
from aipaint.pixels.stamps import Stamps
from aipaint.pixels.stroke_bench import StrokeBench
from aipaint.pixels.stroke_blocks import SpareBlocks
from aipaint.pixels.tip import Tip

_CACHE_BYTES = 96 * 1024 * 1024


class DabCache:
    """Makes and keeps stamps. Least recently used ones are dropped beyond 96 MB.

    Also keeps the memory of strokes that are over, in `spare_blocks`, and the `bench` where they
    are laid on tiles.
    """

    def __init__(self) -> None:
        self.spare_blocks = SpareBlocks()
        self.bench = StrokeBench()
        self._kept: OrderedDict[tuple[Tip, Color], Stamps] = OrderedDict()
        self._byte_size = 0
        self._last: Stamps | None = None

    def stamps(self, tip: Tip, color: Color) -> Stamps:
        """The stamps of a tip in a color."""
        last = self._last
        if last is not None and last.tip is tip and last.color is color:
            return last  # looking it up takes as long as drawing a few dabs
        stamps = self._kept.get((tip, color))
        if stamps is None:
            stamps = self._added(tip, color)
        self._kept.move_to_end((tip, color))
        self._last = stamps
        return stamps

    def _added(self, tip: Tip, color: Color) -> Stamps:
        stamps = self._kept[tip, color] = Stamps(tip, color)
        self._byte_size += stamps.byte_size
        while self._byte_size > _CACHE_BYTES and len(self._kept) > 1:
            self._byte_size -= self._kept.popitem(last=False)[1].byte_size
        return stamps
