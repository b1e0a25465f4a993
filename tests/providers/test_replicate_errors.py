"""What Replicate says when it refuses or fails, in the words and with the cost of one error."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from aipaint.money import Usage
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import HttpAnswer
from aipaint.providers.replicate_errors import bad_end, refusal
from aipaint.providers.replicate_prediction import RemotePrediction, read_prediction
from tests.providers.recording_watch import RecordingWatch
from tests.providers.replicate_setup import ORDER, PRESETS, TOKEN, failure, inpaint, replicate_for
from tests.servers import replicate_orders as service
from tests.servers.replicate_api import ReplicateApi

_NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_SECOND = 1_000_000
_SDXL, _FLUX = PRESETS[0], next(one for one in PRESETS if not one.is_billed_by_time)


def _refused(status: int, tree: object, **headers: str) -> ProviderError:
    body = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    answer = HttpAnswer(status, {k.replace("_", "-"): v for k, v in headers.items()}, body)
    return refusal(answer, "owner/name", lambda text: text.replace(TOKEN, "[key]"), _NOW)


def test_wrong_fields_are_named() -> None:
    error = _refused(422, json.loads(service.invalid_input().body))
    assert error.kind == "request"
    assert '"input"' in error.message
    assert "prompt is required" in error.message
    fields = [{"field": "input.scheduler"}, {"field": "input.seed"}, {"no": 1}, 7]
    assert '"scheduler", "seed"' in _refused(422, {"invalid_fields": fields}).message


@pytest.mark.parametrize(
    ("status", "tree", "kind"),
    [
        (422, json.loads(service.unknown_version().body), "model"),
        (404, {"detail": "Not found"}, "model"),
        (400, {"detail": "NSFW content detected in the input"}, "moderation"),
        (402, b"<html>", "billing"),
        (403, {"title": "Billing required", "detail": "x"}, "billing"),
        (403, {"detail": "Accept the license first"}, "auth"),
        (400, {"detail": "You have insufficient credit"}, "billing"),
        (302, b"", "request"),
        (418, {"detail": [1, 2]}, "request"),
        (400, b"[" * 100_000, "request"),
    ],
)
def test_refusals_are_final_and_free(status: int, tree: object, kind: str) -> None:
    error = _refused(status, tree)
    assert (error.kind, error.charged, error.retryable) == (kind, Charged.NO, False)
    assert error.hint


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504, 524])
def test_what_may_have_been_taken_is_uncertain(status: int) -> None:
    error = _refused(status, b"<html>")
    assert (error.kind, error.charged, error.retryable) == ("server", Charged.UNKNOWN, False)


@pytest.mark.parametrize(
    ("tree", "headers", "pause"),
    [
        ({"retry_after": 30}, {}, 30),
        ({"detail": "Request was throttled. Your rate limit resets in ~12s."}, {}, 12),
        ({"retry_after": 30}, {"retry_after": "5"}, 5),
        ({"retry_after": -1}, {}, None),
        ({"retry_after": True, "detail": {}}, {}, None),
        (b"slow down", {}, None),
    ],
)
def test_a_throttled_order_says_how_long(
    tree: object, headers: dict[str, str], pause: float | None
) -> None:
    error = _refused(429, tree, **headers)
    assert (error.kind, error.retryable, error.retry_after_seconds) == ("rate_limit", True, pause)


def test_a_pause_that_is_too_long_is_not_waited_for(
    api_down: ReplicateApi, watch: RecordingWatch
) -> None:
    error = failure(api_down, service.throttled(600), watch)
    assert (error.kind, error.charged, error.retryable) == ("rate_limit", Charged.NO, False)
    assert len(api_down.paid) == 1


@pytest.fixture
def api_down() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        yield server


def test_the_key_is_not_repeated() -> None:
    error = _refused(401, {"title": TOKEN, "detail": f"{TOKEN} is wrong"})
    assert TOKEN not in f"{error} {error.detail}"
    assert error.detail == "[key] is wrong"


_RAN = Usage(predict_microseconds=2 * _SECOND)


@pytest.mark.parametrize(
    ("status", "usage", "has_started", "by_time", "by_picture"),
    [
        ("aborted", None, False, Charged.NO, Charged.NO),
        ("aborted", _RAN, True, Charged.NO, Charged.NO),
        ("canceled", None, False, Charged.NO, Charged.NO),
        ("canceled", _RAN, True, Charged.YES, Charged.YES),
        ("failed", None, False, Charged.NO, Charged.NO),
        ("failed", _RAN, True, Charged.YES, Charged.NO),
        ("failed", None, True, Charged.YES, Charged.NO),
    ],
)
def test_what_a_bad_end_costs(
    status: str, usage: Usage | None, has_started: bool, by_time: Charged, by_picture: Charged
) -> None:
    remote = RemotePrediction("p1", status, usage=usage, has_started=has_started)
    for model, charged in ((_SDXL, by_time), (_FLUX, by_picture)):
        error = bad_end(remote, model, str)
        assert error.charged is charged
        assert error.usage == (usage if charged is Charged.YES else None)


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        (service.NSFW, "moderation", "Word the prompt"),
        ("Prediction interrupted; please retry (code: PA)", "server", "try again"),
        ("CUDA out of memory (E1001)", "server", "smaller"),
        ("Unknown error (E1000)", "server", "own page"),
        ("", "server", "own page"),
    ],
)
def test_a_failed_run_says_what_to_do(text: str, kind: str, word: str) -> None:
    error = bad_end(RemotePrediction("p1", "failed", error=text), _SDXL, str)
    assert error.kind == kind
    assert word in error.hint
    assert text.rstrip(".") in error.message


@pytest.mark.parametrize(
    ("order", "kind", "charged"),
    [
        (service.aborted(), "overload", Charged.NO),
        (service.canceled(), "cancelled", Charged.YES),
        (service.fails("boom"), "server", Charged.YES),
        (service.moderated(), "moderation", Charged.YES),
    ],
)
def test_bad_ends_over_the_wire(
    api_down: ReplicateApi, watch: RecordingWatch, order: service.Order, kind: str, charged: Charged
) -> None:
    error = failure(api_down, order, watch)
    assert (error.kind, error.charged) == (kind, charged)
    if charged is Charged.YES:
        assert error.usage == Usage(predict_microseconds=2_500_000)


def test_a_refused_upload_costs_nothing(api_down: ReplicateApi, watch: RecordingWatch) -> None:
    with pytest.raises(ProviderError) as caught:
        replicate_for(api_down, key="nokey").predict(inpaint(), watch)
    assert (caught.value.kind, caught.value.charged) == ("auth", Charged.NO)
    assert api_down.paid == []
    assert ORDER.images == ()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b'{"id": 7, "status": "starting"}', b'{"id": "abc"}',
        b'{"id": "a/b", "status": ""}', b"\xff",
        b'{"id": "' + b"a" * 200 + b'", "status": "starting"}',
    ],
)  # fmt: skip
def test_what_is_no_prediction(body: bytes) -> None:
    assert read_prediction(body) is None


def test_odd_figures_are_no_figures() -> None:
    tree = '{"id": "abc", "status": "succeeded", "created_at": %s, "metrics": %s}'
    for created, metrics in (
        ('"yesterday"', '{"predict_time": -1, "image_count": -3}'),
        ("12", '{"predict_time": 1e400, "image_count": true}'),
        ('"9999-12-31T23:59:59-23:59"', '{"predict_time": "3", "image_count": 2.5}'),
        ("null", "[1]"),
        ("{}", '{"predict_time": true}'),
    ):
        found = read_prediction((tree % (created, metrics)).encode())
        assert found is not None
        assert found.usage is None
    exact = read_prediction(
        (tree % ('"2026-11-20T12:00:00.000001Z"', '{"predict_time": 1.0000001}')).encode()
    )
    assert exact is not None
    assert exact.usage == Usage(predict_microseconds=1_000_001)  # rounded up
    assert exact.created_at_micros == int(_NOW.timestamp()) * _SECOND + 1
