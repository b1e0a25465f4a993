"""Every way a call can hang or break, against real sockets on loopback."""

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from aipaint.errors import AipaintError, CancelledError, UsageError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpCall
from tests.servers.images_api import (
    Behavior,
    ImagesApi,
    cuts,
    drips,
    fixed,
    never_answers,
    never_reads,
    stalls,
    trusting_tls,
)

KEY = "sk-test-0123456789"
PAID = HttpCall("POST", "images/generations", b'{"prompt": "x"}', "application/json", is_paid=True)


def client_of(url: str, deadline_seconds: float = 30.0) -> HttpClient:
    return HttpClient(url, {"Authorization": f"Bearer {KEY}"}, deadline_seconds)


class Cancelled:
    """A call that was cancelled while it hung (its deadline is far away), and how it ended."""

    def __init__(self, client: HttpClient, call: HttpCall, is_hanging: Callable[[], None]) -> None:
        cancelled = threading.Event()
        self.ended: AipaintError | None = None
        worker = threading.Thread(target=self._run, args=(client, call, cancelled))
        worker.start()
        is_hanging()
        time.sleep(0.1)  # well inside the wait that is being tested
        assert worker.is_alive()
        cancelled.set()
        worker.join(10)
        assert not worker.is_alive()

    def _run(self, client: HttpClient, call: HttpCall, cancelled: threading.Event) -> None:
        try:
            client.send(call, client.until(cancelled))
        except AipaintError as error:
            self.ended = error

    def was_maybe_charged(self) -> bool:
        error = self.ended
        return (
            isinstance(error, ProviderError)
            and error.kind == "cancelled"
            and error.charged is Charged.UNKNOWN
        )


def test_an_answer_arrives_with_status_headers_and_body(api: ImagesApi) -> None:
    api.script(fixed(418, b"short and stout", "text/plain"))
    client = client_of(api.url)
    answer = client.send(PAID, client.until(threading.Event()))
    assert (answer.status, answer.body) == (418, b"short and stout")
    assert answer.headers["content-type"] == "text/plain"


def test_the_path_of_the_base_address_stays_in_front() -> None:
    client = client_of("https://relay.example/openai/v1/")
    assert client.absolute("images/edits") == "https://relay.example/openai/v1/images/edits"
    assert client.absolute("/models") == "https://relay.example/openai/v1/models"


@pytest.mark.parametrize("hang", [never_answers, stalls, drips])
def test_cancel_ends_a_call_that_waits_for_the_server(
    api: ImagesApi, hang: Callable[[], Behavior]
) -> None:
    api.script(hang())
    cancelled = Cancelled(client_of(api.url), PAID, api.wait_for_request)
    assert cancelled.was_maybe_charged()


def test_cancel_ends_an_upload_that_nobody_reads(api: ImagesApi) -> None:
    api.script(never_reads())
    upload = HttpCall("POST", "images/edits", bytes(64_000_000), "x/y", is_paid=True)
    cancelled = Cancelled(client_of(api.url), upload, api.wait_for_request)
    assert cancelled.was_maybe_charged()


def test_cancel_ends_connecting_to_a_server_that_does_not_accept() -> None:
    with full_listener() as port:
        client = client_of(f"http://127.0.0.1:{port}/v1")
        cancelled = Cancelled(client, PAID, lambda: None)
    assert isinstance(cancelled.ended, CancelledError)


def test_cancel_ends_a_tls_handshake_that_stalls() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = client_of(f"https://127.0.0.1:{silent.getsockname()[1]}/v1")
        cancelled = Cancelled(client, PAID, lambda: None)
    assert isinstance(cancelled.ended, CancelledError)


def test_cancel_ends_name_resolution_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, release = threading.Event(), threading.Event()

    def hanging_resolver(*_args: object, **_kwargs: object) -> list[object]:
        asked.set()
        release.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hanging_resolver)
    try:
        client = client_of("http://slow.example/v1")
        cancelled = Cancelled(client, PAID, lambda: _wait(asked))
    finally:
        release.set()
    assert isinstance(cancelled.ended, CancelledError)


def test_a_drip_ends_at_the_total_deadline(api: ImagesApi) -> None:
    api.script(drips())
    client = client_of(api.url, deadline_seconds=0.5)
    with pytest.raises(ProviderError) as caught:
        client.send(PAID, client.until(threading.Event()))
    assert (caught.value.kind, caught.value.charged) == ("timeout", Charged.UNKNOWN)
    assert caught.value.raw.startswith(b'{"created"')


def test_a_cut_connection_may_have_been_charged_and_is_not_repeatable(api: ImagesApi) -> None:
    api.script(cuts())
    client = client_of(api.url)
    with pytest.raises(ProviderError) as caught:
        client.send(PAID, client.until(threading.Event()))
    assert (caught.value.kind, caught.value.charged) == ("network", Charged.UNKNOWN)
    assert not caught.value.retryable


def test_a_refused_connection_was_not_sent_and_is_repeatable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    marked: list[str] = []
    call = HttpCall(
        "POST", "x", b"x", is_paid=True, before_first_byte=lambda: marked.append("sent")
    )
    client = client_of(f"http://127.0.0.1:{port}/v1")
    with pytest.raises(ProviderError) as caught:
        client.send(call, client.until(threading.Event()))
    assert (caught.value.kind, caught.value.charged) == ("network", Charged.NO)
    assert caught.value.retryable
    assert "127.0.0.1" in caught.value.message
    assert marked == []


def test_nothing_is_written_before_the_mark_and_a_failing_mark_stops_the_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def full_disk() -> None:
            connection = opened.enter_context(listener.accept()[0])
            connection.settimeout(0.2)
            with pytest.raises(TimeoutError):
                connection.recv(1)
            raise UsageError("the disk is full")

        call = HttpCall("POST", "images/generations", b"x", before_first_byte=full_disk)
        client = client_of(f"http://127.0.0.1:{listener.getsockname()[1]}/v1")
        with contextlib.ExitStack() as opened, pytest.raises(UsageError, match="disk is full"):
            client.send(call, client.until(threading.Event()))


def test_a_cancel_before_the_call_sends_nothing(api: ImagesApi) -> None:
    cancelled = threading.Event()
    cancelled.set()
    client = client_of(api.url)
    with pytest.raises(CancelledError):
        client.send(PAID, client.until(cancelled))
    assert api.received == []


def test_redirects_are_not_followed(api: ImagesApi) -> None:
    api.script(fixed(307, b"", "text/plain", Location=f"{api.origin}/v1/elsewhere"))
    client = client_of(api.url)
    assert client.send(PAID, client.until(threading.Event())).status == 307
    assert len(api.received) == 1


def test_the_key_goes_to_its_own_origin_only(api: ImagesApi) -> None:
    with ImagesApi() as other:
        client = client_of(api.url)
        stop = client.until(threading.Event())
        client.send(HttpCall("GET", "models"), stop)
        client.send(HttpCall("GET", f"{other.url}/models"), stop)
        assert api.received[0].headers["Authorization"] == f"Bearer {KEY}"
        assert "Authorization" not in other.received[0].headers


def test_a_private_address_is_refused_for_addresses_a_server_named(api: ImagesApi) -> None:
    client = client_of("https://api.example/v1")
    call = HttpCall("GET", f"{api.url}/models", is_public_only=True)
    with pytest.raises(ProviderError, match="private network"):
        client.send(call, client.until(threading.Event()))
    assert api.received == []


def test_an_oversized_answer_is_cut_off_and_counts_as_charged(api: ImagesApi) -> None:
    api.script(fixed(200, b"x" * 300_000))
    call = HttpCall("POST", "images/edits", b"x", is_paid=True, body_limit_bytes=100_000)
    client = client_of(api.url)
    with pytest.raises(ProviderError) as caught:
        client.send(call, client.until(threading.Event()))
    assert (caught.value.kind, caught.value.charged) == ("bad_answer", Charged.YES)
    assert len(caught.value.raw) == 100_000


def test_a_compression_bomb_is_not_inflated(api: ImagesApi) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    api.script(fixed(200, bomb, Content_Encoding="gzip"))
    call = HttpCall("POST", "images/edits", b"x", is_paid=True, body_limit_bytes=1_000_000)
    client = client_of(api.url)
    with pytest.raises(ProviderError, match="larger than"):
        client.send(call, client.until(threading.Event()))


def test_an_unasked_compression_is_undone(api: ImagesApi) -> None:
    api.script(fixed(200, gzip.compress(b"plain text"), Content_Encoding="gzip"))
    client = client_of(api.url)
    assert client.send(PAID, client.until(threading.Event())).body == b"plain text"
    assert api.received[0].headers["Accept-Encoding"] == "identity"


def test_a_refusal_stays_a_refusal_when_its_text_never_ends(api: ImagesApi) -> None:
    api.script(fixed(401, b"{}", Content_Length="100"))
    client = client_of(api.url, deadline_seconds=1.0)
    answer = client.send(PAID, client.until(threading.Event()))
    assert (answer.status, answer.is_complete) == (401, False)


@pytest.mark.parametrize("key", ["sk-secret\n", "sk-\u00e9secret", "sk-\x00secret"])
def test_a_key_that_cannot_be_sent_is_never_shown(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        HttpClient("https://api.example/v1", {"Authorization": f"Bearer {key}"}, 1.0)
    assert "secret" not in str(caught.value)


def test_a_certificate_that_is_not_trusted_is_final_and_nothing_is_sent() -> None:
    with ImagesApi(is_https=True) as api:
        client = client_of(api.url)
        with pytest.raises(ProviderError, match="not safe") as caught:
            client.send(PAID, client.until(threading.Event()))
        assert api.received == []
    assert caught.value.charged is Charged.NO
    assert not caught.value.retryable


def test_https_carries_large_bodies_both_ways_and_can_be_cancelled() -> None:
    with ImagesApi(is_https=True) as api:
        client = HttpClient(api.url, {}, 30.0, tls=trusting_tls())
        body = bytes(range(256)) * 20_000
        api.script(fixed(200, body), never_answers())
        call = HttpCall("POST", "images/edits", body, "x/y", is_paid=True)
        assert client.send(call, client.until(threading.Event())).body == body
        assert api.received[0].body == body
        api.wait_for_request()
        cancelled = Cancelled(client, call, api.wait_for_request)
    assert cancelled.was_maybe_charged()


def _wait(event: threading.Event) -> None:
    assert event.wait(20)


@contextlib.contextmanager
def full_listener() -> Iterator[int]:
    """A port that takes no further connection: attempts hang as if packets were lost."""
    with socket.socket() as listener, contextlib.ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        for _ in range(8):
            filler = waiting.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(address)
        time.sleep(0.1)
        yield address[1]
