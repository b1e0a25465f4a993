"""`Wire`: one TCP connection, with or without TLS, on which nothing waits longer than a slice.

Socket time-outs are set to the slice of a `StopSign`, so a cancel ends name resolution,
connecting, the TLS handshake, sending and receiving alike. Closing the socket from another
thread does none of that reliably.
"""

import errno
import ipaddress
import os
import selectors
import socket
import ssl
import threading
from typing import Any

from aipaint.providers.stop_sign import StopSign

CONNECT_SECONDS = 10.0
"""How long one address may take to answer before the next one is tried."""

_SEND_BYTES = 64 * 1024
_CONNECTING = (errno.EINPROGRESS, errno.EWOULDBLOCK)


class PrivateAddressError(OSError):
    """A name given by a server leads into a private network."""


class Wire:
    """A connected stream. Every method raises OSError on failure and `Stopped` on the sign."""

    def __init__(self, connected: socket.socket, stop: StopSign) -> None:
        self._socket = connected
        self._stop = stop

    def read(self, max_bytes: int) -> bytes:
        """At least one byte, or nothing at the end of the stream."""
        while True:
            self._socket.settimeout(self._stop.next_slice_seconds())
            try:
                return self._socket.recv(max_bytes)
            except TimeoutError:
                continue

    def write(self, data: bytes) -> None:
        """All of `data`."""
        rest = memoryview(data)
        while rest:
            self._socket.settimeout(self._stop.next_slice_seconds())
            try:
                # The same piece again after a time-out: TLS insists on it.
                rest = rest[self._socket.send(rest[:_SEND_BYTES]) :]
            except TimeoutError:
                continue

    def start_tls(self, context: ssl.SSLContext, host: str) -> None:
        """Shake hands; the certificate is checked against `host`."""
        secured = context.wrap_socket(
            self._socket, server_hostname=host, do_handshake_on_connect=False
        )
        self._socket = secured
        while True:
            secured.settimeout(self._stop.next_slice_seconds())
            try:
                secured.do_handshake()
            except TimeoutError:
                continue
            return

    def close(self) -> None:
        self._socket.close()

    @property
    def socket(self) -> socket.socket:
        return self._socket


def connect(host: str, port: int, stop: StopSign, *, is_public_only: bool = False) -> Wire:
    """A wire to the first address of `host` that answers.

    With `is_public_only`, addresses of private networks are refused after resolving, so that no
    spelling of a name can reach them. Raises OSError or `Stopped`.
    """
    addresses = _resolve(host, port, stop)
    if is_public_only and not all(_is_public(address[4][0]) for address in addresses):
        raise PrivateAddressError("the address belongs to a private network")
    failure = OSError("the name has no address")
    for family, kind, protocol, _, address in addresses:
        try:
            return Wire(_connect_one(socket.socket(family, kind, protocol), address, stop), stop)
        except OSError as error:
            failure = error
    raise failure


def _is_public(address: Any) -> bool:
    return ipaddress.ip_address(str(address).split("%")[0]).is_global


def _resolve(host: str, port: int, stop: StopSign) -> list[Any]:
    """Name resolution cannot be interrupted: it gets a thread that may outlive us."""
    answer: list[Any] = []
    failure: list[OSError] = []
    done = threading.Event()

    def ask() -> None:
        try:
            answer.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failure.append(error if isinstance(error, OSError) else OSError(str(error)))
        finally:
            done.set()

    threading.Thread(target=ask, name="aipaint-resolver", daemon=True).start()
    while not done.wait(stop.next_slice_seconds()):
        pass
    if failure:
        raise failure[0]
    return answer


def _connect_one(fresh: socket.socket, address: Any, stop: StopSign) -> socket.socket:
    is_connected = False
    try:
        fresh.setblocking(False)
        _raise_for(fresh.connect_ex(address), allowed=_CONNECTING)
        _wait_connected(fresh, stop)
        fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        is_connected = True
        return fresh
    finally:
        if not is_connected:
            fresh.close()


def _wait_connected(fresh: socket.socket, stop: StopSign) -> None:
    gives_up_at = max(0.0, stop.remaining_seconds - CONNECT_SECONDS)
    with selectors.DefaultSelector() as selector:
        selector.register(fresh, selectors.EVENT_WRITE)
        while not selector.select(stop.next_slice_seconds()):
            if gives_up_at and stop.remaining_seconds < gives_up_at:
                raise TimeoutError("no answer to the connection attempt")
    _raise_for(fresh.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), allowed=())


def _raise_for(error_number: int, allowed: tuple[int, ...]) -> None:
    if error_number and error_number not in allowed:
        raise OSError(error_number, os.strerror(error_number))
