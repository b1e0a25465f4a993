"""`Rect`: an integer rectangle in canvas pixels, half open, anywhere on the endless canvas."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Rect:
    """Covers x <= column < x + width and y <= row < y + height. Empty if a side is 0."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def area(self) -> int:
        return 0 if self.is_empty else self.width * self.height

    @staticmethod
    def from_edges(left: int, top: int, right: int, bottom: int) -> "Rect":
        """Edges in any order of magnitude; a negative extent gives an empty rectangle."""
        return Rect(left, top, max(0, right - left), max(0, bottom - top))

    def intersected(self, other: "Rect") -> "Rect":
        return Rect.from_edges(
            max(self.x, other.x),
            max(self.y, other.y),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def united(self, other: "Rect") -> "Rect":
        """The smallest rectangle around both; an empty one does not count."""
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        return Rect.from_edges(
            min(self.x, other.x),
            min(self.y, other.y),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def expanded(self, margin: int) -> "Rect":
        """Grown (or shrunk, if negative) by `margin` on every side."""
        return Rect.from_edges(
            self.x - margin, self.y - margin, self.right + margin, self.bottom + margin
        )

    def translated(self, dx: int, dy: int) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def contains(self, other: "Rect") -> bool:
        return other.is_empty or self.intersected(other) == other

    def slices(self, origin: "Rect") -> tuple[slice, slice]:
        """Row and column slices of this rectangle in an array that covers `origin`."""
        top, left = self.y - origin.y, self.x - origin.x
        return slice(top, top + self.height), slice(left, left + self.width)


EMPTY_RECT = Rect(0, 0, 0, 0)
