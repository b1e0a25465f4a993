"""`Prefetch`: brings cold tiles around the view back before one scrolls to them."""

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from aipaint.errors import StorageError
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey, keys_over

_PAUSE_MILLISECONDS = 20
_MOST_KEYS = 256  # farther out the view is drawn from small versions


class Prefetch(QObject):
    """Reading and unpacking is done in a thread that lives as long as there is something to do;
    what is there already costs nothing."""

    def __init__(
        self,
        tiles_at: Callable[[TileKey], Sequence[Tile]],
        visible: Callable[[], Rect],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tiles_at = tiles_at
        self._visible = visible
        self._worker: threading.Thread | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MILLISECONDS)
        self._soon.timeout.connect(self._fetch)

    def look_around(self) -> None:
        """The view has moved. Returns at once."""
        if not self._soon.isActive():
            self._soon.start()

    def wait(self) -> None:
        """Until what was started is done."""
        if self._worker is not None:
            self._worker.join()

    def _fetch(self) -> None:
        if self._worker is not None and self._worker.is_alive():
            self._soon.start()
            return
        around = self._visible().expanded(TILE_SIZE)
        if around.area > _MOST_KEYS * TILE_SIZE * TILE_SIZE:
            return
        cold = [tile for key in keys_over(around) for tile in self._tiles_at(key) if tile.is_packed]
        if cold:
            self._worker = threading.Thread(
                target=_bring_back, args=(cold,), name="prefetch", daemon=True
            )
            self._worker.start()


def _bring_back(tiles: Sequence[Tile]) -> None:
    for tile in tiles:
        try:
            _ = tile.pixels
        except StorageError:
            return  # whoever looks at it will be told
