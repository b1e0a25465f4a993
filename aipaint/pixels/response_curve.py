"""`ResponseCurve`: how strongly a brush answers to the pressure of the pen."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

Knot = tuple[float, float]
"""Input and output, both 0..1."""

FEWEST_KNOTS, MOST_KNOTS = 2, 16


@dataclass(frozen=True)
class ResponseCurve:
    """A smooth line through `knots` that never overshoots them: a monotone cubic (Fritsch and
    Carlson). Left of the first and right of the last knot it is level.

    Raises ValueError unless there are 2 to 16 knots within 0..1 whose inputs rise.
    """

    knots: tuple[Knot, ...] = ((0.0, 0.0), (1.0, 1.0))

    def __post_init__(self) -> None:
        if not FEWEST_KNOTS <= len(self.knots) <= MOST_KNOTS:
            raise ValueError(f"a curve has {FEWEST_KNOTS} to {MOST_KNOTS} points")
        if not all(0 <= part <= 1 for knot in self.knots for part in knot):
            raise ValueError("the points of a curve lie between 0 and 1")
        if any(here[0] >= there[0] for here, there in pairwise(self.knots)):
            raise ValueError("the points of a curve go from left to right")

    def at(self, pressure: float) -> float:
        """The answer, 0..1."""
        inputs = self._inputs
        if pressure <= inputs[0]:
            return self.knots[0][1]
        if pressure >= inputs[-1]:
            return self.knots[-1][1]
        piece = bisect_right(inputs, pressure) - 1
        return self._within(piece, pressure)

    @cached_property
    def _inputs(self) -> tuple[float, ...]:
        return tuple(knot[0] for knot in self.knots)

    @cached_property
    def _slopes(self) -> tuple[float, ...]:
        """The slope at each knot, limited so that no piece leaves the box of its two ends."""
        secants = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(self.knots)]
        slopes = [secants[0]]
        slopes += [_between(before, after) for before, after in pairwise(secants)]
        slopes.append(secants[-1])
        for piece, secant in enumerate(secants):
            for end in (piece, piece + 1):
                limit = 3 * abs(secant)
                slopes[end] = min(max(slopes[end], -limit), limit)
        return tuple(slopes)

    def _within(self, piece: int, pressure: float) -> float:
        (x0, y0), (x1, y1) = self.knots[piece], self.knots[piece + 1]
        width = x1 - x0
        share = (pressure - x0) / width
        rest = 1 - share
        # The cubic Hermite polynomial of both ends and their slopes.
        ends = y0 * rest * rest * (1 + 2 * share) + y1 * share * share * (3 - 2 * share)
        bends = self._slopes[piece] * rest - self._slopes[piece + 1] * share
        return min(max(ends + width * share * rest * bends, 0.0), 1.0)


def _between(before: float, after: float) -> float:
    """The slope at a knot between two pieces; level at a peak or a valley."""
    return 0.0 if before * after <= 0 else (before + after) / 2


STRAIGHT = ResponseCurve()
"""The answer is the pressure itself."""
