"""`selftest`: every part that can be missing on a machine, tried for real."""

import platform
import tempfile
import threading
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from aipaint import __version__
from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json
from aipaint.cli.workplace import Workplace
from aipaint.pixels.inpaint import remove
from aipaint.pixels.library_check import check_opencv, check_patchmatch
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.pixels.worker_process import Hearing
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpCall
from aipaint.settings.secrets import KeyStore

_PATIENCE_SECONDS = 10.0
_PACKAGES = ("PySide6-Essentials", "numpy", "opencv-python", "pillow", "httpx", "peewee", "keyring")


@dataclass(frozen=True)
class Check:
    """One part and how it did."""

    name: str
    ok: bool
    detail: str


def selftest(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Exit 0 if everything works; a missing keyring is only said, keys then live in memory."""
    parts: dict[str, Callable[[], str]] = {
        "opencv": check_opencv,
        "patchmatch": check_patchmatch,
        "keyring": _keyring,
        "httpx": _httpx,
        "database": lambda: _database(workplace),
        "qt_image": _qt_image,
        "offline_remove": _offline_remove,
    }
    checks = [_run(name, part) for name, part in parts.items()]
    all_ok = all(check.ok for check in checks)
    if arguments.json:
        rows = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks]
        print_json({"ok": all_ok, "checks": rows, "versions": _versions()})
    else:
        for check in checks:
            print(f"{'ok    ' if check.ok else 'FAILED'}  {check.name:<15} {check.detail}")
    return ExitCode.DONE if all_ok else ExitCode.FAILED


def _run(name: str, part: Callable[[], str]) -> Check:
    try:
        return Check(name, True, part())
    except Exception as error:  # a self-test reports whatever is broken instead of stopping at it
        return Check(name, False, f"{type(error).__name__}: {error}")


def _keyring() -> str:
    return KeyStore().where()


class _Answerer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"pong")

    def log_message(self, *_: object) -> None:
        """Quiet: what is printed belongs to the self-test."""


def _httpx() -> str:
    """A real request to a server of our own on this machine; loads the TLS authorities, too."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answerer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            client = HttpClient(f"http://127.0.0.1:{server.server_port}", {}, _PATIENCE_SECONDS)
            stop = client.until(threading.Event())
            answer = client.send(HttpCall("GET", "ping"), stop)
        finally:
            server.shutdown()
            thread.join()
    if answer.body != b"pong":
        raise RuntimeError("the answer of a local server was not what it sent")
    return "a request to this machine was answered"


def _database(workplace: Workplace) -> str:
    with tempfile.TemporaryDirectory() as folder:
        desk = workplace.desk_in(Path(folder))
        return f"{len(desk.ledger.status().caps)} caps, {len(desk.history.jobs(1))} jobs"


def _qt_image() -> str:
    tile = Tile.blank(TileFormat.COLOR)
    tile.pixels[3, 5] = (10, 20, 30, 255)
    color = tile.image.pixelColor(5, 3)
    if (color.blue(), color.green(), color.red()) != (10, 20, 30):
        raise RuntimeError("numpy and QImage do not share memory")
    tile.image.setPixelColor(6, 3, color)
    if tuple(tile.pixels[3, 6]) != (10, 20, 30, 255):
        raise RuntimeError("numpy and QImage do not share memory")
    return "numpy and QImage share memory"


def _offline_remove() -> str:
    rgb = np.full((96, 96, 3), 120, np.uint8)
    rgb[:, ::8] = 180
    hole = np.zeros((96, 96), bool)
    hole[40:60, 40:60] = True
    spoiled = np.where(hole[..., None], np.uint8(0), rgb)
    hearing = Hearing(threading.Event(), lambda _share, _message: None)
    with WorkerPool() as pool:
        filled = remove(spoiled, hole, 1, hearing, pool)
    if not (filled.rgb[~hole] == spoiled[~hole]).all():
        raise RuntimeError("pixels outside the hole changed")
    if filled.rgb[hole].max() < 100:
        raise RuntimeError("the hole was not filled")
    return f"filled by {filled.method.value}"


def _versions() -> dict[str, str]:
    versions = {"aipaint": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "unknown"
    return versions
