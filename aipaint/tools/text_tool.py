"""`TextTool`: writes on the layer; a text can be changed until another one is begun."""

from dataclasses import dataclass

from aipaint.document.document import Document
from aipaint.document.edit_tiles import target_tiles
from aipaint.document.paint_rules import refusal, within_rules
from aipaint.document.picture import Picture
from aipaint.document.set_text import Lettering, SetText
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.text import TextStyle, draw_text, text_bounds
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileKey, TileMap
from aipaint.tools.overlay import OverlayPath, OverlayShape, Point
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.pointer_look import PointerKind, PointerLook
from aipaint.tools.tool import Tool

_LABEL = "Text"


class TextTool(Tool):
    """A click begins a text, or takes the last one up again; a drag moves it. The window shows an
    editor while `is_busy` and hands in what is typed. All of a text is one step of the history."""

    id = "text"
    label = "Text"
    hint = "Click to write. Drag a text to move it. Ctrl+Enter ends, Esc gives up."

    def __init__(self, document: Document, box: PaintingBox) -> None:
        self._document = document
        self._box = box
        self._text: _Text | None = None
        self._is_open = False
        self._grip: Point | None = None
        box.colors.watch(self.restyle)

    @property
    def is_busy(self) -> bool:
        """A text is being typed."""
        return self._is_open and self._text is not None and self._text.is_alive

    @property
    def text(self) -> str:
        return self._text.letters if self._text is not None else ""

    @property
    def bounds(self) -> Rect:
        """The box of the text that is being typed, for placing the editor."""
        assert self._text is not None  # asked for while busy
        return self._text.bounds

    def set_text(self, letters: str) -> None:
        """What the text is now; shown at once."""
        if self._text is not None and self.is_busy and letters != self._text.letters:
            self._text.letters = letters
            self._show()

    def restyle(self) -> None:
        """Color, font, size or alignment differ."""
        if self.is_busy:
            self._show()

    def press(self, event: PointerEvent) -> None:
        here = (event.x, event.y)
        margin = 8 * event.screen_pixel
        if self._text is not None and self._text.is_alive and self._text.is_at(here, margin):
            self._grip = here
            self._is_open = True
        else:
            self.leave()
            self._begin(here)
        self._box.surroundings.overlay_changed()

    def move(self, event: PointerEvent) -> None:
        if self._text is None or self._grip is None or not self.is_busy:
            return
        anchor, grip = self._text.anchor, self._grip
        self._grip = (event.x, event.y)
        self._text.anchor = (anchor[0] + event.x - grip[0], anchor[1] + event.y - grip[1])
        self._text.is_moved = True

    def tick(self) -> None:
        if self._text is not None and self._text.is_moved:
            self._text.is_moved = False
            self._show()

    def release(self) -> None:
        self.tick()
        self._grip = None

    def finish(self) -> None:
        """The text stays; a click on it opens it again. (A double click must not end it, as it
        ends other acts: people double-click on what they want to change.)"""
        self._close()

    def cancel(self) -> None:
        """As if the text had never been begun; one that was taken up again is as it was then."""
        if self._text is not None and self._text.is_alive:
            if self._text.back_to_kept():
                self._close()
                return
            self._text.take_back()
        self._text = None
        self._close()

    def leave(self) -> None:
        self._close()
        self._text = None

    def look_at(self, event: PointerEvent) -> PointerLook:
        del event
        return PointerLook(PointerKind.WRITE)

    def overlay(self) -> tuple[OverlayShape, ...]:
        if not self.is_busy:
            return ()
        box = self.bounds.expanded(4)
        left, top, right, bottom = box.x, box.y, box.right, box.bottom
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        return (OverlayPath(corners, is_closed=True),)

    def _begin(self, where: Point) -> None:
        picture = self._document.picture
        reason = refusal(picture, picture.paint_target)
        if reason:
            self._box.surroundings.tell(reason)
            return
        self._text = _Text(self._document, where, self._box.painting.text)
        self._is_open = True

    def _show(self) -> None:
        assert self._text is not None  # asked for while busy
        self._text.show(self._box)
        self._box.surroundings.overlay_changed()

    def _close(self) -> None:
        if self._text is not None and self._text.is_alive and not self._text.letters.strip():
            self._text.take_back()
            self._text = None
        was_open, self._is_open = self._is_open, False  # before colors tell that one was used
        if self._text is not None and was_open and self._text.is_shown:
            self._text.keep()
            self._box.colors.note_use(self._text.color)
        self._grip = None
        self._box.surroundings.overlay_changed()


@dataclass(frozen=True)
class _Kept:
    letters: str
    anchor: Point
    style: TextStyle
    color: Color


class _Text:
    """One text from its first letter on, as the last step of the history."""

    def __init__(self, document: Document, anchor: Point, style: TextStyle) -> None:
        self.letters = ""
        self.anchor = anchor
        self.is_moved = False
        self.is_shown = False
        self._document = document
        self._picture: Picture = document.picture
        self._target = document.picture.paint_target
        self._base: TileMap = target_tiles(document.picture, self._target).copy()
        self._lettering = Lettering(_LABEL)
        self._keys: set[TileKey] = set()
        self._index = document.undo_stack.index
        self._style = style
        self.color = Color(0, 0, 0)  # of what is shown
        self._kept: _Kept | None = None

    @property
    def bounds(self) -> Rect:
        return text_bounds(self.letters, self._style, self.anchor)

    @property
    def is_alive(self) -> bool:
        """Nothing has been done to the picture since."""
        stack = self._document.undo_stack
        is_last = stack.index == self._index and not stack.can_redo if self.is_shown else True
        is_same = self._document.picture is self._picture and stack.index == self._index
        return is_same and is_last and (not self.is_shown or stack.undo_label == _LABEL)

    def is_at(self, where: Point, margin: float) -> bool:
        box = self.bounds.expanded(round(margin))
        return box.x <= where[0] < box.right and box.y <= where[1] < box.bottom

    def show(self, box: PaintingBox) -> None:
        """Draw it anew in the style and color of the moment."""
        self._style, self.color = box.painting.text, box.colors.foreground
        self._draw()

    def keep(self) -> None:
        """It is done as it is now, until it is taken up again."""
        self._kept = _Kept(self.letters, self.anchor, self._style, self.color)

    def back_to_kept(self) -> bool:
        """As it was when it was done. False if it never was."""
        kept = self._kept
        if kept is None:
            return False
        is_other = kept != _Kept(self.letters, self.anchor, self._style, self.color)
        self.letters, self.anchor = kept.letters, kept.anchor
        self._style, self.color = kept.style, kept.color
        self.is_moved = False
        if is_other:
            self._draw()
        return True

    def _draw(self) -> None:
        """Where it was drawn before and where it is now."""
        drawn = draw_text(self._base, self.letters, self._style, self.color, self.anchor)
        gone = {key: self._base.get(key) for key in self._keys - set(drawn)}
        after = within_rules(self._picture, self._target, self._base, {**gone, **drawn})
        if not after:
            return
        tiles = target_tiles(self._picture, self._target)
        before: dict[TileKey, Tile | None] = {key: tiles.get(key) for key in after}
        self._document.do(SetText(self._lettering, self._target, before, after))
        self._keys = set(drawn)
        self._index = self._document.undo_stack.index
        self.is_shown = True

    def take_back(self) -> None:
        if self.is_shown:
            self._document.undo()
            self.is_shown = False
