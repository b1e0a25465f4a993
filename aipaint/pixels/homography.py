"""`Homography`: a plane seen another way: moves, turns, scales, flips and perspective."""

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.rect import Rect

Point: TypeAlias = tuple[float, float]
Matrix: TypeAlias = NDArray[np.float64]

_HORIZON = 1e-12  # what lies on it is as far as numbers go
_NEAR = 1e-9
_FLAT = 1e-6


@dataclass(frozen=True, eq=False)
class Homography:
    """Maps continuous canvas coordinates: pixel (0, 0) covers 0..1, its middle is (0.5, 0.5).

    `matrix` is (3, 3) float64, applied to columns (x, y, 1).
    """

    matrix: Matrix

    @staticmethod
    def identity() -> "Homography":
        return Homography(np.eye(3))

    @staticmethod
    def move(dx: float, dy: float) -> "Homography":
        return Homography(np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1]], np.float64))

    @staticmethod
    def scale(x: float, y: float) -> "Homography":
        """About the origin; negative flips."""
        return Homography(np.diag([float(x), float(y), 1.0]))

    @staticmethod
    def turn(degrees: float) -> "Homography":
        """About the origin, clockwise on the screen; quarter turns are exact."""
        quarters = degrees / 90
        if abs(quarters - round(quarters)) < _NEAR:
            cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[round(quarters) % 4]
        else:
            radians = math.radians(degrees)
            cosine, sine = math.cos(radians), math.sin(radians)  # type: ignore[assignment]
        return Homography(np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]], np.float64))

    @staticmethod
    def shear(x: float) -> "Homography":
        """Along x: every row below is pushed on by so many pixels."""
        return Homography(np.array([[1, x, 0], [0, 1, 0], [0, 0, 1]], np.float64))

    @staticmethod
    def between(before: list[Point], after: list[Point]) -> "Homography | None":
        """The one that takes four corners to four others; None if one set is flat or folded."""
        if not (_is_convex(before) and _is_convex(after)):
            return None
        rows: list[list[float]] = []
        for (x, y), (u, v) in zip(before, after, strict=True):
            rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
            rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        target = np.array([value for point in after for value in point], np.float64)
        solved = np.linalg.solve(np.array(rows, np.float64), target)
        return Homography(np.array([*solved, 1.0], np.float64).reshape(3, 3))

    def then(self, other: "Homography") -> "Homography":
        """First this, then the other."""
        return Homography(other.matrix @ self.matrix)

    def inverse(self) -> "Homography":
        return Homography(np.asarray(np.linalg.inv(self.matrix), np.float64))

    def point(self, x: float, y: float) -> Point:
        # Plain numbers: for one point an array takes five times as long.
        (a, b, c), (d, e, f), (g, h, i) = self.matrix.tolist()
        w = (g * x + h * y + i) or _HORIZON
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def corners(self, rect: Rect) -> list[Point]:
        """Where the corners of a rectangle go: top left first, then clockwise."""
        return [self.point(x, y) for x, y in corners_of(rect)]

    def bounds(self, rect: Rect) -> Rect:
        """The whole pixels that a rectangle touches once it is mapped."""
        return bounds_of(self.corners(rect))

    @property
    def is_exact(self) -> bool:
        """Every pixel lands on exactly one other: whole moves, flips and quarter turns."""
        linear, shift = self.matrix[:2, :2], self.matrix[:2, 2]
        return bool(
            np.allclose(self.matrix[2], (0, 0, 1), rtol=0, atol=_NEAR)
            and np.allclose(linear, np.rint(linear), rtol=0, atol=_NEAR)
            and (np.abs(np.rint(linear)).sum(axis=0) == 1).all()
            and (np.abs(np.rint(linear)).sum(axis=1) == 1).all()
            and np.allclose(shift, np.rint(shift), rtol=0, atol=_FLAT)
        )

    def snapped(self) -> "Homography":
        """The same with a whole shift, where that makes it exact; itself where not."""
        matrix = self.matrix.copy()
        matrix[:2, 2] = np.rint(matrix[:2, 2] - 1e-6)
        candidate = Homography(matrix)
        return candidate if candidate.is_exact else self

    @property
    def is_affine(self) -> bool:
        """Parallels stay parallel."""
        return bool(np.allclose(self.matrix[2] / self.matrix[2, 2], (0, 0, 1), rtol=0, atol=1e-12))

    @property
    def is_identity(self) -> bool:
        return bool(np.allclose(self.matrix / self.matrix[2, 2], np.eye(3), rtol=0, atol=_NEAR))


def corners_of(rect: Rect) -> list[Point]:
    """Top left first, then clockwise."""
    return [
        (rect.x, rect.y),
        (rect.right, rect.y),
        (rect.right, rect.bottom),
        (rect.x, rect.bottom),
    ]


def bounds_of(points: list[Point]) -> Rect:
    """The whole pixels that a polygon touches; one that misses by a rounding error is not."""
    columns, rows = [x for x, _ in points], [y for _, y in points]
    return Rect.from_edges(
        math.floor(min(columns) + _FLAT),
        math.floor(min(rows) + _FLAT),
        math.ceil(max(columns) - _FLAT),
        math.ceil(max(rows) - _FLAT),
    )


def _is_convex(points: list[Point]) -> bool:
    """Four corners that turn the same way all around, with some area."""
    turns = []
    for index in range(4):
        (ax, ay), (bx, by), (cx, cy) = (points[(index + step) % 4] for step in range(3))
        turns.append((bx - ax) * (cy - by) - (by - ay) * (cx - bx))
    return all(turn > _FLAT for turn in turns) or all(turn < -_FLAT for turn in turns)
