"""`stack.xml` of an OpenRaster file as plain values, whoever wrote it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from aipaint.document.layer import LayerStyle
from aipaint.errors import UnreadableFileError
from aipaint.pixels.blend_mode import BlendMode
from aipaint.projects import ora_names

_DEEPEST = 100
_MOST_ELEMENTS = 20_000
_FARTHEST = 10_000_000
_LONGEST_NAME = 500
_ALIASES = {"svg:add": BlendMode.PLUS}
_MODES = {mode.value: mode for mode in BlendMode} | _ALIASES


@dataclass(frozen=True)
class StackPiece:
    """One PNG of a layer and its place in the image."""

    source: str
    x: int
    y: int


@dataclass(frozen=True)
class StackLayer:
    """A layer or group as the file describes it; several pieces only in files of ours. `level`
    counts the groups around it."""

    style: LayerStyle
    pieces: tuple[StackPiece, ...]
    is_selected: bool
    level: int = 0
    is_group: bool = False


@dataclass(frozen=True)
class Stack:
    """`layers` from the bottom up, a group above what lies in it; `width` and `height` are 0 where
    the file does not say."""

    width: int
    height: int
    layers: tuple[StackLayer, ...]
    notes: tuple[str, ...]


def parse_stack(xml: bytes, name: str) -> Stack:
    """Raises UnreadableFileError; `name` is the file's, for messages."""
    image = _parse(xml, name)
    root = image.find("stack")
    if image.tag != "image" or root is None:
        raise _unreadable(name)
    notes: dict[str, None] = {}  # in order, each once
    layers = tuple(_layers(root, 0, notes))
    width, height = (_whole(image.get(side), notes) for side in ("w", "h"))
    return Stack(max(0, width), max(0, height), layers[::-1], tuple(notes))


def _layers(stack: ElementTree.Element, level: int, notes: dict[str, None]) -> Iterator[StackLayer]:
    for element in stack:
        if element.tag == "layer":
            yield _layer(element, [element], level, notes)
        elif element.tag == "stack" and element.get(ora_names.JOINED):
            yield _layer(element, element.findall("layer"), level, notes)
        elif element.tag == "stack":
            is_selected = element.get("selected") == "true"
            yield StackLayer(_group_style(element, notes), (), is_selected, level, True)
            yield from _layers(element, level + 1, notes)


def _layer(
    element: ElementTree.Element,
    pieces: list[ElementTree.Element],
    level: int,
    notes: dict[str, None],
) -> StackLayer:
    places = tuple(
        StackPiece(
            piece.get("src", ""), _whole(piece.get("x"), notes), _whole(piece.get("y"), notes)
        )
        for piece in pieces
    )
    is_selected = element.get("selected") == "true"
    return StackLayer(_style(element, notes), places, is_selected, level)


def _style(
    element: ElementTree.Element, notes: dict[str, None], default: str = "Layer"
) -> LayerStyle:
    operation = element.get("composite-op", BlendMode.NORMAL.value)
    mode = _MODES.get(operation)
    if mode is None:
        notes[f"The blend mode {operation[:60]!r} is not known here; Normal is used."] = None
    return LayerStyle(
        name=element.get("name", default)[:_LONGEST_NAME],
        opacity=_fraction(element.get("opacity")),
        blend_mode=mode or BlendMode.NORMAL,
        is_visible=element.get("visibility") != "hidden",
        is_locked=element.get("edit-locked") == "true",
    )


def _group_style(element: ElementTree.Element, notes: dict[str, None]) -> LayerStyle:
    """OpenRaster groups are open below, unless they say otherwise or meet it in a way of theirs."""
    style = _style(element, notes, "Group")
    is_as_it_is = style.opacity >= 1 and style.blend_mode is BlendMode.NORMAL
    is_open = element.get("isolation", "auto") == "auto" and is_as_it_is
    return replace(style, is_pass_through=is_open)


def _fraction(text: str | None) -> float:
    number = _number(text, 1.0)
    return min(1.0, max(0.0, number))


def _whole(text: str | None, notes: dict[str, None]) -> int:
    number = _number(text, 0.0)
    if abs(number) > _FARTHEST:
        notes["A layer lies unreasonably far away and was moved to the corner."] = None
        return 0
    return round(number)


def _number(text: str | None, default: float) -> float:
    try:
        number = float(text) if text is not None else default
    except ValueError:
        return default
    return number if math.isfinite(number) else default


def _parse(xml: bytes, name: str) -> ElementTree.Element:
    parser = ElementTree.XMLParser(target=_CappedBuilder())
    try:
        parser.feed(xml)
        element = parser.close()
    except (ElementTree.ParseError, _Refused, ValueError, LookupError) as error:
        raise _unreadable(name) from error
    assert isinstance(element, ElementTree.Element)
    return element


class _Refused(Exception):
    """More nesting, elements or declarations than a painting needs."""


class _CappedBuilder(ElementTree.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise _Refused
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Entities are declared there, and nothing else that a painting needs."""
        raise _Refused


def _unreadable(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name} is damaged or no OpenRaster document.", "Open another copy of it."
    )
