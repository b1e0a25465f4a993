"""`TipDynamics`: what pressure, tilt and direction make of a brush's tip."""

from aipaint.pixels.brush import AngleSource, Brush
from aipaint.pixels.response_curve import ResponseCurve
from aipaint.pixels.tip import Tip

_CLOSEST = 0.5  # pixels between dabs, however small the brush
_ALPHA_STEPS = 64  # so that dabs of nearly the same strength are drawn in one go


class TipDynamics:
    """Of one brush. `heading` is the direction of the stroke in degrees, None before it has one."""

    def __init__(self, brush: Brush) -> None:
        self._brush = brush

    def size(self, pressure: float, tilt: float) -> float:
        """The diameter in pixels."""
        brush = self._brush
        share = brush.size_curve.at(pressure) if brush.pressure_to_size else 1.0
        return max(1.0, brush.size_pixels * share * (1 + brush.tilt_to_size * tilt))

    def spacing(self, pressure: float, tilt: float) -> float:
        """Pixels to the next dab; a flat tip is counted narrower than its long side."""
        flatness: float = self._brush.roundness**0.5
        return max(_CLOSEST, self.size(pressure, tilt) * self._brush.spacing * flatness)

    def tip(self, pressure: float, tilt: float, lean: float, heading: float | None) -> Tip:
        brush = self._brush
        size = self.size(pressure, tilt)
        if brush.roundness >= 1:
            return Tip.stepped(size, brush.hardness, brush.flow)
        if brush.angle_source is AngleSource.STROKE and heading is None:
            # Nobody knows yet how it will lie: a dot that the first way covers.
            return Tip.stepped(size * brush.roundness, brush.hardness, brush.flow)
        tip = Tip.stepped(size, brush.hardness, brush.flow)
        return tip.turned(brush.roundness, brush.angle_degrees + self._turn(tilt, lean, heading))

    def alpha(self, pressure: float) -> float:
        """How strong a dab is, besides its flow, 0..1."""
        brush = self._brush
        share = 1.0
        if brush.pressure_to_opacity:
            share *= _stepped(brush.opacity_curve, pressure)
        if brush.pressure_to_flow:
            share *= _stepped(brush.flow_curve, pressure)
        return share

    def _turn(self, tilt: float, lean: float, heading: float | None) -> float:
        source = self._brush.angle_source
        if source is AngleSource.STROKE and heading is not None:
            return heading
        # A pen that stands upright leans nowhere.
        return lean if source is AngleSource.TILT and tilt > 0 else 0.0


def _stepped(curve: ResponseCurve, pressure: float) -> float:
    return round(curve.at(pressure) * _ALPHA_STEPS) / _ALPHA_STEPS
