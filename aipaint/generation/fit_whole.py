"""Answers that are no change under a mask: an enlargement, a subject cut out of its background."""

import numpy as np

from aipaint.generation.compose import Composed
from aipaint.generation.composite import Fitted
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.fit import scale_to, take_back
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels

_WHOLE_FACTOR = 0.02  # nearer to a whole number than this means that number


def growth_of(composed: Composed, answer: Pixels) -> float:
    """How many times as wide and as high an answer is as what was sent."""
    sent = composed.plan.sent
    growth = min(answer.shape[1] / sent.width, answer.shape[0] / sent.height)
    whole = max(1, round(growth))
    return float(whole) if abs(growth - whole) <= _WHOLE_FACTOR * whole else growth


def fit_enlarged(composed: Composed, answer: Pixels, growth: float) -> Fitted:
    """The answer without its padding, `growth` times as large as the crop, never stretched.

    What was hidden from the model is enlarged here.
    """
    plan = composed.plan
    canvas = (round(plan.sent.width * growth), round(plan.sent.height * growth))
    inner = Rect(0, 0, round(plan.inner.width * growth), round(plan.inner.height * growth))
    fitted, notes = take_back(answer, canvas, inner, (inner.width, inner.height))
    if growth <= 1:
        notes = (*notes, "The answer is not larger than what was sent.")
    if composed.hidden is not None:
        hidden = scale_to(composed.hidden, inner.width, inner.height) > 0
        own = scale_to(composed.source, inner.width, inner.height)
        fitted = np.where(hidden[..., None], own, fitted)
    return Fitted(premultiplied(fitted), None, warnings=notes)


def fit_cut_out(composed: Composed, answer: Pixels) -> Fitted:
    """The picture's own pixels, and a mask of what the answer shows of them."""
    plan = composed.plan
    height, width = composed.coverage.shape
    fitted, notes = take_back(
        answer, (plan.sent.width, plan.sent.height), plan.inner, (width, height)
    )
    coverage, said = _subject(composed, fitted)
    if composed.hidden is not None:
        coverage = np.where(composed.hidden > 0, 255, coverage).astype(np.uint8)
    return Fitted(premultiplied(composed.source), coverage, warnings=(*notes, *said))


def _subject(composed: Composed, fitted: Pixels) -> tuple[Pixels, tuple[str, ...]]:
    """How much of each pixel stays, 0..255: some models answer with a mask instead of a picture."""
    alpha, own = fitted[..., 3], composed.source[..., 3]
    if (alpha < own).any():
        share = (alpha.astype(np.uint32) * 255 + own // 2) // np.maximum(own, 1)
        return np.minimum(share, 255).astype(np.uint8), ()
    red = fitted[..., 0]
    is_mask = (fitted[..., 1] == red).all() and (fitted[..., 2] == red).all()
    if is_mask and red.min() < 32 and red.max() > 223:
        return red.copy(), ()
    return np.full(own.shape, 255, np.uint8), (
        "The answer has no transparency: nothing was cut out.",
    )
