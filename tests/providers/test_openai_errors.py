"""Every refusal and every useless answer, and what it costs."""

from datetime import UTC, datetime

import pytest

from aipaint.providers.errors import Charged
from aipaint.providers.openai_errors import retry_after_seconds
from tests.providers.openai_setup import KEY, failure_of
from tests.providers.recording_watch import RecordingWatch
from tests.servers import images_api as service
from tests.servers.images_api import Behavior, ImagesApi


@pytest.mark.parametrize(
    ("behavior", "kind", "charged"),
    [
        (service.wrong_key(), "auth", Charged.NO),
        (service.unverified(), "auth", Charged.NO),
        (service.dead_model(), "model", Charged.NO),
        (service.too_large(), "request", Charged.NO),
        (service.no_quota(), "quota", Charged.NO),
        (service.moderated(), "moderation", Charged.NO),
        (service.unknown_parameter(), "request", Charged.NO),
        (service.server_error(), "server", Charged.UNKNOWN),
        (service.fixed(503, b"<html>bad gateway"), "server", Charged.UNKNOWN),
        (service.fixed(408, b""), "server", Charged.UNKNOWN),
        (service.fixed(402, b'{"error": {"code": 402}}'), "quota", Charged.NO),
        (service.fixed(307, b""), "request", Charged.NO),
        (service.cuts(), "network", Charged.UNKNOWN),
        (service.malformed_json(), "bad_answer", Charged.YES),
        (service.web_page(), "bad_answer", Charged.YES),
        (service.no_image(), "bad_answer", Charged.YES),
        (service.fixed(200, b'{"data": null}'), "bad_answer", Charged.YES),
        (service.fixed(200, b"[" * 200_000), "bad_answer", Charged.YES),
        (service.fixed(200, b""), "bad_answer", Charged.YES),
    ],
)
def test_failures_are_told_apart_and_never_sent_twice(
    api: ImagesApi, watch: RecordingWatch, behavior: Behavior, kind: str, charged: Charged
) -> None:
    error = failure_of(api, behavior, watch)
    assert (error.kind, error.charged) == (kind, charged)
    assert error.message.endswith(".")
    assert error.hint
    assert len(api.paid) == 1
    assert watch.events[0] == "sending"


def test_bytes_that_are_no_picture_are_stored_and_carried_by_the_error(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    error = failure_of(api, service.no_image(), watch)
    assert error.raw == b"this is a text and not a picture"
    assert watch.pictures == [(error.raw, "bin")]


def test_what_cannot_be_read_is_carried_by_the_error(api: ImagesApi, watch: RecordingWatch) -> None:
    assert b"Please log in" in failure_of(api, service.web_page(), watch).raw


def test_a_key_that_a_server_repeats_is_taken_out(api: ImagesApi, watch: RecordingWatch) -> None:
    text = f"Incorrect API key provided: {KEY}"
    error = failure_of(api, service.failing(400, text, "invalid_request_error", None), watch)
    assert "[key]" in error.detail


@pytest.mark.parametrize(
    "body",
    [
        b'{"error": "prompt required"}',
        b'{"error": {"message": "prompt required", "code": 400}}',
        b'{"detail": "prompt required"}',
        b'{"detail": [{"loc": ["body"], "msg": "prompt required"}]}',
        b'{"title": "prompt required", "status": 400}',
    ],
)
def test_the_explanation_is_found_in_every_shape(
    api: ImagesApi, watch: RecordingWatch, body: bytes
) -> None:
    error = failure_of(api, service.fixed(400, body), watch)
    assert "prompt required" in error.message


NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Fri, 20 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "９"}, None),
        ({"retry-after": "9" * 400}, 1e9),
        ({"retry-after-ms": "soon", "retry-after": "4"}, 4.0),
        ({}, None),
    ],
)
def test_the_pause_a_server_asks_for(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after_seconds(headers, NOW) == expected
