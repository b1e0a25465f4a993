"""The Replicate adapter against a real server: orders, polls, pictures, files, lost orders."""

import base64
import random
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from aipaint.errors import CancelledError, UsageError
from aipaint.money import Usage
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.replicate import Replicate
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.request import InputImage, InputRole, Operation, Size
from tests.providers.openai_setup import coverage, photo, pixels_of, png_of
from tests.providers.recording_watch import RecordingWatch
from tests.providers.replicate_setup import (
    ORDER,
    PRESETS,
    SDXL,
    SIZE,
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


def test_work_is_resumed_by_its_id_without_a_purchase(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    provider = replicate_for(replicate, timeout_seconds=0.5)
    replicate.script(service.never_ends())
    with pytest.raises(ProviderError) as late:
        provider.predict(ORDER, watch)
    assert (late.value.kind, late.value.charged) == ("timeout", Charged.UNKNOWN)
    number = watch.events[1].removeprefix("accepted ")
    assert replicate.cancels == []
    replicate.plans[number] = (service.runs(), 0)
    again = RecordingWatch()
    prediction = replicate_for(replicate).resume(number, ORDER, again)
    assert prediction.usage == Usage(predict_microseconds=2_500_000, pictures=1)
    assert again.events == ["arrived png"]
    assert len(replicate.paid) == 1


def test_what_was_not_fetched_within_the_hour_is_gone_and_charged(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    error = failure(replicate, service.expired(), watch)
    assert (error.kind, error.charged) == ("expired", Charged.YES)
    assert error.usage == Usage(predict_microseconds=2_500_000)


@pytest.mark.parametrize("number", ["unknown1", "../files", "", "a b"])
def test_an_id_that_is_not_known_stays_uncertain(
    replicate: ReplicateApi, watch: RecordingWatch, number: str
) -> None:
    with pytest.raises(ProviderError) as caught:
        replicate_for(replicate).resume(number, ORDER, watch)
    assert (caught.value.kind, caught.value.charged) == ("expired", Charged.UNKNOWN)
    assert all(request.path.startswith("/v1/predictions/") for request in replicate.received)


def test_a_lost_order_is_found_by_its_input_and_time(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    provider = replicate_for(replicate)
    provider.predict(inpaint(prompt="a house"), watch)
    sent_at = time.time_ns() // 1000
    request = inpaint(seed=4, extra=(("guidance_scale", "7.5"),))
    replicate.script(service.lost())
    with pytest.raises(ProviderError) as caught:
        provider.predict(request, watch)
    assert (caught.value.kind, caught.value.charged) == ("network", Charged.UNKNOWN)
    provider.predict(inpaint(seed=5), watch)
    found = provider.find_lost(request, sent_at, RecordingWatch())
    assert found == list(replicate.predictions)[1]
    orders = len(replicate.paid)
    assert provider.resume(found, request, RecordingWatch()).images
    assert len(replicate.paid) == orders
    for unlike in (inpaint(seed=4, prompt="other"), inpaint(seed=6), inpaint(model=_INPAINTING)):
        assert provider.find_lost(unlike, sent_at, RecordingWatch()) is None
    for micros in (sent_at - 10**10, sent_at + 10**10):
        assert provider.find_lost(request, micros, RecordingWatch()) is None


def test_a_lost_order_is_found_on_a_later_page(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    sent_at = time.time_ns() // 1000
    provider = replicate_for(replicate)
    replicate.script(service.lost())
    with pytest.raises(ProviderError):
        provider.predict(ORDER, watch)
    for _ in range(150):
        replicate.start(service.runs(), "other/model", {"input": {"x": 1}})
    assert provider.find_lost(ORDER, sent_at, watch) == next(iter(replicate.predictions))


def test_cancel_while_polling_ends_at_once_and_cancels_there(replicate: ReplicateApi) -> None:
    watch = RecordingWatch()
    options = ReplicateOptions(TOKEN, replicate.url, first_pause_seconds=5.0)
    provider = Replicate(options, PRESETS, chance=random.Random(1))
    replicate.script(service.never_ends())
    caught: list[ProviderError] = []

    def run() -> None:
        with pytest.raises(ProviderError) as error:
            provider.predict(ORDER, watch)
        caught.append(error.value)

    thread = threading.Thread(target=run)
    thread.start()
    while "Waiting for a machine" not in watch.messages:
        time.sleep(0.005)
    watch.cancelled.set()
    thread.join(10)
    assert caught[0].kind == "cancelled"
    deadline = time.monotonic() + 5
    while not replicate.cancels and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(replicate.cancels) == 1
    assert next(iter(replicate.predictions.values()))["status"] == "canceled"


def test_leaving_does_not_cancel_what_can_be_picked_up_again(replicate: ReplicateApi) -> None:
    watch = RecordingWatch()
    watch.is_leaving = True
    watch.accepted = lambda remote_id: watch.cancelled.set()  # type: ignore[method-assign]
    error = failure(replicate, service.never_ends(), watch)
    assert (error.kind, error.charged) == ("cancelled", Charged.UNKNOWN)
    assert replicate.cancels == []


def test_cancel_before_the_order_buys_nothing(replicate: ReplicateApi) -> None:
    watch = RecordingWatch()
    watch.cancelled.set()
    with pytest.raises(CancelledError):
        replicate_for(replicate).predict(inpaint(), watch)
    assert (replicate.paid, watch.events) == ([], [])


def test_failed_polls_are_repeated(replicate: ReplicateApi, watch: RecordingWatch) -> None:
    polls = (
        (500, b"{}"), "cut", (200, b"<html>"), (200, b'{"id": "another", "status": "failed"}'),
        (429, b'{"retry_after": 0}'), (502, b""),
    )  # fmt: skip
    replicate.script(service.runs(polls=polls))
    assert replicate_for(replicate).predict(ORDER, watch).images
    assert len(replicate.paid) == 1


@pytest.mark.parametrize(("status", "kind"), [(401, "auth"), (404, "expired")])
def test_a_poll_that_will_never_work_ends_as_uncertain(
    replicate: ReplicateApi, watch: RecordingWatch, status: int, kind: str
) -> None:
    error = failure(replicate, service.runs(polls=((status, b"{}"),)), watch)
    assert (error.kind, error.charged) == (kind, Charged.UNKNOWN)


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
