"""A multipart/form-data body as one snapshot of bytes."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class FilePart:
    """One file of a form. `name` is the field, `filename` what the server sees."""

    name: str
    filename: str
    content_type: str
    data: bytes


def multipart_body(
    fields: tuple[tuple[str, str], ...], files: tuple[FilePart, ...]
) -> tuple[bytes, str]:
    """The body and its content type. The same form gives the same bytes."""
    boundary = _boundary(fields, files)
    pieces: list[bytes] = []
    for name, text in fields:
        pieces.append(_head(boundary, f'name="{_quoted(name)}"', ""))
        pieces.append(text.encode("utf-8"))
        pieces.append(b"\r\n")
    for part in files:
        disposition = f'name="{_quoted(part.name)}"; filename="{_quoted(part.filename)}"'
        pieces.append(_head(boundary, disposition, part.content_type))
        pieces.append(part.data)
        pieces.append(b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode("ascii"))
    return b"".join(pieces), f"multipart/form-data; boundary={boundary}"


def _head(boundary: str, disposition: str, content_type: str) -> bytes:
    kind = f"Content-Type: {content_type}\r\n" if content_type else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n{kind}\r\n".encode()


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _boundary(fields: tuple[tuple[str, str], ...], files: tuple[FilePart, ...]) -> str:
    """Made from the content, so that the content cannot hold it but by breaking SHA-256."""
    digest = hashlib.sha256()
    for name, text in fields:
        digest.update(f"{name}\0{text}\0".encode())
    for part in files:
        digest.update(f"{part.name}\0{len(part.data)}\0".encode())
        digest.update(part.data)
    return f"aipaint-{digest.hexdigest()[:40]}"
