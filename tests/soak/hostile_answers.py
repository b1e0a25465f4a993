"""What a server that means harm, or is broken, says to a paid request: some fifty ways."""

import base64
import gzip
import io
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

_ENDLESS = b"x" * 65_536
_DEEP = 200_000
_SCANS = 6_000


@dataclass(frozen=True)
class Scene:
    """Where it happens. `elsewhere`: another origin, which must never see the key."""

    origin: str
    elsewhere: str
    is_replicate: bool
    key: str
    is_over: Callable[[float], bool]  # waits; true once the server closes


Answer = Callable[[BinaryIO, Scene], None]


def plain(status: int, body: bytes, kind: str = "application/json", **more: str) -> Answer:
    """A whole answer."""

    def say(out: BinaryIO, _: Scene) -> None:
        headers = {"Content-Type": kind, "Content-Length": str(len(body))}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        out.write(_head(status, headers) + body)

    return say


def tree(status: int, value: Callable[[Scene], object], **more: str) -> Answer:
    """JSON that depends on where it happens."""
    return lambda out, at: plain(status, json.dumps(value(at)).encode(), **more)(out, at)


def picture(data: bytes) -> Answer:
    """A good answer around these bytes."""
    return good(lambda _: "data:image/png;base64," + base64.b64encode(data).decode())


def good(address: Callable[[Scene], str], count: int = 1, **more: object) -> Answer:
    """A good answer but for the address of its picture, its number or what is said besides."""

    def value(at: Scene) -> dict[str, object]:
        if at.is_replicate:
            return {
                "id": "p" * 26, "status": "succeeded", "output": [address(at)] * count,
                "metrics": {"predict_time": more.get("predict_time", 1.5)}, "urls": {},
                "created_at": "2026-11-20T12:00:00Z",
            }  # fmt: skip
        data: list[dict[str, str]] = [{"url": address(at)}] * count
        return {"created": 1, "data": data, "usage": more.get("usage")}

    return lambda out, at: tree(201 if at.is_replicate else 200, value)(out, at)


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {text}" for name, text in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _endless(head: dict[str, str], piece: bytes, pause_seconds: float = 0.0) -> Answer:
    def say(out: BinaryIO, at: Scene) -> None:
        out.write(_head(200, {"Content-Type": "application/json", **head}))
        while not at.is_over(pause_seconds):
            out.write(piece)

    return say


def _raw(data: bytes) -> Answer:
    return lambda out, _: _ignored(out.write(data))


def _ignored(_: int) -> None:
    return None


def _forever(piece: bytes, start: bytes = b"HTTP/1.1 200 OK\r\n") -> Answer:
    def say(out: BinaryIO, at: Scene) -> None:
        out.write(start)
        while not at.is_over(0.0):
            out.write(piece)

    return say


def _hang(_: BinaryIO, at: Scene) -> None:
    while not at.is_over(0.1):
        pass


def _redirect(status: int, where: Callable[[Scene], str]) -> Answer:
    return lambda out, at: plain(status, b"", Location=where(at))(out, at)


def _echo(status: int) -> Answer:
    def value(at: Scene) -> dict[str, object]:
        text = f"Incorrect API key provided: {at.key}. Authorization: Bearer {at.key}"
        error = {"message": text, "type": "x", "code": "invalid_api_key"}
        return {"error": error, "detail": text, "title": text}

    return tree(status, value)


def png(width: int, height: int, rows: int = 0) -> bytes:
    """A header that promises so many pixels, and few of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    body = zlib.compress(bytes((width * 3 + 1) * rows), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def many_scans() -> bytes:
    """A progressive JPEG whose last scan comes 6,000 times."""
    out = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (48, 48), np.uint8)
    Image.fromarray(noise).save(out, "JPEG", progressive=True, quality=5)
    data = out.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * _SCANS + data[-2:]


def _good_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1024, 1024), (9, 99, 9)).save(out, "PNG")
    return out.getvalue()


_GOOD = _good_png()
_BAD_USAGE: dict[str, Any] = {
    "input_tokens": -5, "output_tokens": 10**30, "cost": "NaN",
    "input_tokens_details": [], "output_tokens_details": {"image_tokens": "7", "text_tokens": None},
}  # fmt: skip

TRANSPORT: dict[str, Answer] = {
    "compression bomb": plain(200, gzip.compress(bytes(400_000_000), 9), Content_Encoding="gzip"),
    "body without end": _endless({}, _ENDLESS),
    "chunks without end": _endless(
        {"Transfer-Encoding": "chunked"}, b"10000\r\n" + _ENDLESS + b"\r\n"
    ),
    "a length of terabytes": plain(200, b"{}", Content_Length="9" * 13),
    "length too small": plain(200, b'{"data": []}', Content_Length="3"),
    "length below zero": plain(200, b"{}", Content_Length="-1"),
    "two lengths": _raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n{}"),
    "headers without end": _forever(b"X-Flood: " + b"y" * 500 + b"\r\n"),
    "one header without end": _forever(b"z" * 4096, b"HTTP/1.1 200 OK\r\nX-Long: "),
    "status line without end": _forever(b"z" * 4096, b"HTTP/1.1 200 "),
    "go on, go on": _forever(b"HTTP/1.1 100 Continue\r\n\r\n", b""),
    "drip": _endless({"Content-Length": "100000"}, b" ", 0.05),
    "never answers": _hang,
    "cut before the answer": _raw(b""),
    "cut in the head": _raw(b"HTTP/1.1 200 OK\r\nContent-"),
    "cut in the body": plain(200, b'{"data": [', Content_Length="900"),
    "not HTTP at all": _raw(b"\x00\x01SSH-2.0-OpenSSH\r\n\r\n" * 20),
    "a status of 999": plain(999, b"{}"),
    "moved 301": _redirect(301, lambda at: f"{at.elsewhere}/v1/x"),
    "moved 302": _redirect(302, lambda at: f"{at.elsewhere}/v1/x"),
    "moved 307": _redirect(307, lambda at: f"{at.elsewhere}/v1/x"),
    "moved 308 to a file": _redirect(308, lambda _: "file://" + "/etc/passwd"),
    "web page": plain(200, b"<html>log in</html>", "text/html"),
    "key in a 400": _echo(400),
    "key in a 401": _echo(401),
    "key in a 429": _echo(429),
    "key in a 500": _echo(500),
    "key in a 200": _echo(200),
    "no data": plain(200, b'{"data": null, "output": null, "id": null}'),
    "data of wrong types": plain(200, b'{"data": [1, [], {"b64_json": 7, "url": {}}], "id": 5}'),
    "a list": plain(200, b"[1, 2]"),
    "nested deep": plain(200, b"[" * _DEEP),
    "numbers without end": plain(200, b'{"created": 1e999999, "data": ' + b"9" * 6_000 + b"}"),
    "no text": plain(200, b"\xff\xfe\x00{}" * 50),
    "cut base64": plain(200, b'{"data": [{"b64_json": "iVBORw0KGgoAAAANS"}], "output": 1}'),
    "wait for a year": plain(429, b"{}", Retry_After="31536000"),
    "wait for nonsense": plain(429, b"{}", Retry_After="-1e400, soon"),
}  # fmt: skip
"""By how they answer."""

PICTURES: dict[str, Answer] = {
    "10^9 pixels": picture(png(31_000, 32_258)),
    "150 million pixels": picture(png(12_300, 12_300, 12_300)),
    "6,000 scans": picture(many_scans()),
    "a web page as picture": picture(b"<html><img src=x></html>"),
    "an SVG as picture": picture(b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "half a picture": picture(_GOOD[: len(_GOOD) // 2]),
    "no pixels": picture(png(0, 0)),
    "more than asked for": good(lambda at: f"{at.origin}/good.png", count=100),
    "a file of ours": good(lambda _: "file://" + "/etc/passwd"),
    "an address of ours": good(lambda at: at.elsewhere.replace("127.0.0.1", "localhost")),
    "an address in disguise": good(lambda at: at.elsewhere.replace("127.0.0.1", "2130706433")),
    "an address of the network": good(lambda _: "http://169.254.169.254/latest/meta-data"),
    "a picture that moved": good(lambda at: f"{at.origin}/moved.png"),
    "a picture without end": good(lambda at: f"{at.origin}/endless.png"),
    "usage below zero": good(
        lambda at: f"{at.origin}/good.png", usage=_BAD_USAGE, predict_time=-1e300
    ),
    "time that is no number": good(
        lambda at: f"{at.origin}/good.png", usage=[], predict_time=float("nan")
    ),
}  # fmt: skip
"""By what they say that they sell."""

FILES: dict[str, Answer] = {
    "/good.png": plain(200, _GOOD, "image/png"),
    "/moved.png": _redirect(302, lambda at: at.elsewhere.replace("127.0.0.1", "localhost")),
    "/endless.png": _endless({}, _ENDLESS),
    "an upload": tree(201, lambda at: {"id": "f1", "urls": {"get": f"{at.origin}/good.png"}}),
}
"""What lies at the addresses in them."""
