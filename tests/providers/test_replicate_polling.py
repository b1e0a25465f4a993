"""What follows an order at Replicate: polls, resuming by id, lost orders, cancel."""

import random
import threading
import time
from collections.abc import Iterator

import pytest

from aipaint.errors import CancelledError
from aipaint.money import Usage
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.replicate import Replicate
from aipaint.providers.replicate_options import ReplicateOptions
from tests.providers.recording_watch import RecordingWatch
from tests.providers.replicate_setup import ORDER, PRESETS, TOKEN, failure, inpaint, replicate_for
from tests.servers import replicate_orders as service
from tests.servers.replicate_api import ReplicateApi

_INPAINTING = "stability-ai/stable-diffusion-inpainting"


@pytest.fixture
def replicate() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        yield server


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
    assert provider.find_lost(request, sent_at, RecordingWatch(), {found}) is None
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


def test_a_cancel_before_it_began_is_free_if_replicate_says_so(replicate: ReplicateApi) -> None:
    watch = RecordingWatch()
    watch.accepted = lambda remote_id: watch.cancelled.set()  # type: ignore[method-assign]
    error = failure(replicate, service.runs(statuses=("starting",)), watch)
    deadline = time.monotonic() + 5
    while not replicate.cancels and time.monotonic() < deadline:
        time.sleep(0.01)
    assert error.kind == "cancelled"
    # A slow answer to the cancel leaves it uncertain: nobody is kept waiting for it.
    assert error.charged is (Charged.NO if error.is_end else Charged.UNKNOWN)
    assert len(replicate.cancels) == 1
    (number,) = replicate.predictions
    with pytest.raises(ProviderError) as later:
        replicate_for(replicate).resume(number, ORDER, RecordingWatch())
    assert (later.value.charged, later.value.is_end) == (Charged.NO, True)


def test_what_was_seen_at_work_is_not_free_although_no_start_is_told(
    replicate: ReplicateApi,
) -> None:
    watch = RecordingWatch()

    def cancel_it(fraction: float | None, message: str) -> None:
        if message == "Painting at Replicate":
            next(iter(replicate.predictions.values()))["started_at"] = None
            watch.cancelled.set()

    watch.progress = cancel_it  # type: ignore[method-assign]
    error = failure(replicate, service.runs(statuses=("starting", "processing")), watch)
    assert (error.kind, error.charged) == ("cancelled", Charged.UNKNOWN)


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


def test_polls_that_fail_again_and_again_are_given_up_as_uncertain(
    replicate: ReplicateApi, watch: RecordingWatch
) -> None:
    error = failure(replicate, service.runs(polls=((502, b""),) * 100), watch)
    assert (error.kind, error.charged, error.status) == ("server", Charged.UNKNOWN, 502)
    assert 10 < sum(request.method == "GET" for request in replicate.received) < 100


@pytest.mark.parametrize(("status", "kind"), [(401, "auth"), (404, "expired")])
def test_a_poll_that_will_never_work_ends_as_uncertain(
    replicate: ReplicateApi, watch: RecordingWatch, status: int, kind: str
) -> None:
    error = failure(replicate, service.runs(polls=((status, b"{}"),)), watch)
    assert (error.kind, error.charged) == (kind, Charged.UNKNOWN)
