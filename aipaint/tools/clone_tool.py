"""`CloneTool`: paints with what lies elsewhere in the picture."""

from aipaint.document.document import Document
from aipaint.document.live_edit import LiveEdit
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.clone import cloned_tile
from aipaint.pixels.compositor import compose_tile
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap, keys_over, tile_rect
from aipaint.tools.drawn_tool import DrawnTool
from aipaint.tools.overlay import OverlayCross, OverlayShape, Point
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.pointer_event import PointerEvent

_WHOLE = Rect(0, 0, TILE_SIZE, TILE_SIZE)
_COVER = Color(255, 255, 255)


class CloneTool(DrawnTool):
    """Alt+click (or Ctrl+click) says where from. A stroke reads the picture as it was when it
    began."""

    id = "clone"
    label = "Clone stamp"
    hint = "Alt+click or Ctrl+click where to take from, then drag where to put it."
    step_label = "Clone"
    needs_color = True

    _stroke: Stroke
    _source: "_Source"

    def __init__(self, document: Document, box: PaintingBox) -> None:
        super().__init__(document, box)
        self._dabs = DabCache()
        self._from: Point | None = None
        self._shift: tuple[int, int] | None = None
        self._here: Point = (0.0, 0.0)

    def press(self, event: PointerEvent) -> None:
        self._here = (event.x, event.y)
        # Some window managers keep Alt for themselves.
        if event.has_alt or event.has_control:
            self._from, self._shift = self._here, None
            self._box.surroundings.tell("Source set. Drag where it should appear.")
            self._box.surroundings.overlay_changed()
        elif self._from is None:
            self._box.surroundings.tell("Alt+click or Ctrl+click first where to clone from.")
        else:
            super().press(event)

    def hover(self, event: PointerEvent) -> None:
        super().hover(event)
        self._follow(event)

    def move(self, event: PointerEvent) -> None:
        super().move(event)
        self._follow(event)

    def overlay(self) -> tuple[OverlayShape, ...]:
        lines = super().overlay()
        if self._from is None:
            return lines
        if self._shift is None or not (self.is_busy or self._box.painting.clone.is_aligned):
            return (*lines, OverlayCross(*self._from))
        place = self._here[0] + self._shift[0], self._here[1] + self._shift[1]
        return (*lines, OverlayCross(*place))

    def _follow(self, event: PointerEvent) -> None:
        """The mark of the source goes with the pointer."""
        self._here = (event.x, event.y)
        if self._from is not None:
            self._box.surroundings.overlay_changed()

    def _prepare(self, event: PointerEvent, live: LiveEdit, brush: Brush) -> None:
        assert self._from is not None  # `press` asks for a source first
        options = self._box.painting.clone
        if self._shift is None or not options.is_aligned:
            self._shift = round(self._from[0] - event.x), round(self._from[1] - event.y)
        self._stroke = Stroke(brush, _COVER, StrokeMode.PAINT, self._dabs)
        picture = self._document.picture.snapshot()
        self._source = _Source(picture) if options.samples_all else _Source.of_tiles(live.base)

    def _lay(self, samples: list[Sample], live: LiveEdit) -> TileEdits:
        self._stroke.add(samples)
        return {key: self._cloned(key, live.base.get(key)) for key in self._stroke.take_dirty()}

    def _cloned(self, key: TileKey, base: Tile | None) -> Tile | None:
        coverage = self._stroke.over(None, key, TileFormat.COVERAGE)
        if coverage is None or self._shift is None:
            return base
        source = self._source.read(tile_rect(key).translated(*self._shift))
        return cloned_tile(base, source, coverage.pixels, _WHOLE)

    def _used_color(self) -> Color | None:
        return None


class _Source:
    """What is cloned: a layer's tiles, or the composed picture, tile by tile as it is needed."""

    def __init__(self, picture: Picture | None) -> None:
        self._sheets = picture.sheets() if picture is not None else None
        self._tiles = TileMap(TileFormat.COLOR)
        self._composed: set[TileKey] = set()

    @staticmethod
    def of_tiles(tiles: TileMap) -> "_Source":
        source = _Source(None)
        source._tiles = tiles
        return source

    def read(self, rect: Rect) -> Pixels:
        if self._sheets is not None:
            for key in set(keys_over(rect)) - self._composed:
                self._tiles.swap({key: compose_tile(self._sheets, key)})
                self._composed.add(key)
        return self._tiles.read(rect)
