"""A picture that says what was asked for: for rehearsals, where nothing is painted for real."""

import textwrap

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_SMALLEST_TEXT, _LARGEST_TEXT = 9, 64
_MOST_LINES = 8


def labelled(width: int, height: int, lines: tuple[str, ...], seed: int) -> Pixels:
    """(h, w, 4) straight RGBA, opaque: stripes in a color that the seed gives, and the lines."""
    chance = np.random.default_rng(seed % 2**32)
    low, high = chance.integers(40, 120, 3), chance.integers(130, 230, 3)
    rows, columns = np.mgrid[:height, :width]
    stripe = ((rows + columns) // max(8, min(width, height) // 12)) % 2
    rgb = np.where(stripe[..., None], low, high).astype(np.uint8)
    return _written(np.dstack((rgb, np.full((height, width), 255, np.uint8))), lines)


def labelled_over(picture: Pixels, coverage: Pixels, lines: tuple[str, ...], seed: int) -> Pixels:
    """The same where `coverage` (h, w) says, over a picture (h, w, 4); its alpha is kept."""
    rows, columns = np.nonzero(coverage)
    if not len(rows):
        return picture.copy()
    top, bottom = int(rows.min()), int(rows.max()) + 1
    left, right = int(columns.min()), int(columns.max()) + 1
    label = labelled(right - left, bottom - top, lines, seed)
    area = (slice(top, bottom), slice(left, right))
    share = coverage[area][..., None].astype(np.uint16)
    mixed = picture.copy()
    mixed[(*area, slice(0, 3))] = (
        label[..., :3] * share + picture[area][..., :3] * (255 - share)
    ) // 255
    return mixed


def _written(rgba: Pixels, lines: tuple[str, ...]) -> Pixels:
    """White letters with a dark edge, as large as fits."""
    from PIL import Image, ImageDraw, ImageFont

    height, width = rgba.shape[:2]
    size = max(_SMALLEST_TEXT, min(_LARGEST_TEXT, width // 16, height // (2 * _MOST_LINES)))
    most = max(8, int(width / (size * 0.55)))
    text = "\n".join(
        part for line in lines for part in textwrap.wrap(line, most, max_lines=3, placeholder=" …")
    )
    image = Image.fromarray(rgba)
    ImageDraw.Draw(image).text(
        (size, size),
        text,
        fill=(255, 255, 255, 255),
        font=ImageFont.load_default(size),
        stroke_width=max(1, size // 10),
        stroke_fill=(0, 0, 0, 255),
    )
    return np.array(image, dtype=np.uint8)
