"""OpenRouter's own lists: models with typed parameters, prices, credit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.errors import UsageError
from aipaint.providers.errors import ProviderError
from aipaint.providers.model_price import ModelPrice
from aipaint.providers.openai_models import find_model
from aipaint.providers.openrouter_models import with_descriptors
from aipaint.providers.option_field import OptionKind
from aipaint.providers.request import Operation, Size
from tests.providers.openai_setup import GENERATE, PRESETS, provider_for
from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import ImagesApi

_ROW: dict[str, Any] = {
    "id": "google/nano-banana",
    "name": "Nano Banana",
    "supports_streaming": True,
    "supported_parameters": {
        "aspect_ratio": {"type": "enum", "values": ["1:1", "3:2", "16:9"]},
        "quality": {"type": "enum", "values": ["low", "medium"]},
        "n": {"type": "range", "min": 1, "max": 4},
        "seed": {"type": "range", "min": 0, "max": 9},
        "input_references": {"type": "range", "min": 0, "max": 6},
        "output_compression": {"type": "range", "min": 0, "max": 100},
        "background": {"type": "enum", "values": ["opaque"]},
        "safe": {"type": "boolean"},
    },
}


@pytest.fixture
def router() -> Iterator[ImagesApi]:
    with ImagesApi(dialect="openrouter") as api:
        api.documents = {
            "/v1/images/models": {"data": [_ROW, {"id": "x/words-only"}]},
            "/v1/models?output_modalities=image": {
                "data": [
                    {"id": "google/nano-banana", "pricing": {"image_output": "0.039"}},
                    {"id": "not/in-the-first-list", "pricing": {"image_output": "1"}},
                ]
            },
            "/v1/credits": {"data": {"total_credits": 10, "total_usage": 1.6}},
        }
        yield api


def test_a_models_record_is_what_it_says_of_itself(
    router: ImagesApi, watch: RecordingWatch
) -> None:
    provider = provider_for(router, preset="openrouter")
    assert provider.model("google/nano-banana").options is None
    model = provider.describe("google/nano-banana", watch)
    assert (model.label, model.max_count, model.max_references) == ("Nano Banana", 4, 4)
    assert (model.qualities, model.default_quality) == (("low", "medium"), "medium")
    assert model.has_seed
    assert model.options is not None
    assert {field.name: field.kind for field in model.options} == {
        "output_compression": OptionKind.WHOLE,
        "background": OptionKind.CHOICE,
        "safe": OptionKind.SWITCH,
        "stream": OptionKind.SWITCH,
    }
    assert Operation.EDIT in model.operations
    assert [one.id for one in provider.models()][1:] == ["google/nano-banana", "x/words-only"]
    request = replace(GENERATE, model=model.id, size=Size(1500, 1000), seed=3, quality="low")
    provider.predict(replace(request, extra=(("safe", "true"),)), watch)
    assert router.paid[0].json == {
        "model": "google/nano-banana", "prompt": "a red fox", "n": 1, "aspect_ratio": "3:2",
        "quality": "low", "seed": 3, "safe": True,
    }  # fmt: skip
    with pytest.raises(UsageError, match="steps"):
        provider.predict(replace(request, extra=(("steps", "2"),)), watch)


def test_its_lists_say_what_pictures_cost(router: ImagesApi, watch: RecordingWatch) -> None:
    provider = provider_for(router, preset="openrouter")
    listing = provider.fetch_listing(watch)
    assert provider.listed_prices(listing) == (ModelPrice("google/nano-banana", picture="0.039"),)


def test_the_credit_is_told_and_asked_for_with_the_key(
    router: ImagesApi, watch: RecordingWatch
) -> None:
    provider = provider_for(router, preset="openrouter")
    assert provider.check(watch) == "The key works: 2 models, $8.40 credit left."
    router.documents.pop("/v1/credits")
    with pytest.raises(ProviderError):
        provider.check(watch)  # its models are listed to everybody


def test_without_its_second_list_the_first_one_counts(
    router: ImagesApi, watch: RecordingWatch
) -> None:
    router.documents.pop("/v1/models?output_modalities=image")
    assert len(provider_for(router, preset="openrouter").list_models(watch)) == 2


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
_NAMES = st.sampled_from([*_ROW["supported_parameters"], "size", "odd"])


@given(
    _JSON
    | st.dictionaries(
        _NAMES, _JSON | st.dictionaries(st.sampled_from(["type", "values", "min", "max"]), _JSON)
    ),
    _JSON,
)
def test_nothing_in_a_row_can_make_this_fail(parameters: object, name: object) -> None:
    row = {"id": "a/b", "name": name, "supported_parameters": parameters}
    model = with_descriptors(find_model("a/b", PRESETS["openrouter"]), row)
    assert model.id == "a/b"
    assert 1 <= model.max_count <= 10
