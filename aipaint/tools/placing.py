"""`Placing`: pixels on their way from one place or shape to another, for move and transform."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from aipaint.document.document import Document
from aipaint.document.edit_tiles import target_tiles
from aipaint.document.live_placement import LivePlacement
from aipaint.document.moved_targets import moved_targets
from aipaint.document.paint_rules import refusal
from aipaint.document.picture import Picture
from aipaint.document.place_tiles import Placed, PlaceTiles
from aipaint.errors import AipaintError
from aipaint.pixels.homography import Homography
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.tools.surroundings import Surroundings

if TYPE_CHECKING:
    from aipaint.pixels.floating import Floating
    from aipaint.pixels.tile_map import TileEdits, TileMap

_AT_ONCE_TILES = 48
"""So many tiles move within a frame; more, and everything resampled, goes to a worker."""


class PlacingBox(Protocol):
    """What move and transform need of the toolbox."""

    @property
    def surroundings(self) -> Surroundings: ...


@dataclass(frozen=True)
class _Wish:
    homography: Homography
    is_final: bool
    label: str = ""


class Placing:
    """From the first change to Enter or Esc. Previews are made one at a time, the newest wish
    next; only what the window shows is made, quickly. The end is made fine and whole."""

    def __init__(
        self,
        document: Document,
        surroundings: Surroundings,
        on_end: Callable[[], None],
        targets: tuple[str, ...] | None = None,
    ) -> None:
        """`on_end` is called once it is a step, or taken back, by whomever. Without `targets` what
        the active layer takes along; with none at all the selection moves by itself."""
        picture = document.picture
        self._document = document
        self._surroundings = surroundings
        self._picture = picture
        self._targets = moved_targets(picture) if targets is None else targets
        self._live = LivePlacement(picture, self._targets)
        self._selection = picture.selection
        self._floating: dict[str, Floating] | None = None
        self._stop = threading.Event()
        self._is_running = False
        self._next: _Wish | None = None
        self._on_end = on_end
        self.is_over = False
        document.hold(self.abandon)

    def show(self, homography: Homography) -> None:
        """Preview it, soon."""
        self._wish(_Wish(homography, is_final=False))

    def finish(self, homography: Homography, label: str) -> None:
        """Make it a step of the history."""
        if homography.is_identity:
            self.abandon()
            return
        self._wish(_Wish(homography, is_final=True, label=label))

    def nudge(self, homography: Homography, label: str) -> None:
        """Do it now, together with the nudges before it one step of the history."""
        placed = self._placed(_Wish(homography, is_final=True), None, self._stop)
        if isinstance(placed, AipaintError):
            self._surroundings.tell(str(placed))
        self._end()
        if isinstance(placed, Placed):
            command = PlaceTiles.replacing(label, self._picture, placed, is_nudge=True)
            self._document.do(command)

    def abandon(self) -> None:
        """As if nothing had been."""
        if not self.is_over:
            self._stop.set()
            self._next = None
            if self._document.picture is self._picture:
                self._document.abandon(self._live)
            self._end()

    @property
    def _is_small(self) -> bool:
        tiles = sum(len(self._live.base(target)) for target in self._targets)
        return tiles + len(self._selection or ()) <= _AT_ONCE_TILES

    def _wish(self, wish: _Wish) -> None:
        if self.is_over:
            return
        self._next = wish
        if wish.is_final:
            self._stop.set()  # a preview that is still being made is not needed any more
        if not self._is_running:
            self._start()

    def _start(self) -> None:
        wish, self._next = self._next, None
        if wish is None or self.is_over:
            return
        self._is_running = True
        self._stop = stop = threading.Event()
        within = None if wish.is_final else self._surroundings.visible()

        def work() -> Placed | AipaintError:
            return self._placed(wish, within, stop)

        def done(placed: Placed | AipaintError) -> None:
            self._is_running = False
            self._on_placed(wish, placed, is_partial=stop.is_set())

        if wish.homography.is_exact and self._is_small:
            done(work())
        else:
            self._surroundings.run(work, done, wish.label if wish.is_final else "")

    def _placed(
        self, wish: _Wish, within: Rect | None, stop: threading.Event
    ) -> Placed | AipaintError:
        """On a worker: only tiles that nobody writes are looked at."""
        from aipaint.pixels.floating import Floating
        from aipaint.pixels.transform import Progress, Warp, transformed

        progress = Progress.until(stop, keep=self._document.shelve)
        if self._floating is None:
            self._floating = {
                target: Floating.lift(self._live.base(target), self._selection)
                for target in self._targets
            }
        warp = Warp(wish.homography, is_smooth=wish.is_final)
        try:
            edits: dict[str, TileEdits] = {
                target: floating.placed(warp, within, progress)
                for target, floating in self._floating.items()
            }
            selection = self._selection
            if selection is not None:
                selection = transformed(selection, warp, progress=progress)
        except AipaintError as error:
            return error
        return Placed(edits, selection)

    def _on_placed(self, wish: _Wish, placed: Placed | AipaintError, *, is_partial: bool) -> None:
        if self.is_over:
            return
        if self._document.picture is not self._picture:
            self._end()
            return
        if isinstance(placed, AipaintError):
            self._surroundings.tell(str(placed))
            if wish.is_final:
                self.abandon()
                return
        elif not is_partial:
            self._live.replace(placed)
            if wish.is_final:
                self._document.finish(self._live, wish.label)
                self._end()
                return
            self._document.preview(self._live)
        self._start()

    def _end(self) -> None:
        self.is_over = True
        self._document.hold(None)
        self._on_end()


def why_not(picture: Picture) -> str:
    """Why nothing can be moved now, as a sentence; "" where it can."""
    for target in moved_targets(picture):
        reason = refusal(picture, target)
        if reason:
            return reason
    if what_moves(picture).is_empty:
        if picture.selection is not None:
            return "Nothing is selected on this layer."
        return f"The layer “{picture.active_layer.name}” is empty."
    return ""


def what_moves(picture: Picture) -> Rect:
    """The rectangle around the pixels that would move."""
    bounds = EMPTY_RECT
    for target in moved_targets(picture):
        bounds = bounds.united(_content(target_tiles(picture, target), picture.selection))
    return bounds


def _content(tiles: "TileMap", selection: "TileMap | None") -> Rect:
    if selection is None:
        return tiles.bounds()
    return tiles.bounds().intersected(selection.bounds())
