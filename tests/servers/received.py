"""A request as it arrived at a test server, its form taken apart."""

from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import HTTP
from typing import Any


@dataclass(frozen=True)
class Part:
    """One part of a multipart form, as it arrived."""

    name: str
    filename: str | None
    content_type: str | None
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")


@dataclass(frozen=True)
class Received:
    """One request. `json` is set for a JSON body, `parts` for a form."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    json: Any = None
    parts: tuple[Part, ...] = ()

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    @property
    def fields(self) -> dict[str, Any]:
        """The JSON object, or the form's text fields."""
        if isinstance(self.json, dict):
            return self.json
        return {part.name: part.text for part in self.parts if part.filename is None}


def parse_form(body: bytes, content_type: str) -> tuple[Part, ...]:
    """The parts of a multipart form. Raises ValueError for one that is not well formed."""
    boundary = b"--" + content_type.partition("boundary=")[2].strip('"').encode()
    pieces = body.split(boundary)
    if pieces[0] != b"" or not pieces[-1].startswith(b"--"):
        raise ValueError("the form does not start or end with its boundary")
    return tuple(_part(piece) for piece in pieces[1:-1])


def _part(piece: bytes) -> Part:
    head, separator, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not separator or not data.endswith(b"\r\n"):
        raise ValueError("a part has no head or no end")
    headers = BytesHeaderParser(policy=HTTP).parsebytes(head + b"\r\n\r\n")
    disposition = headers["Content-Disposition"]
    return Part(
        name=disposition.params["name"],
        filename=disposition.params.get("filename"),
        content_type=headers.get_content_type() if "Content-Type" in headers else None,
        data=data.removesuffix(b"\r\n"),
    )
