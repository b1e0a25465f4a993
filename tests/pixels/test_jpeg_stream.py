"""A JPEG written strip by strip is the JPEG of the whole, to every decoder."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from aipaint.pixels.cv import cv2
from aipaint.pixels.encode import encode_image
from aipaint.pixels.jpeg_stream import write_jpeg
from aipaint.pixels.tile import Pixels


def _picture(width: int, height: int, seed: int) -> Pixels:
    """Smooth colors, some of them see-through."""
    chance = np.random.default_rng(seed)
    coarse = chance.integers(0, 256, (height // 9 + 2, width // 9 + 2, 4), np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR))


def _streamed(picture: Pixels, band: int, quality: int) -> bytes:
    height, width = picture.shape[:2]
    out = io.BytesIO()
    bands = (picture[top : top + band] for top in range(0, height, band))
    write_jpeg(out, width, height, bands, quality)
    return out.getvalue()


@given(
    st.integers(1, 90),
    st.integers(1, 300),
    st.integers(1, 70),
    st.sampled_from([40, 89, 90, 100]),
    st.integers(0, 99),
)
@settings(max_examples=40, deadline=None)
def test_it_is_the_picture_that_is_made_at_once(
    width: int, height: int, band: int, quality: int, seed: int
) -> None:
    picture = _picture(width, height, seed)
    data = _streamed(picture, band, quality)
    whole = np.asarray(Image.open(io.BytesIO(encode_image(picture, ".jpg", quality))))
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(data))), whole)
    by_another = np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR))
    assert np.array_equal(by_another[..., ::-1], whole)


def test_too_few_rows_are_never_a_file_that_looks_whole() -> None:
    picture = _picture(20, 40, 1)
    with pytest.raises(AssertionError):
        write_jpeg(io.BytesIO(), 20, 41, [picture])
