"""Servers on this computer, looked for on real ports of the loopback."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from aipaint.providers.local_servers import LocalPlace, LocalServer, find_local_servers

_MODELS = json.dumps({"data": [{"id": "a"}, {"id": 5}, {"id": "b"}]}).encode()


@contextmanager
def _server(pages: Mapping[str, tuple[int, bytes]], *, hangs: bool = False) -> Iterator[int]:
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if hangs:
                closing.wait(30)
                return
            status, body = pages.get(self.path, (404, b""))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _found(
    preset: str, pages: Mapping[str, tuple[int, bytes]], path: str = "v1/models"
) -> LocalServer | None:
    with _server(pages) as port:
        found = find_local_servers(threading.Event(), [LocalPlace(port, "It", preset, path)], 20)
        if found:
            assert found[0].base_url.startswith(f"http://127.0.0.1:{port}")
        return found[0] if found else None


@pytest.mark.parametrize(
    ("preset", "pages", "told"),
    [
        ("localai", {"/v1/models": (200, _MODELS), "/readyz": (200, b"OK")}, "localai"),
        ("localai", {"/v1/models": (200, _MODELS)}, "generic"),
        ("localai", {"/api/v1/server-config": (200, b"{}")}, ""),
        ("sdcpp", {"/v1/models": (200, b'{"data": [{"id": "sd-cpp-local"}]}')}, "sdcpp"),
        ("sdcpp", {"/v1/models": (200, _MODELS)}, "generic"),
        ("ollama", {"/v1/models": (200, _MODELS)}, "ollama"),
        ("vllm-omni", {"/v1/models": (200, _MODELS)}, "vllm-omni"),
        ("litellm", {"/v1/models": (401, b"{}")}, "litellm"),
    ],
)
def test_it_is_known_by_its_answers(
    preset: str, pages: Mapping[str, tuple[int, bytes]], told: str
) -> None:
    found = _found(preset, pages)
    assert found is not None
    assert found.preset == told
    assert found.models in ((), ("a", "b"), ("sd-cpp-local",))
    assert bool(found.note) == (told in ("", "litellm"))


@pytest.mark.parametrize(
    "page", [(200, b"<html>"), (200, b'{"data": 5}'), (200, b"[" * 9999), (500, b"")]
)
def test_what_answers_otherwise_is_not_there(page: tuple[int, bytes]) -> None:
    assert _found("ollama", {"/v1/models": page}) is None


def test_servers_of_another_language_are_named_but_not_offered() -> None:
    found = _found("", {"/sdapi/v1/sd-models": (200, b"[]")}, "sdapi/v1/sd-models")
    assert found is not None
    assert (found.preset, "not spoken" in found.note) == ("", True)


def test_all_places_are_asked_at_once_and_silent_ones_are_left_alone() -> None:
    with ExitStack() as stack:
        silent = [stack.enter_context(_server({}, hangs=True)) for _ in range(4)]
        there = stack.enter_context(_server({"/v1/models": (200, _MODELS)}))
        places = [LocalPlace(port, "It", "ollama") for port in (*silent, there, 9)]
        found = find_local_servers(threading.Event(), places, 2.0)
    assert [server.base_url for server in found] == [f"http://127.0.0.1:{there}/v1"]
