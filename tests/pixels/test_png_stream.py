"""A PNG written in bands is what it would be in one piece."""

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from aipaint.pixels.png_stream import write_png

_RGBA = st.tuples(st.integers(1, 40), st.integers(1, 9)).flatmap(
    lambda shape: arrays.arrays(np.uint8, (*shape, 4))
)


@given(_RGBA, st.integers(1, 40))
def test_any_bands_give_the_same_picture(rgba: np.ndarray, rows: int) -> None:
    file = io.BytesIO()
    height, width = rgba.shape[:2]
    write_png(file, width, height, (rgba[top : top + rows] for top in range(0, height, rows)))
    file.seek(0)
    with Image.open(file) as image:
        image.load()
        assert image.mode == "RGBA"
        assert (np.asarray(image) == rgba).all()
