"""Laws of legal sizes: whatever is wanted, the canvas is legal and holds it."""

from hypothesis import given
from hypothesis import strategies as st

from aipaint.providers.openai_models import KNOWN_MODELS, find_model
from aipaint.providers.request import Size
from aipaint.providers.size_rule import SizeRule

sides = st.integers(1, 9000)


@given(sides, sides, st.sampled_from([model.sizes for model in KNOWN_MODELS]))
def test_every_wanted_size_gets_a_legal_canvas_that_holds_it(
    width: int, height: int, rule: SizeRule
) -> None:
    canvas, scale = rule.canvas_for(Size(width, height))
    assert rule.allows(canvas)
    assert 0 < scale <= 1
    assert canvas.width >= int(width * scale)
    assert canvas.height >= int(height * scale)


def test_a_legal_size_is_its_own_canvas() -> None:
    rule = find_model("gpt-image-2.5-flare").sizes
    assert rule.canvas_for(Size(1024, 640)) == (Size(1024, 640), 1.0)


def test_the_limits_of_free_sizes() -> None:
    rule = find_model("gpt-image-2").sizes
    assert rule.allows(Size(3840, 2160))
    assert not rule.allows(Size(512, 512))  # too few pixels
    assert not rule.allows(Size(1920, 1080))  # not divisible by 16
    assert not rule.allows(Size(3856, 1024))  # too long
    assert not rule.allows(Size(2048, 512))  # too narrow


def test_fixed_sizes_take_the_one_that_loses_least() -> None:
    rule = find_model("gpt-image-1.5").sizes
    assert rule.canvas_for(Size(1500, 900)) == (Size(1536, 1024), 1.0)
    assert rule.canvas_for(Size(600, 600)) == (Size(1024, 1024), 1.0)


@given(sides, sides, st.sampled_from([model.sizes for model in KNOWN_MODELS]))
def test_the_nearest_size_is_legal_and_stays_where_it_is(
    width: int, height: int, rule: SizeRule
) -> None:
    nearest = rule.nearest(Size(width, height))
    assert rule.allows(nearest)
    assert rule.nearest(nearest) == nearest


def test_the_nearest_size_rounds_to_both_sides() -> None:
    rule = SizeRule(multiple=16)
    assert rule.nearest(Size(1031, 1033)) == Size(1024, 1040)
    assert SizeRule().nearest(Size(333, 77)) == Size(333, 77)
    fixed = SizeRule(fixed=(Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)))
    assert fixed.nearest(Size(1500, 900)) == Size(1536, 1024)
