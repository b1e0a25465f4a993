"""`SmartSelectTool`: points at an object with a box or marks; the program finds its outline."""

import threading
from enum import Enum
from typing import TYPE_CHECKING

from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.pixels.area import area_of
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.area_tool import AreaTool
from aipaint.tools.overlay import OverlayPath, OverlayShape, OverlayTint, OverlayTrace, Point
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.select_options import SelectBox

if TYPE_CHECKING:
    from aipaint.pixels.smart_select import SmartHints
    from aipaint.tools.clicker import Clicker

_MARK = 12.0  # pixels of the screen


class SmartHand(Enum):
    """What the next drag means."""

    BOX = "box"
    KEEP = "keep"
    LEAVE_OUT = "leave out"


class SmartSelectTool(AreaTool):
    """Drag a box around the object, then mark what was forgotten or taken by mistake; each time the
    answer is shown, and Enter takes it."""

    id = "selectSmart"
    label = "Smart select"
    hint = (
        "Drag a box around an object. Then mark what belongs to it, with Alt what does not. "
        "Enter takes it, Esc starts anew."
    )

    def __init__(self, document: Document, box: SelectBox) -> None:
        super().__init__(document, box)
        self.hand = SmartHand.BOX
        self._boxed: Rect = EMPTY_RECT
        self._marks: list[OverlayTrace] = []
        self._drag: list[Point] = []
        self._drag_hand = SmartHand.BOX
        self._screen_pixel = 1.0
        self._found = TileMap(TileFormat.COVERAGE)
        self._asked: threading.Event | None = None  # set to stop the search that is under way
        self._picture: Picture | None = None
        self._used: Clicker | None = None  # holds memory until it may rest

    @property
    def is_busy(self) -> bool:
        return bool(self._drag) or self.has_hints

    @property
    def has_hints(self) -> bool:
        """Something has been boxed or marked."""
        return not self._boxed.is_empty or bool(self._marks)

    @property
    def is_searching(self) -> bool:
        return self._asked is not None

    def press(self, event: PointerEvent) -> None:
        if self._has_nothing_to_look_at():
            return
        if self._picture is not self._document.picture:
            self._forget()
            self._picture = self._document.picture
        self._drag = [(event.x, event.y)]
        self._drag_hand = self.hand
        self._screen_pixel = event.screen_pixel
        if event.has_alt or event.is_secondary:
            self._drag_hand = SmartHand.LEAVE_OUT
        self._box.surroundings.overlay_changed()

    def move(self, event: PointerEvent) -> None:
        if self._drag:
            self._drag.append((event.x, event.y))
            self._box.surroundings.overlay_changed()

    def release(self) -> None:
        drag, self._drag = self._drag, []
        if not drag:
            return
        if self._drag_hand is SmartHand.BOX:
            box = _box_of(drag)
            if min(box.width, box.height) >= 2:
                self._boxed = box
                self.hand = SmartHand.KEEP
            elif self._clicker() is not None:
                self._marks.append(self._trace(drag[:1], SmartHand.KEEP))
            else:
                self._box.surroundings.overlay_changed()
                return
        else:
            self._marks.append(self._trace(drag, self._drag_hand))
        self._search()

    def cancel(self) -> None:
        """A drag is given up alone; without one everything is."""
        if self._drag:
            self._drag = []
        else:
            self._forget()
        self._box.surroundings.overlay_changed()

    def leave(self) -> None:
        self._drag = []
        self._forget()
        self._box.surroundings.overlay_changed()
        if self._used is not None:
            self._box.surroundings.run(self._used.rest, _nothing)
            self._used = None

    def confirm(self) -> bool:
        if not self.has_hints:
            return False
        if self.is_searching:
            self._box.surroundings.tell("Still looking for the outline; Enter takes it then.")
            return True
        found = self._found
        self._forget()
        self._box.surroundings.overlay_changed()
        if len(found):
            self._take(lambda: found, self._box.selecting.combine)
        return True

    def step_back(self) -> bool:
        if self._marks:
            self._marks.pop()
        elif not self._boxed.is_empty:
            self._boxed = EMPTY_RECT
            self.hand = SmartHand.BOX
        else:
            return False
        self._search()
        return True

    def overlay(self) -> tuple[OverlayShape, ...]:
        shapes: list[OverlayShape] = []
        if len(self._found):
            shapes.append(OverlayTint(self._found))
        shapes.extend(self._marks)
        if not self._boxed.is_empty:
            shapes.append(_frame_of(self._boxed))
        if self._drag and self._drag_hand is SmartHand.BOX:
            shapes.append(_frame_of(_box_of(self._drag)))
        elif self._drag:
            shapes.append(self._trace(self._drag, self._drag_hand))
        return tuple(shapes)

    def _trace(self, drag: list[Point], hand: SmartHand) -> OverlayTrace:
        width = _MARK * self._screen_pixel
        return OverlayTrace(tuple(drag), width, hand is SmartHand.KEEP)

    def _forget(self) -> None:
        if self._asked is not None:
            self._asked.set()
            self._asked = None
        self._boxed = EMPTY_RECT
        self._marks = []
        self._found = TileMap(TileFormat.COVERAGE)
        self.hand = SmartHand.BOX

    def _clicker(self) -> "Clicker | None":
        clicker = self._box.clicker
        return clicker if clicker is not None and clicker.is_ready else None

    def _search(self) -> None:
        """Look again with the hints there are; what was looked for before is dropped."""
        surroundings = self._box.surroundings
        if self._asked is not None:
            self._asked.set()
            self._asked = None
        self._found = TileMap(TileFormat.COVERAGE)
        surroundings.overlay_changed()
        if self._boxed.is_empty and not any(mark.is_kept for mark in self._marks):
            if self._marks:
                surroundings.tell("Mark what belongs to the object as well, or drag a box.")
            return
        asked = self._asked = threading.Event()
        picture, snapshot = self._document.picture, self._document.picture.snapshot()
        boxed, marks = self._boxed, tuple(self._marks)
        takes_all = self._box.selecting.takes_all_layers
        clicker = self._clicker()
        self._used = clicker or self._used

        def done(found: TileMap) -> None:
            if asked.is_set() or self._document.picture is not picture:
                return
            self._asked = None
            self._found = found
            surroundings.tell(
                "Enter takes it. Drag to add what is missing, Alt-drag to leave something out."
                if len(found)
                else "No object was found there. Try a larger box, or mark the object."
            )
            surroundings.overlay_changed()

        surroundings.run(
            lambda: _found(snapshot, boxed, marks, (takes_all, asked, clicker)),
            done,
            "Looking for the outline",
        )


def _found(
    picture: Picture,
    boxed: Rect,
    marks: tuple[OverlayTrace, ...],
    how: tuple[bool, threading.Event, "Clicker | None"],
) -> TileMap:
    """On a worker, with a snapshot."""
    # Imported late: they bring OpenCV, which the window does not wait for.
    from aipaint.document.render import render
    from aipaint.pixels.smart_select import smart_select

    takes_all, asked, clicker = how
    place = picture.frame.united(boxed)
    pixels = render(picture, place) if takes_all else picture.active_layer.tiles.read(place)
    hints = _hints(boxed, marks, place)
    look = clicker.select if clicker is not None else smart_select
    coverage = look(pixels, hints, asked.is_set)
    return area_of(coverage, place.x, place.y)


def _hints(boxed: Rect, marks: tuple[OverlayTrace, ...], place: Rect) -> "SmartHints":
    from aipaint.pixels.smart_select import Mark, SmartHints

    moved = boxed if boxed.is_empty else boxed.translated(-place.x, -place.y)
    return SmartHints(
        moved,
        tuple(
            Mark(
                tuple((x - place.x, y - place.y) for x, y in mark.points), mark.width, mark.is_kept
            )
            for mark in marks
        ),
    )


def _nothing(_: None) -> None:
    pass


def _box_of(drag: list[Point]) -> Rect:
    (x0, y0), (x1, y1) = drag[0], drag[-1]
    left, right = sorted((round(x0), round(x1)))
    top, bottom = sorted((round(y0), round(y1)))
    return Rect.from_edges(left, top, right, bottom)


def _frame_of(rect: Rect) -> OverlayPath:
    corners: tuple[Point, ...] = (
        (rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)
    )  # fmt: skip
    return OverlayPath(corners, is_closed=True)
