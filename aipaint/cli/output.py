"""What the command line prints: one JSON object, or lines for people; progress on a terminal."""

import io
import json
import sys
from collections.abc import Mapping
from typing import TextIO

from aipaint.errors import AipaintError
from aipaint.money import Micros, decimal_usd


def bear_any_text() -> None:
    """A prompt or a file's name that the terminal has no letters for ends no command. What is no
    UTF-8 in a name comes out as the bytes that it is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_utf8 = stream.encoding.lower().replace("-", "") == "utf8"
            stream.reconfigure(errors="surrogateescape" if is_utf8 else "backslashreplace")


def print_json(value: Mapping[str, object]) -> None:
    """The one object on standard output, in letters that whoever reads it can read."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    print(text)


def print_error(error: AipaintError) -> None:
    """One line on standard error: what happened and what to do."""
    print(f"aipaint: {one_line(str(error))}", file=sys.stderr)


def print_note(sentence: str) -> None:
    """One line on standard error about something that went on all the same."""
    print(f"aipaint: {one_line(sentence)}", file=sys.stderr)


def one_line(text: str) -> str:
    """Text from outside without line breaks or control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def usd_or_none(micros: Micros | None) -> str | None:
    """A cost as a decimal string."""
    return None if micros is None else decimal_usd(micros)


class ProgressLine:
    """One line that is written over, on a terminal only. Calls may come from any thread."""

    def __init__(self, stream: TextIO, *, is_wanted: bool) -> None:
        self._stream = stream
        self._is_shown = is_wanted and stream.isatty()
        self._width = 0

    def __call__(self, fraction: float | None, message: str) -> None:
        if not self._is_shown:
            return
        share = "" if fraction is None else f" {fraction:4.0%}"
        line = f"{message}{share}"
        self._stream.write(f"\r{line:<{self._width}}")
        self._stream.flush()
        self._width = max(self._width, len(line))

    def clear(self) -> None:
        """Leave the terminal as if nothing had been there."""
        if self._is_shown and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
