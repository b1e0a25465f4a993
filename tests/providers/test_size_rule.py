"""Laws of legal sizes."""

import math

from hypothesis import given
from hypothesis import strategies as st

from aipaint.providers.request import Size
from aipaint.providers.size_rule import SizeRule

_FREE = SizeRule(multiple=16, min_pixels=655_360, max_pixels=8_294_400, max_edge=3840, max_ratio=3)
_FIXED = SizeRule(fixed=(Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)))
_SIDES = st.integers(1, 20_000)


@given(_SIDES, _SIDES)
def test_a_canvas_is_always_legal_and_holds_the_scaled_picture(width: int, height: int) -> None:
    for rule in (_FREE, _FIXED):
        canvas, scale = rule.canvas_for(Size(width, height))
        assert rule.allows(canvas)
        assert 0 < scale <= 1
        assert canvas.width >= math.floor(width * scale)
        assert canvas.height >= math.floor(height * scale)


@given(st.integers(64, 2800), st.integers(64, 2800))
def test_detail_is_kept_wherever_a_legal_canvas_is_large_enough(width: int, height: int) -> None:
    ratio = max(width, height) / min(width, height)
    _, scale = _FREE.canvas_for(Size(width, height))
    if ratio <= 2.9:
        assert scale == 1


def test_a_legal_size_is_taken_as_it_is() -> None:
    for size in (Size(1024, 1024), Size(1536, 1024), Size(1024, 640), Size(3840, 2160)):
        assert _FREE.canvas_for(size) == (size, 1.0)


def test_limits_are_limits() -> None:
    assert not _FREE.allows(Size(512, 512))
    assert not _FREE.allows(Size(1000, 1000))
    assert not _FREE.allows(Size(3856, 2160))
    assert not _FREE.allows(Size(3200, 1024))
    assert not _FIXED.allows(Size(1536, 1536))
    assert SizeRule().allows(Size(7, 5))
