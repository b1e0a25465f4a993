"""`EventStream`: server-sent events out of the pieces in which they arrive."""


class EventStream:
    """Only `data` counts here. Lines may end in any of the three ways; comments keep a connection
    alive."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._data: list[bytes] = []
        self._has_return = False

    def feed(self, piece: bytes) -> list[bytes]:
        """The data of the events that are complete now."""
        if self._has_return and piece.startswith(b"\n"):
            piece = piece[1:]  # the second half of a line end that was cut in two
        self._has_return = piece.endswith(b"\r")
        self._rest += piece
        if not (b"\n" in piece or b"\r" in piece):
            return []
        lines = bytes(self._rest).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = bytearray(lines.pop())
        return [event for line in lines if (event := self._line(line)) is not None]

    def end(self) -> list[bytes]:
        """What the last event held when its empty line never came."""
        return self.feed(b"\n\n")

    def _line(self, line: bytes) -> bytes | None:
        """The data of the event that this line ends."""
        if not line:
            data, self._data = b"\n".join(self._data), []
            return data or None
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
        return None
