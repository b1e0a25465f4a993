"""`TransformShape`: a rectangle of pixels as it is being transformed, and its handles."""

import math
from dataclasses import dataclass, replace

from aipaint.pixels.homography import Homography
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import Point

CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))
"""Across and down, top left first, then clockwise, as `Homography.corners` has them."""

SIDES = ((0, -1), (1, 0), (0, 1), (-1, 0))

_LEAST = 1e-3
_STILL: tuple[Point, ...] = ((0.0, 0.0),) * 4


@dataclass(frozen=True)
class TransformShape:
    """Perspective first, then scale and turn about the middle, then the move.

    `offsets` pull the corners of the untransformed rectangle, in its own pixels; a negative scale
    flips; the angle is clockwise.
    """

    rect: Rect
    dx: float = 0.0
    dy: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    degrees: float = 0.0
    offsets: tuple[Point, ...] = _STILL

    @property
    def middle(self) -> Point:
        """Where the middle of the untransformed rectangle lies."""
        return self.rect.x + self.rect.width / 2, self.rect.y + self.rect.height / 2

    @property
    def center(self) -> Point:
        """Where it is now."""
        x, y = self.middle
        return x + self.dx, y + self.dy

    @property
    def is_untouched(self) -> bool:
        return self == TransformShape(self.rect)

    def homography(self) -> Homography:
        """Snapped to whole pixels where that makes it exact."""
        affine = self._affine()
        if self.offsets == _STILL:
            return affine.snapped()
        corners = [self._corner(*side) for side in CORNERS]
        pulled = [
            (x + off_x, y + off_y)
            for (x, y), (off_x, off_y) in zip(corners, self.offsets, strict=True)
        ]
        perspective = Homography.between(corners, pulled)
        return affine.snapped() if perspective is None else perspective.then(affine)

    def place(self, across: float, down: float) -> Point:
        """Where a point of the rectangle is: -1..1 across and down."""
        return self.homography().point(*self._corner(across, down))

    def moved(self, dx: float, dy: float) -> "TransformShape":
        return replace(self, dx=self.dx + dx, dy=self.dy + dy)

    def turned(self, degrees: float) -> "TransformShape":
        """To this angle, brought into -180..180."""
        return replace(self, degrees=(degrees + 180) % 360 - 180)

    def flipped(self, *, is_horizontal: bool) -> "TransformShape":
        """As it is seen: also a turned shape is mirrored left to right."""
        if is_horizontal:
            return replace(self, scale_x=-self.scale_x).turned(-self.degrees)
        return replace(self, scale_y=-self.scale_y).turned(-self.degrees)

    def scaled(self, scale_x: float, scale_y: float) -> "TransformShape":
        """About its center; never flat."""
        return replace(self, scale_x=_not_flat(scale_x), scale_y=_not_flat(scale_y))

    def stretched(
        self, side: tuple[int, int], to: Point, *, keeps_ratio: bool, about_center: bool
    ) -> "TransformShape":
        """A handle dragged to a point; what lies opposite stays, or the center."""
        across, down = side
        pivot = self.center if about_center else self._affine_place(-across, -down)
        back = Homography.turn(-self.degrees)
        x, y = back.point(to[0] - pivot[0], to[1] - pivot[1])
        reach = 1 if about_center else 2
        scale_x = x * 2 / (across * self.rect.width * reach) if across else self.scale_x
        scale_y = y * 2 / (down * self.rect.height * reach) if down else self.scale_y
        if keeps_ratio:
            scale_x, scale_y = self._in_ratio(side, scale_x, scale_y)
        result = self.scaled(scale_x, scale_y)
        if about_center:
            return result
        now = result._affine_place(-across, -down)
        return result.moved(pivot[0] - now[0], pivot[1] - now[1])

    def pulled(self, corner: int, to: Point) -> "TransformShape":
        """One corner alone dragged to a point. Itself where the shape would fold over."""
        x, y = self._affine().inverse().point(*to)
        old_x, old_y = self._corner(*CORNERS[corner])
        offsets = list(self.offsets)
        offsets[corner] = (x - old_x, y - old_y)
        corners = [self._corner(*side) for side in CORNERS]
        pulled = [(cx + ox, cy + oy) for (cx, cy), (ox, oy) in zip(corners, offsets, strict=True)]
        if Homography.between(corners, pulled) is None:
            return self
        return replace(self, offsets=tuple(offsets))

    def _in_ratio(self, side: tuple[int, int], x: float, y: float) -> tuple[float, float]:
        ratio = abs(self.scale_y / self.scale_x)
        if not side[0]:
            return math.copysign(abs(y) / ratio, self.scale_x), y
        if not side[1]:
            return x, math.copysign(abs(x) * ratio, self.scale_y)
        size = max(abs(x), abs(y) / ratio)
        return math.copysign(size, x), math.copysign(size * ratio, y)

    def _corner(self, across: float, down: float) -> Point:
        x, y = self.middle
        return x + across * self.rect.width / 2, y + down * self.rect.height / 2

    def _affine(self) -> Homography:
        x, y = self.middle
        about = Homography.move(-x, -y).then(Homography.scale(self.scale_x, self.scale_y))
        return about.then(Homography.turn(self.degrees)).then(Homography.move(*self.center))

    def _affine_place(self, across: float, down: float) -> Point:
        return self._affine().point(*self._corner(across, down))


def _not_flat(scale: float) -> float:
    return scale if abs(scale) >= _LEAST else math.copysign(_LEAST, scale)
