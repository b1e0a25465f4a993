"""Cancel at each of the eight points where a call can hang, and the deadline of a dripping one."""

import gc
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from aipaint.errors import AipaintError
from aipaint.providers.errors import ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpCall
from tests.providers.test_http import full_listener
from tests.servers.images_api import (
    Behavior,
    ImagesApi,
    drips,
    never_answers,
    never_reads,
    stalls,
    trusting_tls,
)
from tests.soak.figure import Figure, at_most, exactly

_KEY = {"Authorization": "Bearer sk-test"}
_FAR_SECONDS = 60.0
_HANG_SECONDS = 0.05
_P99_MILLISECONDS = 100
_MOST_MILLISECONDS = 250
_SMALL = HttpCall("POST", "images/generations", b'{"prompt": "x"}', "text/plain", is_paid=True)
_LARGE = HttpCall("POST", "images/edits", bytes(16_000_000), "x/y", is_paid=True)


@dataclass(frozen=True)
class _Point:
    """Where it hangs: the address, the call, and how long until it does."""

    url: str
    call: HttpCall
    is_hanging: Callable[[], None]
    tls: ssl.SSLContext | None = None


def cancels(is_quick: bool) -> list[Figure]:
    """Eight hang points × 50."""
    rounds = 3 if is_quick else 50
    threads, handles = threading.active_count(), _open_files()
    found: list[Figure] = []
    for name, point in _POINTS.items():
        with point() as where:
            times = sorted(_cancelled(where) for _ in range(rounds))
        p99 = times[min(len(times) - 1, len(times) * 99 // 100)]
        # A quick run shares the machine with the rest of the gate: only the hang is looked for.
        limit = 2_000 if is_quick else _P99_MILLISECONDS
        found.append(at_most(f"cancel, {name}: p99 of {rounds}", p99, limit, " ms"))
        worst = 4_000 if is_quick else _MOST_MILLISECONDS
        found.append(at_most(f"cancel, {name}: worst", times[-1], worst, " ms"))
    gc.collect()
    _settle_down(threads)
    found.append(exactly("threads left", max(0, threading.active_count() - threads)))
    found.append(exactly("sockets left", max(0, _open_files() - handles)))
    return found


def deadlines(is_quick: bool) -> list[Figure]:
    """A server that drips for ever is given up at the total deadline."""
    worst = 0.0
    with ImagesApi(default=drips()) as api:
        for _ in range(2 if is_quick else 20):
            client = HttpClient(api.url, _KEY, 0.5)
            started = time.monotonic()
            kind = ""
            try:
                client.send(_SMALL, client.until(threading.Event()))
            except ProviderError as error:
                kind = error.kind
            assert kind == "timeout"
            worst = max(worst, time.monotonic() - started)
    return [at_most("a drip ends after its deadline of 0.5 s", worst, 4 if is_quick else 1.0, " s")]


def _cancelled(point: _Point) -> float:
    """Milliseconds from the cancel to the end of the worker."""
    cancelled = threading.Event()
    client = HttpClient(point.url, _KEY, _FAR_SECONDS, tls=point.tls)
    ended: list[float] = []

    def work() -> None:
        try:
            client.send(point.call, client.until(cancelled))
        except AipaintError:
            ended.append(time.monotonic())

    worker = threading.Thread(target=work)
    worker.start()
    point.is_hanging()
    time.sleep(_HANG_SECONDS)
    assert worker.is_alive(), "it did not hang"
    asked = time.monotonic()
    cancelled.set()
    worker.join(_FAR_SECONDS)
    return (ended[0] - asked) * 1000


@contextmanager
def _server(behavior: Behavior, call: HttpCall = _SMALL) -> Iterator[_Point]:
    with ImagesApi(default=behavior) as api:
        yield _Point(api.url, call, api.wait_for_request)


@contextmanager
def _secure_server() -> Iterator[_Point]:
    with ImagesApi(default=never_answers(), is_https=True) as api:
        url = api.url.replace("127.0.0.1", "localhost")
        yield _Point(url, _SMALL, api.wait_for_request, trusting_tls())


@contextmanager
def _silent_handshake() -> Iterator[_Point]:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/v1"
        yield _Point(url, _SMALL, lambda: None, trusting_tls())


@contextmanager
def _black_hole() -> Iterator[_Point]:
    with full_listener() as port:
        yield _Point(f"http://127.0.0.1:{port}/v1", _SMALL, lambda: None)


@contextmanager
def _hung_resolver() -> Iterator[_Point]:
    release, asked = threading.Event(), threading.Semaphore(0)
    real = socket.getaddrinfo

    def hang(*_: object, **__: object) -> list[object]:
        asked.release()
        release.wait(_FAR_SECONDS)
        return []

    def is_hanging() -> None:
        assert asked.acquire(timeout=20)

    socket.getaddrinfo = hang  # type: ignore[assignment]
    try:
        yield _Point("http://slow.example/v1", _SMALL, is_hanging)
    finally:
        socket.getaddrinfo = real
        release.set()


_POINTS: dict[str, Callable[[], AbstractContextManager[_Point]]] = {
    "never answers": lambda: _server(never_answers()),
    "stalls in the body": lambda: _server(stalls()),
    "drips": lambda: _server(drips()),
    "never reads the upload": lambda: _server(never_reads(), _LARGE),
    "TLS, never answers": _secure_server,
    "TLS handshake stalls": _silent_handshake,
    "connect into a black hole": _black_hole,
    "hung name resolution": _hung_resolver,
}


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def _settle_down(threads: int) -> None:
    ends_at = time.monotonic() + 5
    while threading.active_count() > threads and time.monotonic() < ends_at:
        time.sleep(0.02)
