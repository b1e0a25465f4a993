"""What the OpenAI-compatible adapter sends, as a real server received it."""

import io

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from aipaint.errors import UsageError
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size
from tests.providers.openai_setup import (
    KEY,
    MODEL,
    SIZE,
    coverage,
    edit,
    photo,
    pixels_of,
    png_of,
    provider_for,
)
from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import ImagesApi


def test_generate_sends_json_with_an_explicit_size_and_no_response_format(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    request = PredictionRequest(
        Operation.GENERATE,
        MODEL,
        "a red fox",
        "text, frames",
        size=SIZE,
        count=2,
        quality="low",
        extra=(("background", "opaque"), ("output_compression", "80")),
    )
    prediction = provider_for(api).predict(request, watch)
    sent = api.received[0]
    assert (sent.method, sent.path) == ("POST", "/v1/images/generations")
    assert sent.headers["Content-Type"] == "application/json"
    assert sent.headers["Authorization"] == f"Bearer {KEY}"
    assert sent.json == {
        "model": MODEL,
        "prompt": "a red fox\n\nAvoid: text, frames",
        "n": 2,
        "size": "1024x640",
        "quality": "low",
        "background": "opaque",
        "output_compression": 80,
    }
    assert len(prediction.images) == 2
    assert prediction.images[0] != prediction.images[1]
    assert pixels_of(prediction.images[0]).shape == (640, 1024, 3)


def test_edit_sends_a_form_with_one_image_and_a_mask_both_conventions_understand(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    request = edit(quality="high")
    provider_for(api).predict(request, watch)
    sent = api.received[0]
    assert (sent.method, sent.path) == ("POST", "/v1/images/edits")
    assert [part.name for part in sent.parts] == [
        "model", "prompt", "n", "size", "quality", "image", "mask",
    ]  # fmt: skip
    assert sent.fields == {
        "model": MODEL, "prompt": "a boat", "n": "1", "size": "1024x640", "quality": "high",
    }  # fmt: skip
    image, mask = sent.part("image"), sent.part("mask")
    assert (image.filename, image.content_type) == ("image-1.png", "image/png")
    assert (mask.filename, mask.content_type) == ("mask.png", "image/png")
    assert image.data == request.images[0].png
    opened = Image.open(io.BytesIO(mask.data))
    assert (opened.mode, opened.size) == ("RGBA", (1024, 640))
    rgba, covered = np.array(opened), coverage()
    np.testing.assert_array_equal(rgba[..., 3], 255 - covered)
    np.testing.assert_array_equal(rgba[..., :3], np.repeat(covered[..., None], 3, axis=2))


def test_several_pictures_are_sent_as_a_list_and_an_edit_needs_no_mask(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    style = InputImage(InputRole.REFERENCE, png_of(np.zeros((8, 8, 3), np.uint8)), Size(8, 8))
    provider_for(api).predict(edit(images=(photo(), style)), watch)
    files = [part for part in api.received[0].parts if part.filename]
    assert [part.name for part in files] == ["image[]", "image[]"]
    assert files[1].data == style.png


def test_a_prompt_in_any_script_arrives_unchanged(api: ImagesApi, watch: RecordingWatch) -> None:
    prompt = 'ein "Fuchs"\r\n--x 狐 🦊'
    provider_for(api).predict(edit(prompt=prompt), watch)
    provider_for(api).predict(PredictionRequest(Operation.GENERATE, MODEL, prompt), watch)
    assert [request.fields["prompt"] for request in api.received] == [prompt, prompt]
    assert api.received[1].fields["size"] == "1024x1024"


def test_remove_has_a_prompt_of_its_own(api: ImagesApi, watch: RecordingWatch) -> None:
    request = edit(prompt="")
    removing = PredictionRequest(Operation.REMOVE, MODEL, images=request.images, size=SIZE)
    provider_for(api).predict(removing, watch)
    assert api.received[0].fields["prompt"].startswith("Remove")


@pytest.mark.parametrize(
    ("request_", "named"),
    [
        (PredictionRequest(Operation.GENERATE, MODEL, "  "), "prompt"),
        (PredictionRequest(Operation.GENERATE, MODEL, "x" * 32_001), "32000"),
        (PredictionRequest(Operation.GENERATE, MODEL, "x", size=Size(512, 512)), "512x512"),
        (PredictionRequest(Operation.GENERATE, MODEL, "x", count=11), "11"),
        (PredictionRequest(Operation.GENERATE, MODEL, "x", quality="hd"), "hd"),
        (PredictionRequest(Operation.GENERATE, MODEL, "x", extra=(("steps", "5"),)), "steps"),
        (PredictionRequest(Operation.GENERATE, MODEL, "x", extra=(("n", "5"),)), '"n"'),
        (
            PredictionRequest(Operation.GENERATE, MODEL, "x", extra=(("background", "red"),)),
            "red",
        ),
        (PredictionRequest(Operation.UPSCALE, MODEL, "x"), "upscale"),
        (PredictionRequest(Operation.EDIT, MODEL, "x", size=SIZE), "picture"),
    ],
)
def test_what_the_server_would_only_refuse_is_not_sent(
    api: ImagesApi, watch: RecordingWatch, request_: PredictionRequest, named: str
) -> None:
    with pytest.raises(UsageError) as caught:
        provider_for(api).predict(request_, watch)
    assert named in str(caught.value)
    assert api.received == []


@pytest.mark.parametrize(
    ("pixels", "named"),
    [(np.full((10, 10), 255, np.uint8), "10x10"), (np.zeros((640, 1024), np.uint8), "empty")],
)
def test_a_mask_that_does_not_fit_or_is_empty_is_not_sent(
    api: ImagesApi, watch: RecordingWatch, pixels: npt.NDArray[np.uint8], named: str
) -> None:
    mask = InputImage(InputRole.MASK, png_of(pixels), Size(pixels.shape[1], pixels.shape[0]))
    with pytest.raises(UsageError) as caught:
        provider_for(api).predict(edit(images=(photo(), mask)), watch)
    assert named in str(caught.value)
    assert api.received == []
