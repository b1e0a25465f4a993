"""What is sent of a picture: the cheapest crop that loses nothing, at a price said before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.document.picture import Picture
from aipaint.errors import UsageError
from aipaint.generation.compose import plan_for
from aipaint.generation.crop import CropPlan, automatic_wish, crop_plans, plan_crop
from aipaint.generation.crop_choices import crop_choices
from aipaint.generation.crop_wish import CropWish
from aipaint.generation.options import GenerateOptions
from aipaint.money import format_usd
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.openai_models import find_model
from aipaint.providers.request import Operation, Size
from aipaint.providers.size_rule import SizeRule

_SQUARE_OR_WIDE = SizeRule(fixed=(Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)))
_FREE = SizeRule(multiple=16, min_pixels=655_360, max_pixels=8_294_400, max_edge=3840, max_ratio=3)
_RULES = (_SQUARE_OR_WIDE, _FREE, SizeRule(), SizeRule(multiple=32, max_pixels=2_097_152))
_PHOTOGRAPH = Rect(0, 0, 6000, 4000)


@st.composite
def _frames_and_areas(draw: st.DrawFn) -> tuple[Rect, Rect]:
    width, height = draw(st.integers(1, 7000)), draw(st.integers(1, 7000))
    frame = Rect(draw(st.integers(-500, 500)), draw(st.integers(-500, 500)), width, height)
    x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    area = Rect(
        frame.x + x,
        frame.y + y,
        draw(st.integers(1, width - x)),
        draw(st.integers(1, height - y)),
    )
    return frame, area


@given(_frames_and_areas(), st.sampled_from(_RULES), st.sampled_from(CropWish))
def test_every_crop_is_legal_holds_its_area_and_is_scaled_evenly(
    where: tuple[Rect, Rect], rule: SizeRule, wish: CropWish
) -> None:
    frame, area = where
    plan = plan_crop(frame, area, rule, wish)
    assert rule.allows(plan.sent)
    assert plan.source.contains(area)
    assert frame.contains(plan.source)
    assert 0 < plan.scale <= 1
    assert (plan.inner.x, plan.inner.y) == (0, 0)
    assert plan.inner.width <= plan.sent.width
    assert plan.inner.height <= plan.sent.height
    # Less than a pixel from even; a side of one pixel cannot shrink further.
    assert abs(plan.inner.width - max(1, plan.source.width * plan.scale)) <= 1
    assert abs(plan.inner.height - max(1, plan.source.height * plan.scale)) <= 1


@given(
    st.integers(0, 5800), st.integers(0, 3800), st.sampled_from(_RULES), st.sampled_from(CropWish)
)
def test_a_small_mask_in_a_large_photograph_is_sent_as_it_is(
    x: int, y: int, rule: SizeRule, wish: CropWish
) -> None:
    plan = plan_crop(_PHOTOGRAPH, Rect(x, y, 200, 200), rule, wish)
    if wish is CropWish.WHOLE:
        assert plan.source == _PHOTOGRAPH
        return
    assert plan.scale == 1
    assert plan.sent_pixels <= 1024 * 1024
    assert max(plan.sent.width, plan.sent.height) <= 1024


def test_the_automatic_one_is_the_cheapest_that_keeps_every_pixel() -> None:
    plans = crop_plans(Rect(0, 0, 1600, 1200), Rect(700, 500, 200, 200), _FREE)
    assert automatic_wish(plans) is CropWish.CONTEXT
    assert plans[CropWish.CONTEXT].sent_pixels < plans[CropWish.WHOLE].sent_pixels
    whole = crop_plans(Rect(0, 0, 1000, 800), Rect(0, 0, 100, 100), _FREE)
    assert automatic_wish(whole) is CropWish.WHOLE
    too_large = crop_plans(_PHOTOGRAPH, Rect(100, 100, 5000, 3500), _FREE)
    best = plan_crop(_PHOTOGRAPH, Rect(100, 100, 5000, 3500), _FREE)
    assert not best.is_one_to_one
    assert best.scale >= max(plan.scale for plan in too_large.values()) - 0.01


def test_context_gives_way_before_detail_does() -> None:
    """A strip at the edge: half of its length around it would have to be scaled down."""
    plan = plan_crop(_PHOTOGRAPH, Rect(5800, 0, 200, 3600), _FREE)
    assert plan.is_one_to_one
    assert plan.source.width > 220


def _photograph(mask: Rect | None) -> Picture:
    picture = Picture([], _PHOTOGRAPH)
    if mask is not None:
        picture.mask = TileMap.from_pixels(
            np.full((mask.height, mask.width), 255, np.uint8), mask.x, mask.y
        )
    return picture


def _price(sent: Size) -> int:
    return sent.width * sent.height // 50


def test_the_choices_say_what_they_cost_and_what_they_lose() -> None:
    model = find_model("gpt-image-2")
    options = GenerateOptions(Operation.EDIT, "openai", prompt="a barn")
    mask = Rect(3000, 2000, 200, 200)
    tight, context, whole = crop_choices(_photograph(mask), options, model, _price)
    assert [one.wish for one in (tight, context, whole)] == [
        CropWish.TIGHT, CropWish.CONTEXT, CropWish.WHOLE,
    ]  # fmt: skip
    assert context.is_automatic
    assert (tight.scale, context.scale) == (1, 1)
    assert whole.scale < 0.7
    assert tight.cost_micros is not None
    assert tight.cost_micros < (whole.cost_micros or 0)
    assert tight.sentence == f"tight {format_usd(tight.cost_micros)}"
    assert whole.sentence.startswith("whole picture $0.")
    assert whole.sentence.endswith(f", would be scaled down {1 / whole.scale:.2g}×")
    for choice in (tight, context, whole):
        wished = GenerateOptions(Operation.EDIT, "openai", prompt="a barn", crop=choice.wish)
        plan: CropPlan = plan_for(_photograph(mask), wished, model)
        assert plan == choice.plan


def test_without_a_mask_there_is_nothing_to_choose() -> None:
    model = find_model("gpt-image-2")
    options = GenerateOptions(Operation.EDIT, "openai", prompt="a barn")
    (whole,) = crop_choices(_photograph(None), options, model, lambda _: None)
    assert (whole.wish, whole.is_automatic, whole.cost_micros) == (CropWish.WHOLE, True, None)
    assert (
        crop_choices(
            _photograph(None),
            GenerateOptions(Operation.GENERATE, "openai", prompt="a barn"),
            model,
            _price,
        )
        == ()
    )
    with pytest.raises(UsageError):
        crop_choices(_photograph(None), GenerateOptions(Operation.REMOVE, "x"), model, _price)
