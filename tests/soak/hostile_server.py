"""A server on loopback that answers as `hostile_answers` says; the way is part of the address."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast
from urllib.parse import unquote

from tests.soak.hostile_answers import FILES, PICTURES, TRANSPORT, Answer, Scene

WAYS: dict[str, Answer] = TRANSPORT | PICTURES


class HostileServer(socketserver.ThreadingTCPServer):
    """`base(way, adapter)` is the base URL to configure. `heard` is everything that arrived."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, key: str, elsewhere: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.key, self.elsewhere = key, elsewhere
        self.closing = threading.Event()
        self.heard: list[bytes] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def base(self, way: str, adapter: str) -> str:
        return f"{self.origin}/{way.replace(' ', '%20').replace(',', '%2C')}/{adapter}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever is treated like this goes away."""


class _Talk(socketserver.StreamRequestHandler):
    server: HostileServer

    def handle(self) -> None:
        head, path = self._heard()
        name = unquote(path)
        answer = FILES.get(name)
        parts = name.strip("/").split("/")
        if parts[-1] == "files":
            answer = FILES["an upload"]
        elif answer is None and head.startswith(b"POST") and len(parts) > 2:
            answer = WAYS.get(parts[0])
        scene = Scene(
            self.server.origin,
            self.server.elsewhere,
            "replicate" in parts,
            self.server.key,
            self.server.closing.wait,
        )
        with suppress(OSError):
            (answer or _nothing)(cast("BinaryIO", self.wfile), scene)
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)

    def _heard(self) -> tuple[bytes, str]:
        head = b""
        while line := self.rfile.readline(65_536):
            head += line
            if line == b"\r\n":
                break
        length = 0
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        self.server.heard.append(head + self.rfile.read(length))
        words = head.split(b" ", 2)
        return head, words[1].decode("latin-1") if len(words) > 1 else ""


def _nothing(out: BinaryIO, _: Scene) -> None:
    out.write(b"HTTP/1.1 404 X\r\nContent-Length: 2\r\n\r\n{}")


@contextmanager
def hostile_server(key: str, elsewhere: str = "") -> Iterator[HostileServer]:
    """Until the end of the block."""
    with HostileServer(key, elsewhere) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
