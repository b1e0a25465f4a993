"""Encoding: what is written reads back with another decoder."""

import io

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from aipaint.errors import UsageError
from aipaint.pixels.decode import decode_image, read_coverage
from aipaint.pixels.encode import encode_coverage, encode_image, thumbnail_jpeg

_SIDES = arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9)


@given(_SIDES.flatmap(lambda shape: arrays.arrays(np.uint8, (*shape, 4))))
def test_png_keeps_every_byte(rgba: npt.NDArray[np.uint8]) -> None:
    data = encode_image(rgba, ".png")
    assert np.array_equal(np.array(Image.open(io.BytesIO(data)).convert("RGBA")), rgba)
    assert np.array_equal(decode_image(data, "x.png").rgba, rgba)


@given(_SIDES.flatmap(lambda shape: arrays.arrays(np.uint8, shape)))
def test_coverage_round_trip(coverage: npt.NDArray[np.uint8]) -> None:
    data = encode_coverage(coverage)
    assert Image.open(io.BytesIO(data)).mode == "L"
    assert np.array_equal(read_coverage(data), coverage)


def test_an_opaque_png_has_no_alpha_channel() -> None:
    rgba = np.full((3, 5, 4), 255, np.uint8)
    assert Image.open(io.BytesIO(encode_image(rgba, ".PNG"))).mode == "RGB"
    rgba[0, 0, 3] = 254
    assert Image.open(io.BytesIO(encode_image(rgba, ".png"))).mode == "RGBA"


@pytest.mark.parametrize(
    ("suffix", "kind"), [(".jpg", "JPEG"), (".jpeg", "JPEG"), (".webp", "WEBP")]
)
def test_colors_survive_lossy_formats(suffix: str, kind: str) -> None:
    rgba = np.full((32, 32, 4), 255, np.uint8)
    rgba[..., :3] = (220, 90, 30)
    image = Image.open(io.BytesIO(encode_image(rgba, suffix)))
    assert image.format == kind
    assert np.abs(np.array(image.convert("RGB"), dtype=int) - (220, 90, 30)).max() <= 4


def test_jpeg_puts_transparency_on_white() -> None:
    rgba = np.zeros((16, 16, 4), np.uint8)
    assert np.array(Image.open(io.BytesIO(encode_image(rgba, ".jpg")))).min() >= 253
    rgba[..., 3] = 128
    pixels = np.array(Image.open(io.BytesIO(encode_image(rgba, ".jpg"))))
    assert abs(int(pixels[8, 8, 0]) - 127) <= 2


def test_webp_keeps_transparency() -> None:
    rgba = np.full((16, 16, 4), 100, np.uint8)
    assert decode_image(encode_image(rgba, ".webp"), "x").rgba[8, 8, 3] == 100


@given(st.integers(1, 700), st.integers(1, 700))
def test_a_thumbnail_fits_and_keeps_its_shape(width: int, height: int) -> None:
    thumbnail = Image.open(io.BytesIO(thumbnail_jpeg(np.zeros((height, width, 4), np.uint8))))
    assert max(thumbnail.size) == min(256, max(width, height))
    scale = max(thumbnail.size) / max(width, height)
    assert abs(thumbnail.width - max(1, width * scale)) <= 1
    assert abs(thumbnail.height - max(1, height * scale)) <= 1


@pytest.mark.parametrize("suffix", ["", ".gif", ".xyz", "png"])
def test_other_suffixes_are_named(suffix: str) -> None:
    with pytest.raises(UsageError, match=r"\.png, \.jpg or \.webp"):
        encode_image(np.zeros((1, 1, 4), np.uint8), suffix)


def test_a_picture_too_wide_for_webp_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="17000 x 2"):
        encode_image(np.zeros((2, 17_000, 4), np.uint8), ".webp")
