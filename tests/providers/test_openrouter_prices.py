"""What OpenRouter lists as prices: per picture, per token, per million pixels, at each endpoint."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.providers.model_price import ModelPrice
from aipaint.providers.openrouter_prices import price_at_endpoints, price_of
from tests.providers.openai_setup import provider_for
from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import ImagesApi

_TEXT = {"billable": "input_text", "unit": "token", "cost_usd": 0.000005}
_BY_TOKENS = {"billable": "output_image", "unit": "token", "cost_usd": 0.00003}
_SENT = {"billable": "input_image", "unit": "token", "cost_usd": 0.000008}


def _each(usd: float, variant: str = "") -> dict[str, Any]:
    row = {"billable": "output_image", "unit": "image", "cost_usd": usd}
    return row | ({"variant": variant} if variant else {})


def _endpoints(*pricing: object) -> dict[str, Any]:
    return {"id": "m", "endpoints": [{"provider_name": "x", "pricing": each} for each in pricing]}


@pytest.mark.parametrize(
    ("pricing", "price"),
    [
        (
            {"prompt": "0.000001", "completion": "0.00003"},
            ModelPrice("m", text_in="0.000001", text_out="0.00003"),
        ),
        (
            {"image_output": "0.04", "image": "0", "request": "0.00"},
            ModelPrice("m", picture="0.04"),
        ),
        # The same name, and a price that only a token can have.
        ({"image_output": "0.00003"}, ModelPrice("m", picture_token="0.00003")),
        (
            {"image_output": "0.04", "image": "0.000008"},
            ModelPrice("m", picture="0.04", input_token="0.000008"),
        ),
        (
            {"image_output": "0.04", "image": "0.001", "image_token": "0.00001"},
            ModelPrice("m", picture="0.04", input_picture="0.001", input_token="0.00001"),
        ),
        ([_each(0.02, "low"), _each(0.19, "high")], ModelPrice("m", picture="0.19")),
        ({}, None),
        ("cheap", None),
    ],
)
def test_the_list_of_models(pricing: object, price: ModelPrice | None) -> None:
    assert price_of({"id": "m", "pricing": pricing}) == price


@pytest.mark.parametrize(
    ("tree", "price"),
    [
        (
            _endpoints([_TEXT, _BY_TOKENS, _SENT]),
            ModelPrice("m", text_in="0.000005", picture_token="0.00003", input_token="0.000008"),
        ),
        ({"data": _endpoints([_each(0.05)])}, ModelPrice("m", picture="0.05")),
        (_endpoints([_each(0.05)], [_each(0.07, "4k")]), ModelPrice("m", picture="0.07")),
        (
            _endpoints([_each(0.05)], [_BY_TOKENS]),
            ModelPrice("m", picture="0.05", picture_token="0.00003"),
        ),
        (
            _endpoints([{"billable": "output_image", "unit": "megapixel", "cost_usd": 0.03}]),
            ModelPrice("m", picture_megapixel="0.03"),
        ),
        (
            _endpoints([_each(0.05), {"billable": "input_font", "unit": "image", "cost_usd": 1}]),
            ModelPrice("m", picture="0.05"),
        ),
        (_endpoints([_each(0.05), {"billable": "x", "unit": "image", "cost_usd": 0}]), None),
        (_endpoints([_each(0.05)], [_TEXT]), None),  # at one of them nobody knows
        (_endpoints([_each(0.05)], "free"), None),
        (_endpoints([_each(-1)]), None),
        (_endpoints([_each(0)]), None),
        (_endpoints(), None),
        (["endpoints"], None),
    ],
)
def test_the_dearest_endpoint_counts(tree: object, price: ModelPrice | None) -> None:
    assert price_at_endpoints("m", tree) == price


def test_a_price_is_asked_for_at_the_models_own_place(watch: RecordingWatch) -> None:
    with ImagesApi(dialect="openrouter") as api:
        api.documents = {"/v1/images/models/openai/gpt-image-2/endpoints": _endpoints([_BY_TOKENS])}
        provider = provider_for(api, preset="openrouter")
        assert provider.lists_prices_singly
        asked = provider.ask_price("openai/gpt-image-2", watch)
        assert asked == ModelPrice("openai/gpt-image-2", picture_token="0.00003")
        assert not api.paid
        plain = provider_for(api, preset="generic")
        assert not plain.lists_prices_singly
        assert plain.ask_price("gpt-image-2", watch) is None
        assert len(api.received) == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["endpoints", "pricing", "billable", "unit", "cost_usd", "odd"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_nothing_that_is_listed_can_make_this_fail(tree: object) -> None:
    for price in (
        price_at_endpoints("m", tree),
        price_at_endpoints("m", _endpoints(tree)),
        price_of({"id": "m", "pricing": tree}),
    ):
        assert price is None or price.model == "m"
