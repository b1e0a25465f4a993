"""Smoothing: from the way of the pointer to the way of the brush."""

import math
from abc import ABC, abstractmethod
from collections import deque

from aipaint.pixels.brush import Sample, Smoothing
from aipaint.pixels.dab_path import between

_STEP = 2.0  # screen pixels between the points that are averaged or pulled
_LONGEST_AVERAGE = 40  # steps
_SHORTEST_STRING, _LONGEST_STRING = 8.0, 160.0  # screen pixels


class Smoother(ABC):
    """One per stroke. What comes out is to be stamped, in that order."""

    @abstractmethod
    def add(self, sample: Sample) -> list[Sample]:
        """The pointer is here now."""

    def rest(self) -> list[Sample]:
        """A frame went by without the pointer moving."""
        return []

    def finish(self) -> list[Sample]:
        """The pointer went up."""
        return []

    @property
    def string(self) -> tuple[Sample, Sample] | None:
        """Brush and pointer, where a string between them is to be shown."""
        return None


def make_smoother(kind: Smoothing, amount: float, screen_pixel: float = 1.0) -> Smoother:
    """`amount` 0..1. Lengths are of the screen, so that a hand feels the same at every zoom."""
    step = _STEP * screen_pixel
    if kind is Smoothing.BASIC:
        return _MovingAverage(1 + round(amount * (_LONGEST_AVERAGE - 1)), step)
    if kind is Smoothing.STABILIZER:
        length = _SHORTEST_STRING + amount * (_LONGEST_STRING - _SHORTEST_STRING)
        return _PullString(length * screen_pixel, step)
    return _AsItIs()


class _AsItIs(Smoother):
    def add(self, sample: Sample) -> list[Sample]:
        return [sample]


class _MovingAverage(Smoother):
    """The mean of the last `count` points of the rounded way; while resting it catches up."""

    def __init__(self, count: int, step: float) -> None:
        self._way = _RoundedWay(step)
        self._recent = _Recent(count)

    def add(self, sample: Sample) -> list[Sample]:
        return [self._recent.push(point) for point in self._way.add(sample)]

    def rest(self) -> list[Sample]:
        ahead = self._way.flush()
        last = self._recent.last
        if not ahead and last is not None and not _is_same(self._recent.mean(), last):
            # As if the pointer came here again: the mean moves on by an average's share.
            ahead = [last] * max(1, len(self._recent) // 4)
        return [self._recent.push(point) for point in ahead]

    def finish(self) -> list[Sample]:
        samples = [self._recent.push(point) for point in self._way.flush()]
        while len(self._recent) > 1:
            self._recent.drop()
            samples.append(self._recent.mean())
        return samples


class _Recent:
    """The last points and their sum, so that a mean costs the same for two and for forty."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._points: deque[Sample] = deque()
        self._sum = (0.0, 0.0, 0.0, 0.0)

    def __len__(self) -> int:
        return len(self._points)

    @property
    def last(self) -> Sample | None:
        return self._points[-1] if self._points else None

    def push(self, point: Sample) -> Sample:
        """The mean with this point, and without the oldest one if there are too many."""
        self._points.append(point)
        self._weigh(point, 1)
        if len(self._points) > self._count:
            self.drop()
        return self.mean()

    def drop(self) -> None:
        self._weigh(self._points.popleft(), -1)

    def mean(self) -> Sample:
        last = self._points[-1]
        if len(self._points) == 1:
            return last
        count = len(self._points)
        x, y, pressure, tilt = self._sum
        pressure = min(max(pressure / count, 0.0), 1.0)
        return Sample(x / count, y / count, pressure, max(tilt / count, 0.0), last.lean_degrees)

    def _weigh(self, point: Sample, sign: int) -> None:
        x, y, pressure, tilt = self._sum
        self._sum = (
            x + sign * point.x,
            y + sign * point.y,
            pressure + sign * point.pressure,
            tilt + sign * point.tilt,
        )


class _PullString(Smoother):
    """The brush follows only when the string is taut, so it turns corners exactly where one lets
    it, and does not jump to the pointer at the end."""

    def __init__(self, length: float, step: float) -> None:
        self._way = _RoundedWay(step)
        self._length = length
        self._brush: Sample | None = None
        self._pointer: Sample | None = None

    def add(self, sample: Sample) -> list[Sample]:
        self._pointer = sample
        return self._pulled(self._way.add(sample))

    def rest(self) -> list[Sample]:
        return self._pulled(self._way.flush())

    def finish(self) -> list[Sample]:
        return self._pulled(self._way.flush())

    @property
    def string(self) -> tuple[Sample, Sample] | None:
        if self._brush is None or self._pointer is None:
            return None
        return self._brush, self._pointer

    def _pulled(self, points: list[Sample]) -> list[Sample]:
        samples: list[Sample] = []
        for point in points:
            if self._brush is None:
                self._brush = point
                samples.append(point)
                continue
            slack = self._length - math.hypot(point.x - self._brush.x, point.y - self._brush.y)
            if slack < 0:
                share = -slack / (self._length - slack)
                self._brush = Sample(
                    self._brush.x + (point.x - self._brush.x) * share,
                    self._brush.y + (point.y - self._brush.y) * share,
                    point.pressure,
                    point.tilt,
                    point.lean_degrees,
                )
                samples.append(self._brush)
        return samples


class _RoundedWay:
    """Readings of a fast hand lie far apart. The way is bent through the middles between them and
    cut into steps, so that a circle of twelve readings is round."""

    def __init__(self, step: float) -> None:
        self._step = step
        self._corner: Sample | None = None  # the last reading
        self._reached: Sample | None = None  # where the way ends so far: half a piece behind

    def add(self, sample: Sample) -> list[Sample]:
        corner, reached = self._corner, self._reached
        self._corner = sample
        if corner is None or reached is None:
            self._reached = sample
            return [sample]
        self._reached = between(corner, sample, 0.5)
        return self._bent(reached, corner, self._reached)

    def flush(self) -> list[Sample]:
        """The rest of the way to the last reading."""
        corner, reached = self._corner, self._reached
        if corner is None or reached is None or _is_same(corner, reached):
            return []
        self._reached = corner
        return self._bent(reached, between(reached, corner, 0.5), corner)

    def _bent(self, start: Sample, corner: Sample, end: Sample) -> list[Sample]:
        """Points of the quadratic curve behind its start."""
        length = _distance(start, corner) + _distance(corner, end)
        count = max(1, math.ceil(length / self._step))
        return [_on_curve(start, corner, end, (step + 1) / count) for step in range(count)]


def _on_curve(start: Sample, corner: Sample, end: Sample, share: float) -> Sample:
    return between(between(start, corner, share), between(corner, end, share), share)


def _distance(one: Sample, other: Sample) -> float:
    return math.hypot(other.x - one.x, other.y - one.y)


def _is_same(one: Sample, other: Sample) -> bool:
    return _distance(one, other) < 0.01
