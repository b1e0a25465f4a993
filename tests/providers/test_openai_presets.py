"""Each kind of server gets what it understands: fields, parts, masks, prices and keys."""

import base64
import io
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aipaint.errors import UsageError
from aipaint.providers.errors import ProviderError
from aipaint.providers.openai_compat import OpenAICompatible
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.openai_preset import preset_for
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size
from tests.providers.openai_setup import (
    GENERATE,
    KEY,
    PRESETS,
    coverage,
    edit,
    photo,
    pixels_of,
    png_of,
    provider_for,
)
from tests.providers.recording_watch import RecordingWatch
from tests.servers.dialects import inner_fields
from tests.servers.images_api import PAINT, TINT, ImagesApi, fixed, pictures

_SERVERS = ("openai", "openrouter", "localai", "sdcpp", "vllm-omni", "litellm")


@contextmanager
def _at(name: str) -> Iterator[tuple[ImagesApi, OpenAICompatible]]:
    with ImagesApi(dialect=name) as api:
        yield api, provider_for(api, preset=name)


def _square_edit(model: str, **more: Any) -> PredictionRequest:
    """512 by 512, which all of them take, masked in the middle."""
    size = Size(512, 512)
    mask = np.zeros((512, 512), np.uint8)
    mask[100:300, 100:300] = 255
    images = (
        InputImage(InputRole.INPUT, png_of(np.full((512, 512, 3), 90, np.uint8)), size),
        InputImage(InputRole.MASK, png_of(mask), size),
    )
    return PredictionRequest(Operation.EDIT, model, "a boat", images=images, size=size, **more)


@pytest.mark.parametrize("name", _SERVERS)
def test_the_server_paints_where_the_mask_is_and_nowhere_else(
    name: str, watch: RecordingWatch
) -> None:
    with _at(name) as (_, provider):
        model = "gpt-image-1.5" if PRESETS[name].knows_gpt else PRESETS[name].default_model or "m"
        request = _square_edit(model)
        if PRESETS[name].knows_gpt:
            request = replace(edit(), model="gpt-image-2.5-flare")
        result = pixels_of(provider.predict(request, watch).images[0])
    masked = (result == PAINT).all(axis=2)
    assert masked[200, 250]
    assert not masked[0, 0]
    assert 0.03 < masked.mean() < 0.35


@pytest.mark.parametrize(
    ("url", "wanted", "found"),
    [
        ("https://api.openai.com/v1", "", "openai"),
        ("https://eu.api.openai.com/v1", "", "openai"),
        ("https://openrouter.ai/api/v1", "", "openrouter"),
        ("https://api.proxyapi.ru/openai/v1", "", "proxyapi"),
        ("https://openrouter.ai.evil.example/v1", "", "generic"),
        ("http://127.0.0.1:1234/v1", "", "generic"),
        ("http://127.0.0.1:1234/v1", "sdcpp", "sdcpp"),
        ("https://api.openai.com/v1", "nonsense", "openai"),
    ],
)
def test_a_server_is_known_by_its_host_or_by_its_name(url: str, wanted: str, found: str) -> None:
    assert preset_for(PRESETS, url, wanted).name == found


def test_vllm_gets_its_own_name_of_the_mask_and_its_fields(watch: RecordingWatch) -> None:
    with _at("vllm-omni") as (api, provider):
        asked = _square_edit("qwen-image", seed=7, negative_prompt="text")
        provider.predict(replace(asked, extra=(("num_inference_steps", "30"),)), watch)
    sent = api.received[0]
    assert {part.name for part in sent.parts if part.filename} == {"image", "mask_image"}
    assert sent.fields == {
        "model": "qwen-image", "prompt": "a boat", "n": "1", "size": "512x512",
        "response_format": "b64_json", "seed": "7", "negative_prompt": "text",
        "num_inference_steps": "30",
    }  # fmt: skip


def test_stable_diffusion_cpp_gets_its_fields_inside_the_prompt(watch: RecordingWatch) -> None:
    with _at("sdcpp") as (api, provider):
        request = replace(GENERATE, model="", seed=3, negative_prompt="fog")
        provider.predict(replace(request, extra=(("steps", "20"),)), watch)
        bad = replace(request, extra=(("steps", "many"),))
        with pytest.raises(UsageError, match="steps"):
            provider.predict(bad, watch)
    sent = api.received[0].json
    assert inner_fields(sent["prompt"]) == {"steps": 20, "seed": 3, "negative_prompt": "fog"}
    assert set(sent) == {"model", "prompt", "n", "size"}
    assert len(api.received) == 1


def test_localai_gets_squares_under_a_white_mask_and_answers_with_an_address(
    watch: RecordingWatch,
) -> None:
    with _at("localai") as (api, provider):
        request = _square_edit("", negative_prompt="fog | rain")
        provider.predict(request, watch)
        assert provider.model("").sizes_for(Operation.EDIT).fixed == (Size(512, 512),)
        provider.predict(replace(GENERATE, model="", negative_prompt="fog"), watch)
    sent = api.received[0]
    assert sent.path == "/v1/images/inpainting"
    assert Image.open(io.BytesIO(sent.part("mask").data)).mode == "L"
    assert sent.fields == {"model": "stablediffusion", "prompt": "a boat|fog , rain"}
    assert api.received[1].path.startswith("/files/")
    generated = api.received[2].json
    assert (generated["prompt"], generated["response_format"]) == ("a red fox|fog", "b64_json")


def test_localai_changes_a_whole_picture_where_it_makes_new_ones(watch: RecordingWatch) -> None:
    with _at("localai") as (api, provider):
        size = Size(768, 640)
        picture = png_of(np.full((size.height, size.width, 3), 90, np.uint8))
        request = _square_edit("", extra=(("steps", "9"),))
        request = replace(request, images=(InputImage(InputRole.INPUT, picture, size),), size=size)
        result = pixels_of(provider.predict(request, watch).images[0])
    sent = api.received[0]
    assert sent.path == "/v1/images/generations"
    assert base64.b64decode(sent.json.pop("file")) == picture
    assert sent.json == {
        "model": "stablediffusion", "prompt": "a boat", "n": 1, "size": "768x640",
        "response_format": "b64_json", "step": 9,
    }  # fmt: skip
    assert result.shape == (640, 768, 3)
    assert (result[0, 0] == (np.array(TINT) + 90) // 2).all()  # made from the picture


def test_openrouter_is_shown_a_marked_copy_instead_of_a_mask(watch: RecordingWatch) -> None:
    with _at("openrouter") as (api, provider):
        provider.predict(_square_edit("google/nano"), watch)
    sent = api.received[0]
    assert sent.path == "/v1/images"
    assert len(sent.json["input_references"]) == 2
    assert "magenta" in sent.json["prompt"]
    assert "quality" not in sent.json


def test_servers_of_ones_own_need_no_key_and_send_none(watch: RecordingWatch) -> None:
    with ImagesApi(dialect="sdcpp") as api:
        provider = provider_for(api, key="", preset="sdcpp")
        assert provider.readiness() == ""
        assert not provider.is_paid
        provider.predict(replace(GENERATE, model=""), watch)
        assert "Authorization" not in api.received[0].headers
        assert provider.check(watch) == "The server answers: 4 models."


def test_ollama_words_prompts_and_paints_nothing(watch: RecordingWatch) -> None:
    with ImagesApi(dialect="openai") as api:
        provider = provider_for(api, key="", preset="ollama")
        assert [model.operations for model in provider.models()] == [frozenset({Operation.REFINE})]
        with pytest.raises(UsageError, match="generate"):
            provider.predict(replace(GENERATE, model="llama3.2"), watch)
        refine = PredictionRequest(Operation.REFINE, provider.refine_model, "a fox")
        assert "morning" in provider.predict(refine, watch).text
        assert {model.operations for model in provider.list_models(watch)} == {
            frozenset({Operation.REFINE})
        }


def test_an_account_has_a_name_of_its_own_and_the_prices_of_its_service() -> None:
    options = OpenAIOptions(KEY, preset=PRESETS["openrouter"])
    account = OpenAICompatible(options, chance=random.Random(1), name="work")
    assert (account.name, account.label) == ("work", "work (OpenRouter)")
    assert account.price_names == ("work", "openrouter")
    assert account.model("x/y").provider == "work"
    plain = OpenAICompatible(OpenAIOptions(KEY), chance=random.Random(1))
    assert plain.price_names == ("openai",)
    proxy = OpenAICompatible(
        OpenAIOptions(KEY, preset=PRESETS["proxyapi"]), chance=random.Random(1)
    )
    assert proxy.price_names == ("proxyapi",)  # its prices are not OpenAI's


def test_references_are_sent_beside_the_picture_and_alone(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    style = InputImage(InputRole.REFERENCE, png_of(np.zeros((8, 8, 3), np.uint8)), Size(8, 8))
    provider = provider_for(api)
    mask = InputImage(InputRole.MASK, png_of(coverage()), photo().size)
    provider.predict(edit(images=(photo(), mask, style, style)), watch)
    provider.predict(replace(GENERATE, images=(style,)), watch)
    first, second = api.received
    names = [part.name for part in first.parts if part.filename]
    assert names == ["image[]", "image[]", "image[]", "mask"]
    assert second.path == "/v1/images/edits"
    assert second.part("image").data == style.png
    with pytest.raises(UsageError, match="16 reference"):
        provider.predict(edit(images=(photo(), *[style] * 16)), watch)


def test_an_unknown_servers_numbers_arrive_as_numbers(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(fixed(400, b'{"error": "no"}'))
    extra = (("steps", "20"), ("cfg", "7.5"), ("tiled", "true"), ("sampler", "euler"))
    with pytest.raises(ProviderError):
        provider_for(api).predict(replace(GENERATE, model="flux.1", extra=extra), watch)
    assert {name: api.received[0].json[name] for name, _ in extra} == {
        "steps": 20, "cfg": 7.5, "tiled": True, "sampler": "euler",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status", "kind", "named"),
    [
        ({"error": {"code": 402, "message": "Insufficient credits"}}, 402, "quota", "credit"),
        (
            {"error": {"code": 403, "message": "Flagged", "metadata": {"reasons": ["violence"]}}},
            403,
            "moderation",
            "violence",
        ),
        ({"error": {"code": "400", "type": "image_generation_user_error"}}, 400, "moderation", ""),
        (
            {"error": {"code": "400", "message": "Invalid model name passed in model=x"}},
            400,
            "model",
            "gpt-image",
        ),
        ({"error": {"code": "400", "message": "No connected db."}}, 400, "auth", "key"),
        (
            {
                "error": {
                    "code": "429",
                    "type": "throttling_error",
                    "message": "You exceeded your current quota",
                }
            },
            429,
            "quota",
            "",
        ),
        ({"error": "prompt required"}, 400, "request", "prompt required"),
        (
            {"detail": [{"loc": ["body", "size"], "msg": "bad size"}]},
            422,
            "request",
            '"size"',
        ),
    ],
)
def test_refusals_of_every_server_are_understood(
    api: ImagesApi, watch: RecordingWatch, body: Any, status: int, kind: str, named: str
) -> None:
    api.script(fixed(status, json.dumps(body).encode()))
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(GENERATE, watch)
    assert caught.value.kind == kind
    assert named in str(caught.value)
    assert len(api.paid) == 1


@pytest.mark.parametrize(
    ("code", "kind", "charged"),
    [
        (402, "quota", "no"),
        (403, "auth", "no"),
        (502, "server", "unknown"),
        ("server_error", "server", "unknown"),
        ("moderation_blocked", "moderation", "no"),
    ],
)
def test_an_error_inside_a_200_is_an_error(
    api: ImagesApi, watch: RecordingWatch, code: int | str, kind: str, charged: str
) -> None:
    api.script(fixed(200, json.dumps({"error": {"code": code, "message": "No"}}).encode()))
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(GENERATE, watch)
    assert (caught.value.kind, caught.value.charged.value) == (kind, charged)
    assert not caught.value.retryable


def test_a_web_page_says_its_title(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script(fixed(524, b"<html><title>524: A timeout occurred</title>", "text/html"))
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(GENERATE, watch)
    assert "A timeout occurred" in caught.value.message
    assert "stream=true" in caught.value.hint


def test_a_path_before_v1_survives(watch: RecordingWatch) -> None:
    with ImagesApi() as api:
        options = OpenAIOptions(KEY, f"{api.origin}/openai/v1", preset=PRESETS["proxyapi"])
        provider = OpenAICompatible(options, chance=random.Random(1))
        api.script(pictures())
        with pytest.raises(ProviderError, match="address"):
            provider.predict(GENERATE, watch)
    assert api.received[0].path == "/openai/v1/images/generations"
