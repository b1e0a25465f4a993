"""`OptionField`: one field of a model's own, as the prompt panel and the command line need it."""

import json
import math
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from aipaint.errors import UsageError
from aipaint.providers.request import Operation

Scalar: TypeAlias = str | int | float | bool
N = TypeVar("N", int, int | float)


class OptionKind(Enum):
    """Which widget asks for it and what its text may be."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    SWITCH = "switch"
    CHOICE = "choice"
    FILE = "file"  # an https or data address of a file
    SECRET = "secret"
    JSON = "json"  # anything we know no better form for


_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_SHOWN_CHOICES = 12


@dataclass(frozen=True)
class OptionField:
    """`default` is the server's own (a JSON field's as text): a field that is left alone is not
    sent. `is_list`: a FILE field that takes several. `only_for`: operations that take it, none
    means all."""

    name: str
    kind: OptionKind
    default: Scalar | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    choices: tuple[Scalar, ...] = ()
    is_nullable: bool = False
    is_required: bool = False
    is_list: bool = False
    description: str = ""
    order: int = 0
    only_for: frozenset[Operation] = frozenset()

    def is_for(self, operation: Operation) -> bool:
        return not self.only_for or operation in self.only_for

    def value_of(self, text: str) -> Any:
        """What is sent for a typed text; None means that it is not sent.

        Raises UsageError that says what the field takes.
        """
        if self.is_nullable and text in ("", "null") and self.kind is not OptionKind.TEXT:
            return None
        match self.kind:
            case OptionKind.TEXT | OptionKind.SECRET:
                return text
            case OptionKind.WHOLE:
                return self._whole(text)
            case OptionKind.NUMBER:
                return self._number(text)
            case OptionKind.SWITCH:
                return self._switch(text)
            case OptionKind.CHOICE:
                return self._choice(text)
            case OptionKind.FILE:
                return self._files(text) if self.is_list else self._file(text)
            case OptionKind.JSON:
                return self._json(text)

    def takes(self) -> str:
        """In words, what may be typed."""
        match self.kind:
            case OptionKind.CHOICE:
                # An empty text is a value like any other, and would not be seen.
                shown = ", ".join(str(choice) or '""' for choice in self.choices[:_SHOWN_CHOICES])
                rest = len(self.choices) - _SHOWN_CHOICES
                return f"{shown} … ({rest} more)" if rest > 0 else shown
            case OptionKind.WHOLE | OptionKind.NUMBER:
                what = "a whole number" if self.kind is OptionKind.WHOLE else "a number"
                return f"{what}{self._range()}"
            case OptionKind.SWITCH:
                return "true or false"
            case OptionKind.FILE:
                return "an address that starts with https:// or data:"
            case OptionKind.JSON:
                return "JSON"
            case _:
                return "a text"

    def _range(self) -> str:
        if self.minimum is not None and self.maximum is not None:
            return f" from {self.minimum} to {self.maximum}"
        if self.minimum is not None:
            return f", {self.minimum} or more"
        return f", at most {self.maximum}" if self.maximum is not None else ""

    def _whole(self, text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,20}", text.strip()):
            raise self._refused(text)
        return self._within(int(text), text)

    def _number(self, text: str) -> int | float:
        if not text.isascii() or "_" in text:
            raise self._refused(text)
        try:
            number = float(text)
        except ValueError:
            raise self._refused(text) from None
        if not math.isfinite(number):
            raise self._refused(text)
        return self._within(int(number) if number.is_integer() else number, text)

    def _within(self, number: N, text: str) -> N:
        if self.minimum is not None and number < self.minimum:
            raise self._refused(text)
        if self.maximum is not None and number > self.maximum:
            raise self._refused(text)
        return number

    def _switch(self, text: str) -> bool:
        word = text.strip().lower()
        if word not in _YES + _NO:
            raise self._refused(text)
        return word in _YES

    def _choice(self, text: str) -> Scalar:
        for choice in self.choices:
            if text == str(choice):
                return choice
        raise self._refused(text)

    def _files(self, text: str) -> list[str]:
        return [self._file(part) for part in text.split() if part]

    def _file(self, text: str) -> str:
        if not text.startswith(("https://", "data:")) or not text.isprintable() or " " in text:
            raise self._refused(text)
        return text

    def _json(self, text: str) -> Any:
        try:
            # Python would read NaN and infinities, which are no JSON and which no server takes.
            return json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise self._refused(text) from None

    def _refused(self, text: str) -> UsageError:
        shown = text if len(text) <= 60 else text[:57] + "..."
        if self.kind is OptionKind.SECRET:
            shown = "This"
        return UsageError(
            f'"{shown}" is not a value of the option "{self.name}".', f"It takes: {self.takes()}."
        )


def _no_constant(name: str) -> None:
    raise ValueError(name)
