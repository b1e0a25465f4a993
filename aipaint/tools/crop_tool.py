"""`CropTool`: marks what remains of the picture; Enter crops."""

from aipaint.document.document import Document
from aipaint.document.picture_shape import cropped
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayShade, OverlayShape
from aipaint.tools.placing import PlacingBox
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.pointer_look import PointerLook
from aipaint.tools.rect_grip import RectGrip, rect_shapes, size_label
from aipaint.tools.tool import Tool

_LEAST_DRAG = 4.0  # pixels of the screen; less is a click


class CropTool(Tool):
    """Drag beside the rectangle for a new one, inside to move it, at a handle to resize it."""

    id = "crop"
    label = "Crop"
    hint = "Drag over what should remain, or drag the handles. Enter crops, Esc starts over."

    def __init__(self, document: Document, box: PlacingBox) -> None:
        self._document = document
        self._box = box
        self._rect: Rect | None = None
        self._before: Rect | None = None
        self._grip: RectGrip | None = None
        self._pointer = (0.0, 0.0)
        self._is_new = False
        self.deletes_outside = False
        self.ratio = 0.0

    def set_ratio(self, ratio: float) -> None:
        """Of width to height; lying or upright is what the drag is. 0: any."""
        self.ratio = max(ratio, 1 / ratio) if ratio else 0.0
        if ratio:
            self.set_rect(_largest_inside(self.rect, self.ratio))

    @property
    def frame(self) -> Rect:
        """What there is to crop."""
        return self._document.picture.frame

    @property
    def rect(self) -> Rect:
        """What would remain."""
        return self._rect or self._document.picture.frame

    def set_rect(self, rect: Rect) -> None:
        """From the numbers of the options bar."""
        self._rect = Rect(rect.x, rect.y, max(1, rect.width), max(1, rect.height))
        self._box.surroundings.overlay_changed()

    def press(self, event: PointerEvent) -> None:
        self._before = self._rect
        grip = RectGrip.under(self.rect, event.x, event.y, event.screen_pixel)
        # Before there is a rectangle, a drag inside the frame draws one, as people expect.
        if grip is None or (grip.is_whole and self._rect is None):
            start = Rect(round(event.x), round(event.y), 0, 0)
            grip = RectGrip(1, 1, (event.x, event.y), start)
            self._is_new = True
        self._grip = grip

    def move(self, event: PointerEvent) -> None:
        grip = self._grip
        if grip is None:
            return
        self._pointer = (event.x, event.y)
        rect = grip.dragged(event.x, event.y, keeps_ratio=event.has_shift and not self._is_new)
        if self.ratio and not grip.is_whole:
            rect = grip.with_size(rect, *_in_ratio(rect, grip, self.ratio))
        if self._is_new:
            if max(rect.width, rect.height) < _LEAST_DRAG * event.screen_pixel:
                return
            if event.has_shift and not self.ratio:
                side = max(rect.width, rect.height)
                rect = grip.with_size(rect, side, side)
        self.set_rect(rect)

    def tick(self) -> None:
        """Nothing: the overlay shows it."""

    def release(self) -> None:
        self._grip, self._is_new = None, False
        self._box.surroundings.overlay_changed()

    def cancel(self) -> None:
        """Esc in a drag takes the drag back, otherwise the whole rectangle."""
        self._rect = self._before if self._grip is not None else None
        self.release()
        self._box.surroundings.overlay_changed()

    def leave(self) -> None:
        self._grip = None
        self.cancel()

    def confirm(self) -> bool:
        rect, self._rect = self._rect, None
        self.release()
        if rect is None:
            return False
        picture = self._document.picture
        if rect != picture.frame or self.deletes_outside:
            self._document.do(cropped(picture, rect, deletes_outside=self.deletes_outside))
        self._box.surroundings.overlay_changed()
        return True

    def look_at(self, event: PointerEvent) -> PointerLook:
        grip = RectGrip.under(self.rect, event.x, event.y, event.screen_pixel)
        draws = grip is None or (grip.is_whole and self._rect is None)
        return PointerLook() if grip is None or draws else grip.look

    def nudge(self, dx: int, dy: int) -> bool:
        if self._rect is None:
            return False
        self.set_rect(self._rect.translated(dx, dy))
        return True

    def overlay(self) -> tuple[OverlayShape, ...]:
        shapes = (OverlayShade(self.rect), *rect_shapes(self.rect))
        if self._grip is None or self._rect is None:
            return shapes
        return (*shapes, size_label(self.rect, self._pointer))

    @property
    def is_busy(self) -> bool:
        return self._grip is not None or self._rect is not None


def _in_ratio(rect: Rect, grip: RectGrip, ratio: float) -> tuple[int, int]:
    """The size that goes with what is dragged; a side alone says where the other goes."""
    if rect.height > rect.width:
        ratio = 1 / ratio
    if not grip.across:
        return max(1, round(rect.height * ratio)), rect.height
    if not grip.down:
        return rect.width, max(1, round(rect.width / ratio))
    width = max(rect.width, round(rect.height * ratio))
    return width, max(1, round(width / ratio))


def _largest_inside(rect: Rect, ratio: float) -> Rect:
    """About the same middle, lying or upright like the rectangle itself."""
    if rect.height > rect.width:
        ratio = 1 / ratio
    width = min(rect.width, round(rect.height * ratio))
    height = max(1, round(width / ratio))
    left, top = rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2
    return Rect(left, top, max(1, width), height)
