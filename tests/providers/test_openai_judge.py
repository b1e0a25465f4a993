"""The official Python client talks to our server on loopback without a complaint, so the server is
a true one. The client is a judge in tests and nothing else."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from openai import APIError, BadRequestError, OpenAI, RateLimitError

from tests.providers.openai_setup import KEY, coverage, photo, png_of
from tests.servers import images_api as service
from tests.servers.images_api import ImagesApi

_MODEL = "gpt-image-2.5-flare"


@pytest.fixture
def client(api: ImagesApi) -> Iterator[OpenAI]:
    with OpenAI(api_key=KEY, base_url=api.url, max_retries=0) as made:
        yield made


def _mask() -> bytes:
    import numpy as np

    rgba = np.zeros((*coverage().shape, 4), np.uint8)
    rgba[..., 3] = 255 - coverage()
    return png_of(rgba)


def test_it_generates_and_reads_the_usage(api: ImagesApi, client: OpenAI) -> None:
    answer = client.images.generate(model=_MODEL, prompt="a fox", n=2, size="1024x1024")
    assert answer.data is not None
    assert answer.usage is not None
    pictures = [base64.b64decode(item.b64_json or "") for item in answer.data]
    assert len(pictures) == 2
    assert all(png.startswith(b"\x89PNG") for png in pictures)
    assert answer.usage.output_tokens == service.FULL_USAGE["output_tokens"]
    assert api.received[0].path == "/v1/images/generations"


def test_it_edits_one_picture_as_image_and_several_as_a_list(
    api: ImagesApi, client: OpenAI
) -> None:
    one = ("image-1.png", photo().png, "image/png")
    mask = ("mask.png", _mask(), "image/png")
    client.images.edit(model=_MODEL, image=one, mask=mask, prompt="x", size="1024x1024")
    client.images.edit(model=_MODEL, image=[one, one], prompt="x", size="1024x1024")
    names = [[part.name for part in each.parts if part.filename] for each in api.received]
    assert names == [["image", "mask"], ["image[]", "image[]"]]


def test_it_reads_a_stream_with_pictures_on_their_way(api: ImagesApi, client: OpenAI) -> None:
    api.script(service.streams())
    events: list[Any] = list(
        client.images.generate(model=_MODEL, prompt="x", stream=True, partial_images=2)
    )
    assert [event.type for event in events] == [
        "image_generation.partial_image",
        "image_generation.partial_image",
        "image_generation.completed",
    ]
    assert [event.partial_image_index for event in events[:2]] == [0, 1]
    assert events[2].usage.output_tokens == service.FULL_USAGE["output_tokens"]


def test_it_sees_an_error_in_a_stream(api: ImagesApi, client: OpenAI) -> None:
    error = {"error": {"message": "No.", "code": "moderation_blocked"}}
    api.script(service.streams(ends="error", extra=error, partials=1))
    with pytest.raises(APIError, match="No"):
        list(client.images.generate(model=_MODEL, prompt="x", stream=True, partial_images=1))


def test_it_lists_models_and_chats(client: OpenAI) -> None:
    assert _MODEL in {model.id for model in client.models.list()}
    answer = client.chat.completions.create(
        model="gpt-5.4-nano",
        messages=[{"role": "user", "content": "a fox"}],
        max_completion_tokens=100,
    )
    assert "fox" in (answer.choices[0].message.content or "")
    assert answer.usage is not None
    assert answer.usage.prompt_tokens == 40


def test_it_understands_the_refusals(api: ImagesApi, client: OpenAI) -> None:
    api.script(service.unknown_parameter("style"), service.no_quota())
    with pytest.raises(BadRequestError) as refused:
        client.images.generate(model=_MODEL, prompt="x")
    assert (refused.value.param, refused.value.code) == ("style", "unknown_parameter")
    with pytest.raises(RateLimitError) as broke:
        client.images.generate(model=_MODEL, prompt="x")
    assert broke.value.code == "insufficient_quota"
