"""`Easel`: blends tiles and arrays onto one array, by QPainter where it can and by numpy else."""

from types import TracebackType

import numpy as np
from PySide6.QtGui import QImage, QPainter

from aipaint.pixels.blend_hsl import HSL_MODES, blend_hsl
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.stamps import BAND_ROWS
from aipaint.pixels.tile import Pixels, Tile, image_over

_Mode = QPainter.CompositionMode
_MODES = {
    BlendMode.NORMAL: _Mode.CompositionMode_SourceOver,
    BlendMode.MULTIPLY: _Mode.CompositionMode_Multiply,
    BlendMode.SCREEN: _Mode.CompositionMode_Screen,
    BlendMode.OVERLAY: _Mode.CompositionMode_Overlay,
    BlendMode.DARKEN: _Mode.CompositionMode_Darken,
    BlendMode.LIGHTEN: _Mode.CompositionMode_Lighten,
    BlendMode.COLOR_DODGE: _Mode.CompositionMode_ColorDodge,
    BlendMode.COLOR_BURN: _Mode.CompositionMode_ColorBurn,
    BlendMode.HARD_LIGHT: _Mode.CompositionMode_HardLight,
    BlendMode.SOFT_LIGHT: _Mode.CompositionMode_SoftLight,
    BlendMode.DIFFERENCE: _Mode.CompositionMode_Difference,
    BlendMode.EXCLUSION: _Mode.CompositionMode_Exclusion,
    BlendMode.PLUS: _Mode.CompositionMode_Plus,
}


_WHOLE_MODES = (
    BlendMode.NORMAL,  # needs no threads, however high the picture is
    BlendMode.COLOR_DODGE,  # so slow that threads pay
    BlendMode.COLOR_BURN,
    BlendMode.SOFT_LIGHT,
)


class Easel:
    """Use it in a `with`: a QPainter must end before its pixels go. Main thread, or a worker with
    arrays of its own.

    `canvas` is a tile or a contiguous (h, w, 4) BGRA premultiplied array; its rectangle `area` (all
    of it, unless given) is painted in place. `is_blank` promises that the area is all 0, so that
    the first thing drawn can be copied; `is_stale` says that it holds something old, which is
    wiped away if the first thing drawn does not replace it.
    """

    def __init__(
        self,
        canvas: Tile | Pixels,
        area: Rect | None = None,
        *,
        is_blank: bool = False,
        is_stale: bool = False,
    ) -> None:
        whole = canvas.pixels if isinstance(canvas, Tile) else canvas
        self._canvas = canvas
        self._pixels = whole if area is None else whole[slices_of(area)]
        self._x, self._y = (0, 0) if area is None else (area.x, area.y)
        self._is_blank = is_blank or is_stale
        self._is_stale = is_stale
        self._painter: QPainter | None = None
        self._image: QImage | None = None  # what the painter paints on; it keeps no reference
        self._mode = _Mode.CompositionMode_SourceOver
        self._opacity = 1.0

    def __enter__(self) -> "Easel":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._put_down()
        self._wipe()

    def draw_tile(self, tile: Tile, part: Rect, opacity: float, mode: BlendMode) -> None:
        """Blend the `part` of a tile (counted from its corner), which has the easel's size."""
        if self._takes_copy(opacity):
            self._pixels[...] = tile.pixels[slices_of(part)]
        elif mode in HSL_MODES or (mode is BlendMode.PLUS and opacity < 1):
            self.draw(tile.pixels[slices_of(part)], opacity, mode)
        else:
            self._draw_image(tile.image, part, mode, opacity)

    def draw(self, source: Pixels, opacity: float, mode: BlendMode) -> None:
        """Blend an array of the easel's own size."""
        if self._takes_copy(opacity):
            self._pixels[...] = source
        elif mode in HSL_MODES:
            self._put_down()
            blend_hsl(self._pixels, source, opacity, mode)
        elif mode is BlendMode.PLUS and opacity < 1:
            # QPainter would mix the sum with what was there; the sum of the fainter one is meant.
            fainter = np.rint(source * np.float32(opacity)).astype(np.uint8)
            self._draw_image(image_over(fainter), self._whole, mode, 1.0)
        else:
            whole = np.ascontiguousarray(source)
            self._draw_image(image_over(whole), self._whole, mode, opacity)

    def keep_within(self, coverage: Pixels) -> None:
        """Take away by an (h, w) coverage of the easel's own size."""
        # Loaded at the first mask: it imports OpenCV, and the window shows before that.
        from aipaint.pixels.multiply import multiplied

        self._put_down()
        self._wipe()
        self._is_blank = False
        self._pixels[...] = multiplied(self._pixels, coverage)

    def copy(self) -> Pixels:
        """What is there now."""
        self._put_down()
        self._wipe()
        return self._pixels.copy()

    def mix_with(self, before: Pixels, share: float, coverage: Pixels | None) -> None:
        """Go back toward `before`: only `share` (0..1) of what was drawn since, and only where the
        (h, w) coverage is, counts."""
        self._put_down()
        self._is_blank = False
        weight = np.float32(share)
        weights = weight if coverage is None else coverage[..., None] * (weight / np.float32(255))
        change = self._pixels - before.astype(np.float32)
        self._pixels[...] = np.rint(before + change * weights).astype(np.uint8)

    def _takes_copy(self, opacity: float) -> bool:
        """Over nothing every blend mode shows its source."""
        takes, self._is_blank = self._is_blank and opacity >= 1, False
        if takes:
            self._is_stale = False
        else:
            self._wipe()
        return takes

    def _wipe(self) -> None:
        if self._is_stale:
            self._pixels[...] = 0
            self._is_stale = False

    @property
    def _whole(self) -> Rect:
        return Rect(0, 0, self._pixels.shape[1], self._pixels.shape[0])

    def _draw_image(self, image: QImage, part: Rect, mode: BlendMode, opacity: float) -> None:
        draw, height = self._ready(_MODES[mode], opacity).drawImage, part.height
        if mode in _WHOLE_MODES:
            draw(self._x, self._y, image, part.x, part.y, part.width, height)
            return
        for top in range(0, height, BAND_ROWS):
            rows = min(BAND_ROWS, height - top)
            draw(self._x, self._y + top, image, part.x, part.y + top, part.width, rows)

    def _ready(self, mode: QPainter.CompositionMode, opacity: float) -> QPainter:
        painter = self._painter
        if painter is None:
            canvas = self._canvas
            self._image = canvas.image if isinstance(canvas, Tile) else image_over(canvas)
            painter = self._painter = QPainter(self._image)
            self._mode, self._opacity = _Mode.CompositionMode_SourceOver, 1.0
        # Each call into Qt costs as much as blending a hundred pixels.
        if mode is not self._mode:
            painter.setCompositionMode(mode)
            self._mode = mode
        if opacity != self._opacity:
            painter.setOpacity(opacity)
            self._opacity = opacity
        return painter

    def _put_down(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None


def slices_of(part: Rect) -> tuple[slice, slice]:
    """Rows and columns of a rectangle that counts from the array's corner."""
    return slice(part.y, part.y + part.height), slice(part.x, part.x + part.width)
