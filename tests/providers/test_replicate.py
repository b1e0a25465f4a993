"""The Replicate adapter against a real server: orders, polls, pictures, files, lost orders."""

import base64
from collections.abc import Iterator

import numpy as np
import pytest

from aipaint.errors import UsageError
from aipaint.money import Usage
from aipaint.providers.errors import Charged
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.request import InputImage, InputRole, Operation, Size
from tests.providers.openai_setup import coverage, photo, pixels_of, png_of
from tests.providers.recording_watch import RecordingWatch
from tests.providers.replicate_setup import (
    ORDER,
    PRESETS,
    SDXL,
    TOKEN,
    failure,
    inpaint,
    replicate_for,
)
from tests.servers import replicate_orders as service
from tests.servers.replicate_api import ReplicateApi
from tests.servers.replicate_painter import PAINT, bytes_of

_INPAINTING = "stability-ai/stable-diffusion-inpainting"


@pytest.fixture
def replicate() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        yield server


def _small(**changes: object) -> InputImage:
    pixels = np.full((64, 64, 3), 200, np.uint8)
    return InputImage(InputRole.INPUT, png_of(pixels), Size(64, 64))


def test_an_order_by_version_sends_everything_and_brings_the_picture(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    request = inpaint(
        count=2,
        seed=7,
        negative_prompt="fog",
        extra=(("prompt_strength", "0.6"), ("scheduler", "DDIM"), ("num_inference_steps", "30")),
    )
    prediction = replicate_for(replicate).predict(request, watch)
    (order,) = replicate.orders
    assert order["version"] == PRESETS[0].version
    sent = {name: order["input"][name] for name in order["input"] if name not in ("image", "mask")}
    assert sent == {
        "prompt": "a boat",
        "negative_prompt": "fog",
        "num_outputs": 2,
        "seed": 7,
        "width": 1024,
        "height": 640,
        "prompt_strength": 0.6,
        "scheduler": "DDIM",
        "num_inference_steps": 30,
    }
    assert len(prediction.images) == 2
    assert tuple(pixels_of(prediction.images[0])[200, 300]) == PAINT
    assert prediction.usage == Usage(predict_microseconds=2_500_000, pictures=2)
    number = next(iter(replicate.predictions))
    assert watch.events == ["sending", f"accepted {number}", "arrived png", "arrived png"]
    headers = replicate.paid[0].headers
    assert (headers["Prefer"], headers["Cancel-After"]) == ("wait=1", "30s")


def test_an_official_model_is_ordered_by_name(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    request = inpaint(model="black-forest-labs/flux-fill-dev")
    assert len(replicate_for(replicate).predict(request, watch).images) == 1
    (paid,) = replicate.paid
    assert paid.path == "/v1/models/black-forest-labs/flux-fill-dev/predictions"
    assert set(paid.json) == {"input"}
    assert paid.json["input"]["megapixels"] == "match_input"


def test_an_option_of_an_older_version_orders_that_version(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    provider = replicate_for(replicate)
    provider.predict(inpaint(model=_INPAINTING, size=Size(512, 512)), watch)
    strength = (("prompt_strength", "0.8"),)
    provider.predict(inpaint(model=_INPAINTING, size=Size(512, 512), extra=strength), watch)
    assert [order["version"][:8] for order in replicate.orders] == ["95b72231", "e5a34f91"]
    assert replicate.orders[1]["input"]["prompt_strength"] == 0.8


@pytest.mark.parametrize(
    ("model", "inverted", "is_white"),
    [(SDXL, "", True), (SDXL, "true", False), ("ideogram-ai/ideogram-v2", "", False),
     ("ideogram-ai/ideogram-v2", "yes", True)],
)  # fmt: skip
def test_the_mask_is_sent_as_the_model_reads_it(
    replicate: ReplicateApi, watch: RecordingWatch, model: str, inverted: str, is_white: bool
) -> None:
    extra = (("invert_mask", inverted),) if inverted else ()
    replicate_for(replicate).predict(inpaint(model=model, extra=extra), watch)
    address = replicate.orders[0]["input"]["mask"]
    assert "invert_mask" not in replicate.orders[0]["input"]
    mask = pixels_of(bytes_of(address, lambda url: b""), "L")
    expected = coverage() if is_white else 255 - coverage()
    assert (mask == expected).all()


def test_small_pictures_go_along_and_large_ones_are_uploaded(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    provider = replicate_for(replicate)
    provider.predict(inpaint(images=(_small(),), size=Size(512, 512)), watch)
    assert replicate.orders[0]["input"]["image"].startswith("data:image/png;base64,")
    noise = photo()
    assert len(noise.png) > 256 * 1024
    provider.predict(inpaint(), watch)
    address = replicate.orders[1]["input"]["image"]
    assert address.startswith(f"{replicate.origin}/v1/files/")
    (upload,) = [request for request in replicate.received if request.path == "/v1/files"]
    assert upload.part("content").data == noise.png
    assert upload.part("content").content_type == "image/png"
    assert replicate.received.index(upload) < replicate.received.index(replicate.paid[1])


def test_progress_is_read_from_the_last_bar(replicate: ReplicateApi, watch: RecordingWatch) -> None:
    fractions: list[float | None] = []
    watch.progress = lambda fraction, message: fractions.append(fraction)  # type: ignore[method-assign]
    replicate_for(replicate).predict(ORDER, watch)
    assert 0.5 in fractions


def test_pictures_are_fetched_at_once_and_without_the_key_from_elsewhere(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    with ReplicateApi() as delivery:
        place = delivery.publish(png_of(np.zeros((4, 4, 3), np.uint8)))
        replicate.script(service.runs(output=[place, "data:image/png;base64,iVBORw0KGgo="]))
        prediction = replicate_for(replicate).predict(ORDER, watch)
        # Another port of this host may be asked, as its pictures are "the provider's own http
        # host", but it is another origin: the key does not go there.
        (fetched,) = delivery.received
        assert "Authorization" not in fetched.headers
        assert len(prediction.images) == 2


@pytest.mark.parametrize(
    "address", ["http://localhost:1/x.png", "https://localhost:1/x.png", "http://["]
)
def test_addresses_of_other_hosts_must_be_https_and_public(
    replicate: ReplicateApi, watch: RecordingWatch, address: str
) -> None:
    error = failure(replicate, service.runs(output=address), watch)
    assert error.charged is Charged.YES
    assert error.usage == Usage(predict_microseconds=2_500_000, pictures=1)
    assert address.encode() in error.raw


@pytest.mark.parametrize(
    "output",
    [
        {"image": "{url}", "mask": None, "seed": 3},
        [["{url}"], {"a": {"b": "{url}"}}],
        "{url}",
        ["{url}", 7, None, True, {"x": []}],
    ],
)
def test_outputs_of_every_shape_are_understood(
    replicate: ReplicateApi, watch: RecordingWatch, output: object
) -> None:
    url = replicate.publish(png_of(np.zeros((4, 4, 3), np.uint8)))
    replicate.script(service.runs(output=_filled(output, url)))
    assert replicate_for(replicate).predict(ORDER, watch).images[0].startswith(b"\x89PNG")


def _filled(output: object, url: str) -> object:
    if isinstance(output, dict):
        return {name: _filled(value, url) for name, value in output.items()}
    if isinstance(output, list):
        return [_filled(value, url) for value in output]
    return url if output == "{url}" else output


def test_a_text_instead_of_a_picture_is_charged_and_told(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    error = failure(replicate, service.runs(output=["I can ", "not."]), watch)
    assert (error.kind, error.charged) == ("bad_answer", Charged.YES)
    assert "I can not." in error.message


def test_what_the_model_has_no_field_for_is_said(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    request = inpaint(
        model="nightmareai/real-esrgan", operation=Operation.UPSCALE, images=(_small(),), seed=3,
        negative_prompt="fog", extra=(("scale", "2"),),
    )  # fmt: skip
    warnings = replicate_for(replicate).predict(request, watch).warnings
    assert replicate.orders[0]["input"] == {
        "image": replicate.orders[0]["input"]["image"], "scale": 2
    }  # fmt: skip
    assert [word for word in ("seed", "negative", "prompt") if any(word in w for w in warnings)]
    assert len(warnings) == 3


@pytest.mark.parametrize(
    ("preset", "operation"),
    [(preset.info.id, operation) for preset in PRESETS for operation in preset.info.operations],
    ids=str,
)
def test_every_preset_does_what_it_says(
    replicate: ReplicateApi, watch: RecordingWatch, preset: str, operation: Operation
) -> None:
    provider = replicate_for(replicate)
    size = provider.model(preset).sizes.canvas_for(Size(256, 256))[0]
    pixels = np.zeros((size.height, size.width, 3), np.uint8)
    images = [InputImage(InputRole.INPUT, png_of(pixels), size)]
    takes_mask = operation in (Operation.EDIT, Operation.REMOVE, Operation.OUTPAINT)
    if takes_mask:
        images.append(InputImage(InputRole.MASK, png_of(pixels[..., 0] + 255), size))
    request = inpaint(
        model=preset,
        operation=operation,
        size=size,
        images=() if operation is Operation.GENERATE else tuple(images),
        prompt="" if operation is Operation.REMOVE else "a boat",
    )
    assert provider.predict(request, watch).images
    assert provider.model(preset).provider == "replicate"


def test_a_bad_request_is_refused_before_anything_is_sent(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    provider = replicate_for(replicate)
    wrong = [
        inpaint(prompt=" "),
        inpaint(images=()),
        inpaint(count=5),
        inpaint(operation=Operation.UPSCALE),
        inpaint(model=_INPAINTING, images=(photo(),)),
        inpaint(model="flux"),
        inpaint(extra=(("num_outputs", "2"),)),
        inpaint(extra=(("scheduler", "FAST"),)),
        inpaint(extra=(("schedulr", "DDIM"),)),
    ]
    for request in wrong:
        with pytest.raises(UsageError):
            provider.predict(request, watch)
    assert (replicate.received, watch.events) == ([], [])


def test_without_a_key_it_says_how_to_add_one(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    provider = replicate_for(replicate, key="")
    assert "AIE_REPLICATE_API_TOKEN" in provider.readiness()
    with pytest.raises(UsageError, match="REPLICATE_API_TOKEN"):
        provider.predict(ORDER, watch)
    assert TOKEN not in repr(ReplicateOptions(TOKEN))
    assert replicate_for(replicate).readiness() == ""


def test_base64_outputs_are_taken_as_they_are(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    png = png_of(np.zeros((2, 2, 3), np.uint8))
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    replicate.script(service.runs(output=address))
    assert replicate_for(replicate).predict(ORDER, watch).images == (png,)


def test_sizes_go_out_as_the_model_names_them(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    wide = inpaint(
        operation=Operation.GENERATE, images=(), size=Size(1280, 720),
        model="black-forest-labs/flux-kontext-pro",
    )  # fmt: skip
    replicate_for(replicate).predict(wide, watch)
    assert replicate.orders[0]["input"] == {
        "prompt": "a boat", "aspect_ratio": "16:9", "output_format": "png"
    }  # fmt: skip
