"""`HttpClient`: every byte that leaves for or comes from a provider. The only user of httpx.

- one total deadline and a cancel that ends a call within a slice at every point (`wire.py`);
- no redirects, no proxies or passwords from the environment, no compression;
- the key goes to the base address' own origin and nowhere else;
- answers are counted while they are read;
- every failure becomes a `ProviderError` that says whether money may have been spent.
"""

import io
import logging
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Event
from typing import Any, NoReturn

import httpcore
import httpx

from aipaint.errors import CancelledError, UsageError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import MEGABYTE, HttpAnswer, HttpCall
from aipaint.providers.stop_sign import Stopped, StopReason, StopSign
from aipaint.providers.wire import PrivateAddressError, Wire, connect

# Both log addresses with their query at INFO, and headers at DEBUG.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)

_REFUSED = 400
_OK = 200


class HttpClient:
    """Talks to one base address. `headers` (with the key) go only to its origin."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        deadline_seconds: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Raises UsageError for a header value that cannot be sent; never shows the value."""
        for name, value in headers.items():
            if not (value.isascii() and value.isprintable()):
                raise UsageError(
                    f"The {name} header holds characters that cannot be sent.",
                    "Type the key again without spaces, line breaks or accents.",
                )
        self._base = httpx.URL(base_url.rstrip("/") + "/")
        self._headers = dict(headers)
        self._deadline_seconds = deadline_seconds
        self._monotonic = monotonic
        self._tls = tls

    def until(self, cancelled: Event) -> StopSign:
        """A new total deadline that starts now and may cover several calls."""
        return StopSign(cancelled, self._deadline_seconds, self._monotonic)

    def absolute(self, url: str) -> str:
        """A path below the base address, or an address as it is."""
        if url.startswith(("http://", "https://")):
            return str(httpx.URL(url))
        return str(self._base.join(url.lstrip("/")))

    def resolved(self, url: str) -> str:
        """An address that a server wrote into its answer; relative ones count from the base."""
        try:
            return str(self._base.join(url))
        except httpx.InvalidURL:
            return ""

    def is_same_origin(self, url: str) -> bool:
        return _origin(httpx.URL(self.absolute(url))) == _origin(self._base)

    def send(self, call: HttpCall, stop: StopSign) -> HttpAnswer:
        """One request, one answer of any status.

        Raises CancelledError if cancelled before the first byte (any time for a free call),
        ProviderError for everything else. What `call.before_first_byte` raises passes through.
        """
        line = _Line(call, stop)
        try:
            request = self._request(call)
            line.host = httpx.URL(request["url"]).host
            stop.check()
            with self._session(line) as session, session.stream(**request) as answer:
                return _read(answer, line)
        except Stopped as stopped:
            _raise_stopped(stopped, line)
        except httpx.InvalidURL:
            raise _unusable_address(call) from None
        except (httpx.TransportError, OSError) as error:
            _raise_failure(error, line)

    def _session(self, line: "_Line") -> httpx.Client:
        if self._tls is None:
            # Loads the certificate authorities once per client (and SSL_CERT_FILE if it is set).
            self._tls = httpx.create_ssl_context()
        return httpx.Client(
            transport=_Transport(_Backend(line), self._tls),
            trust_env=False,
            follow_redirects=False,
            timeout=None,
        )

    def _request(self, call: HttpCall) -> dict[str, Any]:
        url = self.absolute(call.url)
        headers = {"Accept-Encoding": "identity", "User-Agent": "aipaint"}
        if self.is_same_origin(url):
            headers.update(self._headers)
        headers.update(call.headers)
        if call.content_type:
            headers["Content-Type"] = call.content_type
        content = call.body if call.body or call.method == "POST" else None
        return {"method": call.method, "url": url, "headers": headers, "content": content}


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    default_port = {"http": 80, "https": 443}.get(url.scheme)
    return url.scheme, url.host, url.port or default_port


class _Line:
    """What is known about one call while it runs."""

    def __init__(self, call: HttpCall, stop: StopSign) -> None:
        self.call = call
        self.stop = stop
        self.host = ""
        self.is_sent = False
        self.received = io.BytesIO()  # hands its bytes out without a copy

    def sending(self) -> None:
        if not self.is_sent:
            self.stop.check()
            self.call.before_first_byte()
            self.is_sent = True

    @property
    def charged(self) -> Charged:
        return Charged.UNKNOWN if self.is_sent and self.call.is_paid else Charged.NO


def _read(answer: httpx.Response, line: _Line) -> HttpAnswer:
    is_complete = True
    try:
        _read_body(answer, line)
    except (Stopped, httpx.TransportError, ProviderError):
        # A refusal stays a refusal, even if its explanation was cut off.
        if answer.status_code < _REFUSED:
            raise
        is_complete = False
    headers = _lower_headers(answer)
    body = _decoded(line.received.getvalue(), headers.get("content-encoding", ""), line)
    return HttpAnswer(answer.status_code, headers, body, is_complete)


def _lower_headers(answer: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _read_body(answer: httpx.Response, line: _Line) -> None:
    tell = line.call.on_chunk if answer.is_success else None
    headers = _lower_headers(answer)
    for chunk in answer.iter_raw():
        line.received.write(chunk)
        if line.received.tell() > line.call.body_limit_bytes:
            line.received.truncate(line.call.body_limit_bytes)
            raise _too_large(line, answer.status_code)
        if tell is not None and tell(headers, chunk):
            return


def _decoded(body: bytes, encoding: str, line: _Line) -> bytes:
    """Undo a compression that nobody asked for; some relays compress regardless."""
    if encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        return body
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    plain, rest = io.BytesIO(), body
    try:
        while rest:
            plain.write(inflater.decompress(rest, MEGABYTE))
            rest = inflater.unconsumed_tail
            if plain.tell() > line.call.body_limit_bytes:
                raise _too_large(line, _OK)
    except zlib.error:
        return body
    return plain.getvalue()


def _too_large(line: _Line, status: int) -> ProviderError:
    megabytes = line.call.body_limit_bytes / 1_000_000
    return ProviderError(
        f"The server's answer is larger than {megabytes:.0f} MB and was not read further.",
        kind="bad_answer",
        charged=Charged.YES if line.call.is_paid else Charged.NO,
        status=status,
        hint="Ask for fewer or smaller pictures.",
        raw=line.received.getvalue(),
    )


def _raise_stopped(stopped: Stopped, line: _Line) -> NoReturn:
    if stopped.reason is StopReason.CANCELLED:
        if line.charged is Charged.NO:
            raise CancelledError("Cancelled before anything was bought.") from None
        raise ProviderError(
            "Cancelled after the request was sent, so it may still be charged.",
            kind="cancelled",
            charged=Charged.UNKNOWN,
            hint="Look at the provider's usage page, then settle the entry in the budget panel.",
            raw=line.received.getvalue(),
        ) from None
    raise ProviderError(
        f"The provider did not finish within {line.stop.deadline_seconds:g} seconds.",
        kind="timeout",
        charged=line.charged,
        hint="AIE_OPENAI_TIMEOUT_S sets a longer limit for OpenAI-compatible servers."
        if line.is_sent
        else "Check the network connection and the base URL.",
        raw=line.received.getvalue(),
    ) from None


def _raise_failure(error: Exception, line: _Line) -> NoReturn:
    if line.is_sent:
        raise ProviderError(
            "The connection broke after the request was sent.",
            kind="network",
            charged=line.charged,
            retryable=line.charged is Charged.NO,
            detail=type(error).__name__,
            hint="It may have been charged: look at the provider's usage page before trying again."
            if line.charged is Charged.UNKNOWN
            else "",
            raw=line.received.getvalue(),
        ) from error
    cause = _root_cause(error)
    if isinstance(cause, PrivateAddressError | ssl.SSLCertVerificationError):
        raise ProviderError(
            f"The connection to {line.host} is not safe: {_sentence(cause)}.",
            kind="network",
            charged=Charged.NO,
            hint="Nothing was sent. Check the base URL and this computer's clock.",
        ) from None
    raise ProviderError(
        f"Could not connect to {line.host}: {_sentence(cause)}.",
        kind="network",
        charged=Charged.NO,
        retryable=True,
        detail=type(cause).__name__,
        hint="Nothing was sent. Check the network connection and the base URL.",
    ) from None


def _root_cause(error: BaseException) -> BaseException:
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return error


def _sentence(cause: BaseException) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted ({cause.verify_message.rstrip('.')})"
    if isinstance(cause, OSError):
        return (cause.strerror or str(cause) or type(cause).__name__).rstrip(".")
    return type(cause).__name__


def _unusable_address(call: HttpCall) -> ProviderError:
    return ProviderError(
        "The address of the server cannot be used.",
        kind="network",
        charged=Charged.NO,
        detail=call.url[:200],
        hint="Check the base URL.",
    )


class _Stream(httpcore.NetworkStream):
    """A `Wire` in the shape httpcore wants; tells the line before the first byte."""

    def __init__(self, wire: Wire, line: _Line) -> None:
        self._wire = wire
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._wire.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._line.sending()
        try:
            self._wire.write(buffer)
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._wire.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            self._wire.start_tls(ssl_context, server_hostname or "")
        except OSError as error:
            self._wire.close()
            raise httpcore.ConnectError(str(error)) from error
        except Stopped:
            self._wire.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and isinstance(self._wire.socket, ssl.SSLSocket):
            return self._wire.socket
        return None


class _Backend(httpcore.NetworkBackend):
    """Opens wires for one call."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        is_public_only = self._line.call.is_public_only
        try:
            wire = connect(host, port, self._line.stop, is_public_only=is_public_only)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return _Stream(wire, self._line)


class _Body(httpx.SyncByteStream):
    """The answer's body as it arrives."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._source
        except _BROKEN as error:
            raise httpx.TransportError(type(error).__name__) from error

    def close(self) -> None:
        self._source.close()


_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)


class _Transport(httpx.BaseTransport):
    """httpx on top of httpcore with our own network backend (httpx offers no public way)."""

    def __init__(self, backend: _Backend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        inner = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            answer = self._pool.handle_request(inner)
        except _BROKEN as error:
            raise httpx.TransportError(type(error).__name__) from error
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()
