"""`Tip`: the shape that a brush presses on the canvas, and how much of each pixel it covers."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SIZE_STEPS_PER_OCTAVE = 48
_ANGLE_STEP = 3.0


@dataclass(frozen=True)
class Tip:
    """What a stamp depends on, besides color and phase; `size` is the diameter in pixels.

    `roundness` is the short side over the long one, which lies `angle_degrees` from the horizontal,
    clockwise.
    """

    size: float
    hardness: float
    flow: float
    roundness: float = 1.0
    angle_degrees: float = 0.0

    @staticmethod
    def stepped(size: float, hardness: float, flow: float) -> "Tip":
        """Sizes in steps of about 1.5 %, so that pressure does not fill the cache."""
        octaves = math.log2(max(size, 1.0)) * _SIZE_STEPS_PER_OCTAVE
        return Tip(2.0 ** (round(octaves) / _SIZE_STEPS_PER_OCTAVE), hardness, flow)

    def turned(self, roundness: float, angle_degrees: float) -> "Tip":
        """The tip as an ellipse, in steps of 3 degrees; never thinner than a pixel."""
        roundness = max(roundness, 1 / self.size)
        if roundness >= 1:
            return self
        angle = _ANGLE_STEP * round(angle_degrees % 180 / _ANGLE_STEP) % 180
        return Tip(self.size, self.hardness, self.flow, roundness, angle)

    @property
    def phases(self) -> int:
        """How many places within a pixel are told apart, per axis; a power of two."""
        return _phases(self.size)

    @property
    def reach(self) -> float:
        """Pixels from the corner of its stamp to its middle, in the first phase."""
        # The edge of a thin ellipse reaches further; a pixel is a whole number of phases, too.
        return _reach(self.size, self.hardness) if self.roundness >= 1 else self.size / 2 + 1

    @property
    def side(self) -> int:
        """Pixels of its stamp's sides: enough for every phase."""
        return (
            _side(self.size, self.hardness) if self.roundness >= 1 else math.ceil(self.size + 2) + 1
        )


def coverage_of(tip: Tip, shift_x: float, shift_y: float) -> NDArray[np.float32]:
    """How much of each pixel a tip covers, 0..1, as a square array of the tip's side."""
    if tip.roundness < 1:
        return _ellipse_coverage(tip, shift_x, shift_y)
    return tip_coverage(tip.size, tip.hardness, shift_x, shift_y)


def tip_coverage(
    size: float, hardness: float, shift_x: float, shift_y: float
) -> NDArray[np.float32]:
    """The same for a round tip.

    Full inside hardness × radius, a smooth fall to nothing at the radius, and never a sharper edge
    than one pixel, so that a hard tip is anti-aliased.
    """
    radius = size / 2
    steps = np.arange(_side(size, hardness), dtype=np.float32) + np.float32(
        0.5 - _reach(size, hardness)
    )
    across, down = steps - np.float32(shift_x), steps - np.float32(shift_y)
    distance = np.sqrt((down * down)[:, None] + (across * across)[None, :])
    soft = radius * (1 - hardness)
    if soft <= 1.0:
        edge: NDArray[np.float32] = np.clip(np.float32(radius + 0.5) - distance, 0, 1)
        return edge
    inside = np.clip((np.float32(radius) - distance) / np.float32(soft), 0, 1)
    fall: NDArray[np.float32] = inside * inside * (3 - 2 * inside)
    return fall


def _ellipse_coverage(tip: Tip, shift_x: float, shift_y: float) -> NDArray[np.float32]:
    radius, roundness = tip.size / 2, tip.roundness
    steps = np.arange(tip.side, dtype=np.float32) + np.float32(0.5 - tip.reach)
    across, down = (steps - np.float32(shift_x))[None, :], (steps - np.float32(shift_y))[:, None]
    turn = math.radians(tip.angle_degrees)
    along = across * np.float32(math.cos(turn)) + down * np.float32(math.sin(turn))
    aside = (down * np.float32(math.cos(turn)) - across * np.float32(math.sin(turn))) / roundness
    distance = np.hypot(along, aside)
    soft = radius * (1 - tip.hardness)
    if soft * roundness <= 1.0:
        # Stretched distances rise faster across the ellipse; the edge is a pixel wide everywhere.
        rise = np.maximum(np.hypot(along, aside / roundness) / np.maximum(distance, 1e-3), 1)
        edge: NDArray[np.float32] = np.clip((radius - distance) / rise + 0.5, 0, 1)
        return edge.astype(np.float32)
    inside = np.clip((radius - distance) / np.float32(soft), 0, 1).astype(np.float32)
    fall: NDArray[np.float32] = inside * inside * (3 - 2 * inside)
    return fall


def _phases(size: float) -> int:
    if size <= 12:
        return 4
    return 2 if size <= 32 else 1


def _reach(size: float, hardness: float) -> float:
    # As near to the corner as the phases allow: half a pixel is a whole number of theirs.
    return size / 2 + (_margin(size, hardness) if _phases(size) > 1 else 1.0)


def _side(size: float, hardness: float) -> int:
    phases = _phases(size)
    if phases == 1:
        return math.ceil(size + 1.5)
    return math.ceil(size + 2 * _margin(size, hardness) + 1 - 1 / phases)


def _margin(size: float, hardness: float) -> float:
    """How far past its radius the tip still covers something: only an anti-aliased edge does."""
    return 0.5 if size / 2 * (1 - hardness) <= 1.0 else 0.0
