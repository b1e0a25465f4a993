"""libmypaint through ctypes: the brush engine of MyPaint, GIMP and Drawpile, if it is installed."""

import ctypes
from typing import Any

LIBRARY = "libmypaint-1.5.so.1"
HOW_TO_GET_IT = "libmypaint is not installed: apt-get install libmypaint-dev"

_RED, _GREEN, _BLUE = 0.2, 0.4, 0.6


class Surface:
    """A fixed surface of 4096 × 4096 pixels. Raises OSError where the library is missing."""

    def __init__(self) -> None:
        library: Any = ctypes.CDLL(LIBRARY)
        make = library.mypaint_fixed_tiled_surface_new
        make.restype, make.argtypes = ctypes.c_void_p, [ctypes.c_int, ctypes.c_int]
        interface = library.mypaint_fixed_tiled_surface_interface
        interface.restype, interface.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
        self._begin = library.mypaint_surface_begin_atomic
        self._begin.argtypes = [ctypes.c_void_p]
        self._end = library.mypaint_surface_end_atomic
        self._end.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self._draw = library.mypaint_surface_draw_dab
        self._draw.argtypes = [ctypes.c_void_p] + [ctypes.c_float] * 13
        self._changed = (ctypes.c_int * 4)()
        self._surface = interface(make(4096, 4096))

    def draw(
        self, frames: list[list[tuple[float, float]]], size: float, flow: float, hardness: float
    ) -> None:
        """Soft round dabs, one atomic operation a frame.

        A `size` of almost nothing draws nothing, so it costs what calling from Python costs.
        """
        surface, draw, radius = self._surface, self._draw, size / 2
        for places in frames:
            self._begin(surface)
            for x, y in places:
                draw(
                    surface, x, y, radius, _RED, _GREEN, _BLUE, flow, hardness,
                    1.0, 1.0, 0.0, 0.0, 0.0,
                )  # fmt: skip
            self._end(surface, self._changed)

    @property
    def changed_pixels(self) -> int:
        """The area of the rectangle that the last frame changed."""
        return self._changed[2] * self._changed[3]
