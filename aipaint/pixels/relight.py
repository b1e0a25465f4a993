"""Variations of a whole picture without a model: other light and color, the same content."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2

_BAND_ROWS = 256

_LOOKS = {
    # contrast, lightness (levels of 255), color, green-red and blue-yellow (levels of 255)
    "warm evening light": (1.08, -6.0, 1.10, 5.0, 16.0),
    "cool morning light": (1.02, 6.0, 0.94, -3.0, -14.0),
    "strong contrast": (1.28, 0.0, 1.12, 0.0, 0.0),
    "faded": (0.78, 14.0, 0.72, 1.0, 4.0),
    "vivid": (1.08, 4.0, 1.45, 0.0, 0.0),
    "dusk": (1.12, -34.0, 0.88, 4.0, -10.0),
    "airy": (0.92, 22.0, 0.96, 0.0, 3.0),
    "muted": (1.05, -4.0, 0.5, 0.0, 2.0),
}

Pixels = npt.NDArray[np.uint8]


def relight(rgba: Pixels, seed: int) -> tuple[Pixels, str]:
    """(h, w, 4) straight RGBA in other light, its alpha kept, and the name of the look.

    Following seeds give different looks; the same seed gives the same picture.
    """
    names = list(_LOOKS)
    name = names[seed % len(names)]
    chance = np.random.default_rng(seed % 2**64)
    strength = chance.uniform(0.8, 1.2)
    contrast, lightness, color, red, yellow = _LOOKS[name]
    result = rgba.copy()
    levels = np.arange(256, dtype=np.float32)
    bend = lightness * strength * np.sin(levels / 255 * np.pi)  # black and white stay
    steeper = 128 + (levels - 128) * (1 + (contrast - 1) * strength)
    tables = np.stack(
        [
            steeper + bend,
            128 + (levels - 128) * (1 + (color - 1) * strength) + red * strength,
            128 + (levels - 128) * (1 + (color - 1) * strength) + yellow * strength,
        ],
        axis=1,
    )
    lookup = np.clip(np.rint(tables), 0, 255).astype(np.uint8)[None]
    for top in range(0, rgba.shape[0], _BAND_ROWS):
        band = np.ascontiguousarray(rgba[top : top + _BAND_ROWS, :, :3])
        lab = cv2.LUT(cv2.cvtColor(band, cv2.COLOR_RGB2LAB), lookup)
        result[top : top + _BAND_ROWS, :, :3] = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    return result, name
