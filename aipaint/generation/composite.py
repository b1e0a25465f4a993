"""From a returned picture to pixels for a layer: only what the mask covers can change."""

from dataclasses import dataclass

import numpy as np

from aipaint.generation.compose import Composed
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.coverage import feather_inside
from aipaint.pixels.fit import take_back
from aipaint.pixels.tile import Pixels

_VISIBLE_DIFFERENCE = 8


@dataclass(frozen=True, eq=False)
class Fitted:
    """`layer` is (h, w, 4) BGRA premultiplied, the whole answer, to lie on `composed.plan.source`;
    `coverage` (h, w) is the feathered mask that it may show through, None where all of it may.
    `drift` is the share (0..1) of the pixels outside the mask that the model changed visibly, 0
    where everything was to change."""

    layer: Pixels
    coverage: Pixels | None
    drift: float
    warnings: tuple[str, ...]


def fit_answer(composed: Composed, answer: Pixels, feather_pixels: int) -> Fitted:
    """Fit an answer, (h, w, 4) straight RGBA of any size, back onto the crop."""
    plan = composed.plan
    height, width = composed.coverage.shape
    fitted, notes = take_back(
        answer, (plan.sent.width, plan.sent.height), plan.inner, (width, height)
    )
    is_partial = composed.has_mask or composed.hidden is not None
    soft = feather_inside(composed.coverage, feather_pixels) if is_partial else None
    return Fitted(
        layer=premultiplied(fitted),
        coverage=soft,
        drift=_drift(composed, fitted),
        warnings=notes,
    )


def _drift(composed: Composed, fitted: Pixels) -> float:
    outside = composed.coverage == 0
    if composed.hidden is not None:
        outside &= composed.hidden == 0  # the model never saw what is there
    total = int(np.count_nonzero(outside))
    if not total:
        return 0.0
    difference = np.abs(fitted[..., :3].astype(np.int16) - composed.source[..., :3])
    changed = (difference.max(axis=2) > _VISIBLE_DIFFERENCE) & outside
    return round(int(np.count_nonzero(changed)) / total, 4)
