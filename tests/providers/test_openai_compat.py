"""The OpenAI-compatible adapter against a real server: pictures, usage, models, keys."""

import json
import random

import numpy as np
import pytest

from aipaint.errors import UsageError
from aipaint.money import Usage
from aipaint.providers.errors import Charged
from aipaint.providers.openai_compat import OpenAICompatible
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.request import Operation, PredictionRequest, Size
from tests.providers.openai_setup import (
    GENERATE,
    KEY,
    MODEL,
    SIZE,
    edit,
    failure_of,
    pixels_of,
    png_of,
    provider_for,
)
from tests.providers.recording_watch import RecordingWatch
from tests.servers import images_api as service
from tests.servers.images_api import ImagesApi


def test_the_edit_really_changes_the_picture_the_server_got(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    request = edit()
    prediction = provider_for(api).predict(request, watch)
    result = pixels_of(prediction.images[0])
    assert tuple(result[200, 300]) == service.PAINT
    assert (result[0] != pixels_of(request.images[0].png)[0]).any()


def test_usage_is_read_from_the_answer(api: ImagesApi, watch: RecordingWatch) -> None:
    provider = provider_for(api)
    assert provider.predict(edit(), watch).usage == Usage(30, 1100, 196, 0)
    api.script(service.pictures(usage=service.ZERO_USAGE), service.pictures(usage=None))
    zero = provider.predict(GENERATE, watch).usage
    assert zero is not None
    assert zero.is_empty
    assert provider.predict(GENERATE, watch).usage is None


@pytest.mark.parametrize(
    "usage",
    [
        "many",
        {"input_tokens": -5, "output_tokens": True},
        {"input_tokens": 1e99, "output_tokens": "7", "input_tokens_details": [1]},
    ],
)
def test_nonsense_usage_counts_as_none(
    api: ImagesApi, watch: RecordingWatch, usage: object
) -> None:
    api.script(service.pictures(usage=usage))
    found = provider_for(api).predict(GENERATE, watch).usage
    assert found is None or found.is_empty


def test_a_cost_stated_by_the_provider_is_exact(api: ImagesApi, watch: RecordingWatch) -> None:
    header = (("x-litellm-response-cost", "0.01483"),)
    api.script(service.pictures(usage={"cost": 0.0400001}), service.pictures(headers=header))
    provider = provider_for(api)
    assert provider.predict(GENERATE, watch).cost_micros == 40_001
    assert provider.predict(GENERATE, watch).cost_micros == 14_830


def test_pictures_behind_addresses_are_fetched_from_the_own_host(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(service.pictures(count=2, is_url=True))
    prediction = provider_for(api).predict(edit(count=2), watch)
    assert len(prediction.images) == 2
    assert watch.events == ["sending", "arrived png", "arrived png"]
    downloads = [request for request in api.received if request.method == "GET"]
    assert [request.path for request in downloads] == ["/files/0.png", "/files/1.png"]


def test_relative_and_data_addresses_work(api: ImagesApi, watch: RecordingWatch) -> None:
    address = api.publish(png_of(np.zeros((4, 4, 3), np.uint8)))
    api.script(service.pictures(url=address.removeprefix(api.origin)))
    assert provider_for(api).predict(GENERATE, watch).images[0].startswith(b"\x89PNG")
    api.script(service.pictures(url="data:image/png;base64,iVBORw0KGgo="))
    assert provider_for(api).predict(GENERATE, watch).images == (b"\x89PNG\r\n\x1a\n",)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:{port}/files/0.png",
        "https://localhost:{port}/files/0.png",
        "https://2130706433:{port}/files/0.png",
        "file:/etc/passwd",
        "ftp://127.0.0.1/x",
        "http://[",
    ],
)
def test_unsafe_addresses_are_not_fetched_and_the_answer_is_kept(
    api: ImagesApi, watch: RecordingWatch, address: str
) -> None:
    api.publish(b"x")
    error = failure_of(api, service.pictures(url=address.format(port=api.port)), watch)
    assert error.charged is Charged.YES
    assert b'"url"' in error.raw
    assert len(api.received) == 1


def test_a_picture_that_is_gone_is_reported_as_charged(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    error = failure_of(api, service.pictures(url=f"{api.origin}/files/9.png"), watch)
    assert (error.charged, error.status) == (Charged.YES, 404)


def test_fewer_pictures_than_asked_for_are_kept_with_a_warning(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(service.pictures(count=1))
    request = PredictionRequest(Operation.GENERATE, MODEL, "x", size=SIZE, count=3, seed=7)
    prediction = provider_for(api).predict(request, watch)
    assert len(prediction.images) == 1
    assert any("3 pictures" in warning for warning in prediction.warnings)
    assert any("seed" in warning for warning in prediction.warnings)


def test_one_lost_picture_does_not_lose_the_others(api: ImagesApi, watch: RecordingWatch) -> None:
    good = api.publish(png_of(np.zeros((4, 4, 3), np.uint8)))
    answer = {"data": [{"url": "file:/x"}, None, {"url": good}, {"b64_json": "!"}]}
    api.script(service.fixed(200, json.dumps(answer).encode()))
    prediction = provider_for(api).predict(GENERATE, watch)
    assert len(prediction.images) == 1
    assert prediction.warnings


@pytest.mark.parametrize("model", ["gpt-image-1", "dall-e-3", "dall-e-2", "DALL-E-3"])
def test_a_dead_model_is_refused_before_anything_is_sent(
    api: ImagesApi, watch: RecordingWatch, model: str
) -> None:
    with pytest.raises(UsageError, match=r"gpt-image-2\.5-flare"):
        provider_for(api).predict(PredictionRequest(Operation.GENERATE, model, "x"), watch)
    assert api.received == []


def test_without_a_key_it_says_how_to_add_one(api: ImagesApi, watch: RecordingWatch) -> None:
    provider = provider_for(api, key="")
    assert "AIE_OPENAI_API_KEY" in provider.readiness()
    with pytest.raises(UsageError, match="AIE_OPENAI_API_KEY"):
        provider.predict(GENERATE, watch)
    assert provider_for(api).readiness() == ""


def test_the_list_of_models_leaves_out_what_is_dead_or_makes_no_pictures(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.models.append({"id": "gpt-image-9", "shutdown_date": "2027-01-31T00:00:00Z"})
    api.models.append({"no": "id"})
    models = provider_for(api).list_models(watch)
    assert [model.id for model in models] == ["gpt-image-2.5-flare", "gpt-image-2", "gpt-image-9"]
    assert models[2].retires_at == "2027-01-31"
    assert watch.events == []


def test_the_chosen_model_is_the_default_one() -> None:
    options = OpenAIOptions(KEY, model="gpt-image-2-2026-04-21")
    provider = OpenAICompatible(options, chance=random.Random(1))
    assert provider.models()[0].id == "gpt-image-2-2026-04-21"
    assert provider.model("").qualities == ("low", "medium", "high", "auto")
    assert provider.model("gpt-image-1.5").retires_at == "2026-12-01"
    assert provider.model("flux.1-dev").sizes.allows(Size(512, 512))
    assert not provider.model("gpt-image-3-nova").sizes.allows(Size(512, 512))
    assert provider.models()[1].id == MODEL


def test_options_do_not_show_the_key() -> None:
    assert KEY not in repr(OpenAIOptions(KEY))
