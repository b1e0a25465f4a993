"""One HTTP request and one HTTP answer as plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024

_OK = range(200, 300)


def _nothing() -> None:
    """Nobody asked to be told."""


@dataclass(frozen=True)
class HttpCall:
    """What is sent. `url` is a path below the base address, or an absolute address.

    `before_first_byte` is called when the connection stands, right before anything is written;
    `is_paid`: from the first byte on, a failure may have cost money.
    `headers` go wherever the call goes, so never a key.
    `on_chunk` gets the pieces of a 2xx answer as they arrive, with its headers; once it says True
    nothing more is read.
    `is_public_only`: refuse addresses of private networks (for addresses that a server named).
    """

    method: str
    url: str
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    is_paid: bool = False
    is_public_only: bool = False
    body_limit_bytes: int = 36 * MEGABYTE
    before_first_byte: Callable[[], None] = _nothing
    headers: tuple[tuple[str, str], ...] = ()
    on_chunk: Callable[[Mapping[str, str], bytes], bool] | None = None


@dataclass(frozen=True)
class HttpAnswer:
    """What came back. Header names are lower case. `is_complete`: the whole body arrived.

    Only the answer to a refusal (status 400 or more) may be incomplete.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    is_complete: bool = True

    @property
    def is_ok(self) -> bool:
        return self.status in _OK
