"""`DabPath`: samples of the pointer become evenly spaced dabs, in runs of one tip."""

import math
import random
from array import array
from dataclasses import dataclass, field

from aipaint.pixels.brush import AngleSource, Brush, Sample
from aipaint.pixels.tip import Tip
from aipaint.pixels.tip_dynamics import TipDynamics

_HEADING_PIXELS = 8.0  # the way over which a change of direction is taken up


@dataclass(frozen=True)
class DabRun:
    """Consecutive dabs of the same tip; `xs` and `ys` are their middles on the canvas. `alpha` is
    their strength, besides the flow that is in the tip."""

    tip: Tip
    alpha: float = 1.0
    xs: "array[float]" = field(default_factory=lambda: array("d"))
    ys: "array[float]" = field(default_factory=lambda: array("d"))


class DabPath:
    """Keeps how far it is to the next dab, so that spacing does not depend on the samples."""

    def __init__(self, brush: Brush) -> None:
        self._brush = brush
        self._dynamics = TipDynamics(brush)
        self._last: Sample | None = None
        self._until_next = 0.0
        self._heading = _Heading()
        self._turns = brush.angle_source is AngleSource.STROKE
        self._chance = random.Random(0)
        # With a mouse nothing changes from sample to sample: what was worked out last still holds.
        self._known: tuple[float, float, float] | None = None
        self._known_tip, self._known_alpha, self._known_spacing = Tip(1.0, 1.0, 1.0), 1.0, 1.0

    def to(self, samples: list[Sample]) -> list[DabRun]:
        """The dabs on the way from the last sample given before to the last of these."""
        runs: list[DabRun] = []
        for sample in samples:
            last, self._last = self._last, sample
            if last is None:
                # Strokes at different places stray differently; the same stroke is the same again.
                self._chance.seed(round(sample.x * 64) * 1_000_003 + round(sample.y * 64))
                self._until_next = self._dynamics.spacing(sample.pressure, sample.tilt)
                self._put(sample, runs)
                continue
            if self._turns:
                self._heading.turn(sample.x - last.x, sample.y - last.y)
            if last.pressure == sample.pressure and last.tilt == sample.tilt:
                self._go_evenly(last, sample, runs)
            else:
                self._go_changing(last, sample, runs)
        return self._strayed(runs)

    def held(self, dabs: int) -> list[DabRun]:
        """So many dabs more at the place of the last sample."""
        runs: list[DabRun] = []
        if self._last is not None:
            for _ in range(dabs):
                self._put(self._last, runs)
        return self._strayed(runs)

    def _go_evenly(self, start: Sample, end: Sample, runs: list[DabRun]) -> None:
        """The tip stays the same: every dab's place follows from its number."""
        across, down = end.x - start.x, end.y - start.y
        length = math.hypot(across, down)
        self._look_up(end)
        spacing = self._known_spacing
        if self._until_next > length:
            self._until_next -= length
            return
        count = int((length - self._until_next) / spacing) + 1
        first, step = self._until_next / length, spacing / length
        run = self._run(end, runs)
        x, y = start.x + first * across, start.y + first * down
        step_x, step_y = step * across, step * down
        run.xs.extend([x + number * step_x for number in range(count)])
        run.ys.extend([y + number * step_y for number in range(count)])
        self._until_next += count * spacing - length

    def _go_changing(self, start: Sample, end: Sample, runs: list[DabRun]) -> None:
        """Every dab has a pressure, and so a spacing, of its own."""
        length = math.hypot(end.x - start.x, end.y - start.y)
        travelled = self._until_next
        while travelled <= length:
            here = between(start, end, travelled / length if length else 1.0)
            self._put(here, runs)
            travelled += self._dynamics.spacing(here.pressure, here.tilt)
        self._until_next = travelled - length

    def _put(self, sample: Sample, runs: list[DabRun]) -> None:
        run = self._run(sample, runs)
        run.xs.append(sample.x)
        run.ys.append(sample.y)

    def _run(self, sample: Sample, runs: list[DabRun]) -> DabRun:
        """The run that a dab with this sample's pressure and tilt belongs to."""
        self._look_up(sample)
        tip, alpha = self._known_tip, self._known_alpha
        if not runs or runs[-1].tip != tip or runs[-1].alpha != alpha:
            runs.append(DabRun(tip, alpha))
        return runs[-1]

    def _look_up(self, sample: Sample) -> None:
        """Tip, strength and spacing for this sample's pressure and tilt."""
        wanted = (sample.pressure, sample.tilt, sample.lean_degrees)
        if wanted == self._known and not self._turns:
            return
        self._known = wanted
        self._known_tip = self._dynamics.tip(*wanted, self._heading.degrees)
        self._known_alpha = self._dynamics.alpha(sample.pressure)
        self._known_spacing = self._dynamics.spacing(sample.pressure, sample.tilt)

    def _strayed(self, runs: list[DabRun]) -> list[DabRun]:
        """Dabs scattered over a disk around their places."""
        if self._brush.scatter > 0:
            for run in runs:
                for number in range(len(run.xs)):
                    reach = self._brush.scatter * run.tip.size * self._chance.random() ** 0.5
                    turn = self._chance.random() * math.tau
                    run.xs[number] += reach * math.cos(turn)
                    run.ys[number] += reach * math.sin(turn)
        return runs


class _Heading:
    """Where the stroke goes, as a mean over the last few pixels."""

    def __init__(self) -> None:
        self._across = self._down = 0.0

    @property
    def degrees(self) -> float | None:
        if not self._across and not self._down:
            return None
        return math.degrees(math.atan2(self._down, self._across))

    def turn(self, across: float, down: float) -> None:
        fading = math.exp(-math.hypot(across, down) / _HEADING_PIXELS)
        self._across = self._across * fading + across
        self._down = self._down * fading + down


def between(start: Sample, end: Sample, share: float) -> Sample:
    """A sample on the straight way from one to another; it leans as the nearer one does."""
    return Sample(
        start.x + (end.x - start.x) * share,
        start.y + (end.y - start.y) * share,
        start.pressure + (end.pressure - start.pressure) * share,
        start.tilt + (end.tilt - start.tilt) * share,
        (start if share < 0.5 else end).lean_degrees,
    )
