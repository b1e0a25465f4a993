"""A purchase: marked before its first byte, repeated only if refused, ended by a cancel."""

import random
import threading
from collections.abc import Callable

import pytest

from aipaint.errors import CancelledError, StorageError
from aipaint.providers.attempt import AttemptEnd, AttemptResult
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpAnswer, HttpCall
from aipaint.providers.openai_compat import OpenAICompatible
from aipaint.providers.paid_call import PaidCall
from aipaint.providers.retries import RetryPolicy
from aipaint.providers.stop_sign import Stopped, StopReason, StopSign
from tests.providers.openai_setup import GENERATE, failure_of, provider_for
from tests.providers.recording_watch import RecordingWatch
from tests.servers import images_api as service
from tests.servers.images_api import Behavior, ImagesApi


def test_sending_is_marked_before_the_first_byte_and_pictures_are_stored_before_the_end(
    api: ImagesApi,
) -> None:
    class Strict(RecordingWatch):
        def sending(self) -> None:
            assert api.received == []
            super().sending()

    watch = Strict()
    prediction = provider_for(api).predict(GENERATE, watch)
    assert watch.events == ["sending", "arrived png"]
    assert watch.pictures == [(prediction.images[0], "png")]


@pytest.mark.parametrize(
    "refused", [lambda: service.rate_limited("0.01"), service.rate_limited, service.overloaded]
)
def test_what_was_not_accepted_is_sent_again_and_marked_once(
    api: ImagesApi, watch: RecordingWatch, refused: Callable[[], Behavior]
) -> None:
    api.script(refused(), refused())
    assert len(provider_for(api).predict(GENERATE, watch).images) == 1
    assert len(api.paid) == 3
    assert api.paid[0].body == api.paid[2].body
    assert watch.events == ["sending", "arrived png"]


def test_every_try_is_told_with_its_end(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script(service.rate_limited("0.01"), service.overloaded())
    provider_for(api).predict(GENERATE, watch)
    assert [(end.result.value, end.http_status) for end in _ends(watch)] == [
        ("refused", 429), ("refused", 503), ("answered", 200),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("behavior", "result", "status"),
    [
        (service.cuts(), AttemptResult.UNKNOWN, None),
        (service.server_error(), AttemptResult.UNKNOWN, 500),
        (service.wrong_key(), AttemptResult.REFUSED, 401),
        (service.no_quota(), AttemptResult.REFUSED, 429),
    ],
)
def test_what_may_have_been_taken_is_one_try_and_no_more(
    api: ImagesApi,
    watch: RecordingWatch,
    behavior: Behavior,
    result: AttemptResult,
    status: int | None,
) -> None:
    failure_of(api, behavior, watch)
    assert len(api.paid) == 1
    (end,) = _ends(watch)
    assert (end.result, end.http_status) == (result, status)


def test_a_try_that_a_cancel_ends_is_uncertain_once_it_was_sent(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(service.never_answers())
    _cancelled_while(api, provider_for(api), watch)
    assert [end.result for end in _ends(watch)] == [AttemptResult.UNKNOWN]


def _ends(watch: RecordingWatch) -> list[AttemptEnd]:
    return [end for end in watch.attempts if end is not None]


def test_retries_end(api: ImagesApi, watch: RecordingWatch) -> None:
    api.default = service.rate_limited("0.01")
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(GENERATE, watch)
    assert (caught.value.kind, caught.value.charged) == ("rate_limit", Charged.NO)
    assert len(api.paid) == 4


@pytest.mark.parametrize("pause", ["121", "Wed, 01 Jan 2098 00:00:00 GMT", "9" * 400])
def test_a_pause_above_the_limit_is_not_waited_for(
    api: ImagesApi, watch: RecordingWatch, pause: str
) -> None:
    error = failure_of(api, service.rate_limited(pause), watch)
    assert (error.kind, error.charged) == ("rate_limit", Charged.NO)
    assert error.retry_after_seconds is not None
    assert error.retry_after_seconds > 120
    assert len(api.paid) == 1


def test_a_pause_beyond_the_deadline_is_not_waited_for(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(service.rate_limited("100"))
    with pytest.raises(ProviderError, match="fewer requests"):
        provider_for(api).predict(GENERATE, watch)
    assert len(api.paid) == 1


def test_cancel_during_a_pause_ends_it_uncharged(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script(service.rate_limited("100"))
    error = _cancelled_while(api, provider_for(api, timeout_seconds=600), watch)
    assert isinstance(error, ProviderError)
    assert (error.kind, error.charged) == ("cancelled", Charged.NO)
    assert len(api.paid) == 1


def test_cancel_while_the_provider_works_leaves_the_cost_open(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(service.never_answers())
    error = _cancelled_while(api, provider_for(api), watch)
    assert isinstance(error, ProviderError)
    assert (error.kind, error.charged) == ("cancelled", Charged.UNKNOWN)


def test_cancel_before_anything_is_sent(api: ImagesApi, watch: RecordingWatch) -> None:
    watch.cancelled.set()
    with pytest.raises(CancelledError):
        provider_for(api).predict(GENERATE, watch)
    assert api.received == []
    assert watch.events == []


def test_a_server_that_is_not_there_is_an_uncharged_network_failure(watch: RecordingWatch) -> None:
    with ImagesApi() as gone:
        provider = provider_for(gone)
    with pytest.raises(ProviderError) as caught:
        provider.predict(GENERATE, watch)
    assert (caught.value.kind, caught.value.charged) == ("network", Charged.NO)
    assert watch.events == []
    assert {end.result for end in _ends(watch)} == {AttemptResult.NOT_SENT}
    assert len(watch.attempts) == 4


def test_a_call_that_takes_too_long_ends_at_the_deadline(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(service.stalls())
    with pytest.raises(ProviderError) as caught:
        provider_for(api, timeout_seconds=0.4).predict(GENERATE, watch)
    assert (caught.value.kind, caught.value.charged) == ("timeout", Charged.UNKNOWN)


def _cancelled_while(
    api: ImagesApi, provider: OpenAICompatible, watch: RecordingWatch
) -> Exception | None:
    """Cancel once the server has the request; what the call raised."""
    ended: list[Exception] = []

    def run() -> None:
        try:
            provider.predict(GENERATE, watch)
        except (ProviderError, CancelledError) as error:
            ended.append(error)

    worker = threading.Thread(target=run)
    worker.start()
    api.wait_for_request()
    threading.Event().wait(0.15)  # let the client read the answer and start to wait
    watch.cancelled.set()
    worker.join(20)
    assert not worker.is_alive()
    return ended[0] if ended else None


def test_each_try_says_what_it_waits_for(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script(service.rate_limited("0.01"))
    provider_for(api).predict(GENERATE, watch)
    assert watch.messages[:4] == ["Connecting", "Waiting for the provider"] * 2


@pytest.mark.parametrize(
    ("reason", "kind", "words"),
    [
        (StopReason.DEADLINE, "timeout", "The time was over before the provider took"),
        (StopReason.CANCELLED, "cancelled", "Cancelled after the provider had refused"),
    ],
)
def test_what_ends_between_two_tries_cost_nothing_and_says_why(
    api: ImagesApi, watch: RecordingWatch, reason: StopReason, kind: str, words: str
) -> None:
    class Ending(StopSign):
        def wait(self, seconds: float) -> None:
            raise Stopped(reason)

    api.script(service.rate_limited("0.01"))
    with pytest.raises(ProviderError, match=words) as caught:
        _sent(api, watch, Ending(watch.cancelled, 30))
    assert (caught.value.kind, caught.value.charged) == (kind, Charged.NO)
    assert len(api.paid) == 1


def test_a_time_that_is_over_at_once_is_no_cancel(api: ImagesApi, watch: RecordingWatch) -> None:
    class Over(RecordingWatch):
        def attempt_started(self) -> None:
            raise Stopped(StopReason.DEADLINE)

    with pytest.raises(ProviderError) as caught:
        _sent(api, Over(), StopSign(watch.cancelled, 30))
    assert (caught.value.kind, caught.value.charged) == ("timeout", Charged.NO)


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (CancelledError("Cancelled."), AttemptResult.CANCELLED),
        (StorageError("The disk is full."), AttemptResult.NOT_SENT),
    ],
)
def test_what_the_watch_refuses_before_the_first_byte_was_not_sent(
    api: ImagesApi, error: Exception, result: AttemptResult
) -> None:
    class Refusing(RecordingWatch):
        def sending(self) -> None:
            raise error

    watch = Refusing()
    with pytest.raises(type(error)):
        _sent(api, watch, StopSign(watch.cancelled, 30))
    assert watch.attempts == [AttemptEnd(result, type(error).__name__)]
    assert api.paid == []


@pytest.mark.parametrize("error", [StorageError("Full."), CancelledError("Cancelled.")])
def test_what_goes_wrong_with_an_answer_leaves_the_try_uncertain(
    api: ImagesApi, watch: RecordingWatch, error: Exception
) -> None:
    def refused(answer: HttpAnswer) -> ProviderError:
        raise error

    api.script(service.server_error())
    with pytest.raises((StorageError, ProviderError)):
        _sent(api, watch, StopSign(watch.cancelled, 30), refused)
    assert watch.attempts == [AttemptEnd(AttemptResult.UNKNOWN, type(error).__name__)]
    assert len(api.paid) == 1


def test_each_try_that_never_left_is_told_as_not_sent_though_one_before_it_was(
    api: ImagesApi,
) -> None:
    class Gone(RecordingWatch):
        def attempt_started(self) -> None:
            super().attempt_started()
            if len(self.attempts) == 2:
                api.close()

    watch = Gone()
    api.script(service.rate_limited("0.01"))
    with pytest.raises(ProviderError):
        _sent(api, watch, StopSign(watch.cancelled, 30))
    ends = [end.result for end in _ends(watch)]
    assert ends == [AttemptResult.REFUSED, *[AttemptResult.NOT_SENT] * 3]


def _sent(
    api: ImagesApi,
    watch: RecordingWatch,
    stop: StopSign,
    refused: Callable[[HttpAnswer], ProviderError] | None = None,
) -> HttpAnswer:
    """The answer to a call that is refused, if it is, as one that may be sent again."""

    def again(answer: HttpAnswer) -> ProviderError:
        return ProviderError(
            "Later.", kind="rate_limit", charged=Charged.NO, status=answer.status, retryable=True
        )

    client = HttpClient(api.url, {}, 30)
    call = HttpCall("POST", "images/generations", b"{}", "application/json", is_paid=True)
    policy = RetryPolicy(first_pause_seconds=0.01)
    return PaidCall(client, stop, watch, refused or again).send(call, policy, random.Random(1))
