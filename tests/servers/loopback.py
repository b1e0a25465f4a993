"""What every server on loopback is: a thread of its own, all it received, no trace at its end."""

import json
import ssl
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from tests.servers.received import Received, parse_form

_CERTIFICATE = Path(__file__).with_name("loopback_tls.pem")


def trusting_tls() -> ssl.SSLContext:
    """What a client needs to trust the certificate of a server with TLS."""
    return ssl.create_default_context(cafile=_CERTIFICATE)


class Loopback:
    """The server, a context. `url` is the base URL to configure, its `/v1` included."""

    def __init__(
        self, handler: "type[LoopbackHandler]", name: str, port: int = 0, *, is_https: bool = False
    ) -> None:
        self.received: list[Received] = []
        self.closing = threading.Event()
        self.arrived = threading.Semaphore(0)
        self.lock = threading.RLock()
        self._scheme = "https" if is_https else "http"
        mine = type(handler.__name__, (handler,), {"state": self})
        self._server = _Server(("127.0.0.1", port), mine)
        if is_https:
            self._server.socket = _server_tls().wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._serve, name=name)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/v1"

    def keep(self, request: Received) -> None:
        with self.lock:
            self.received.append(request)
        self.arrived.release()

    def wait_for_request(self, seconds: float = 20.0) -> None:
        """Until one more request was received."""
        if not self.arrived.acquire(timeout=seconds):
            raise AssertionError("no request arrived")

    def close(self) -> None:
        """End every hanging answer, then the server; no thread is left."""
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def serve_by_hand(self, told: Callable[[Received], str]) -> None:
        """Until interrupted; prints what arrives."""
        _print(self.url)
        try:
            while True:
                if self.arrived.acquire(timeout=0.5):
                    _print(told(self.received[-1]))
        except KeyboardInterrupt:
            pass

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)


class LoopbackHandler(BaseHTTPRequestHandler):
    """Reads a request whole and answers it; `state` is the server."""

    protocol_version = "HTTP/1.1"
    state: Any

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class' name
        """Silent."""

    def without_body(self) -> Received:
        return Received(self.command, self.path, dict(self.headers.items()), b"")

    def whole(self) -> Received:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = dict(self.headers.items())
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            return Received(self.command, self.path, headers, body, parts=parse_form(body, kind))
        try:
            return Received(self.command, self.path, headers, body, json=json.loads(body))
        except ValueError:
            return Received(self.command, self.path, headers, body)

    def answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def hang(self) -> None:
        """Say nothing more until the server closes."""
        self.state.closing.wait()
        self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close() joins every answer
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is what is being tested; anything else is a bug here."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def _server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_CERTIFICATE)
    return context


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
