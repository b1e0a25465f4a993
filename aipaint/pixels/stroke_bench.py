"""`StrokeBench`: where a piece of a stroke's 16-bit sheet is blended onto pixels of a tile."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from aipaint.pixels.stamps import BAND_ROWS
from aipaint.pixels.tile import TILE_SIZE, Pixels, TileFormat, image_over


class StrokeBench:
    """Scratch tiles that stay: new memory for each piece, and what QPainter sets up for a picture
    it has not painted on before, would take as long as the blending. Main thread only.
    """

    def __init__(self) -> None:
        shape = (TILE_SIZE, TILE_SIZE)
        self._source = np.zeros((*shape, 4), np.uint8)
        self._source_image = image_over(self._source)
        canvases = {TileFormat.COLOR: np.zeros((*shape, 4), np.uint8)}
        canvases[TileFormat.COVERAGE] = np.zeros(shape, np.uint8)
        self._canvases = {key: (array, image_over(array)) for key, array in canvases.items()}

    def blended(
        self,
        deep: NDArray[np.uint16],
        base: Pixels,
        ink: tuple[QPainter.CompositionMode, float],
        selection: Pixels | None,
    ) -> Pixels:
        """A piece of the sheet on as large a piece of a tile, in the mode and opacity of `ink`;
        only as much as the selection, (h, w) coverage, lets through. Good until the next call."""
        # Loaded at the first stroke: both import OpenCV, and the window shows before that.
        from aipaint.pixels.multiply import multiplied
        from aipaint.pixels.narrow import narrow

        height, width = deep.shape[:2]
        source = self._source[:height, :width]
        narrow(deep, source)
        if selection is not None:
            source[...] = multiplied(source, selection)
        format_ = TileFormat.COLOR if base.ndim == 3 else TileFormat.COVERAGE
        scratch, image = self._canvases[format_]
        canvas = scratch[:height, :width]
        canvas[...] = base
        self._draw(image, (width, height), ink)
        return canvas

    def _draw(
        self, onto: QImage, size: tuple[int, int], ink: tuple[QPainter.CompositionMode, float]
    ) -> None:
        (width, height), (mode, opacity) = size, ink
        painter = QPainter(onto)
        is_over = mode is QPainter.CompositionMode.CompositionMode_SourceOver
        if not is_over:
            painter.setCompositionMode(mode)
        if opacity < 1:
            painter.setOpacity(opacity)
        rows = height if is_over and onto is self._canvases[TileFormat.COLOR][1] else BAND_ROWS
        for top in range(0, height, rows):
            part = (0, top, width, min(rows, height - top))
            painter.drawImage(0, top, self._source_image, *part)
        painter.end()
