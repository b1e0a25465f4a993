"""From a returned picture to pixels for a layer: only what the mask covers can change."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aipaint.generation.compose import Composed
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.coverage import bounds, feather_inside
from aipaint.pixels.fit import take_back
from aipaint.pixels.rect import Rect
from aipaint.pixels.registration import register, undo
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.seam_fix import edge_step, fix_seam
from aipaint.pixels.tile import Pixels
from aipaint.providers.request import Operation

_VISIBLE_DIFFERENCE = 8
_LITTLE_DRIFT = 0.02
_EDGE_PIXELS = 16  # around the mask are enough to measure its edge


@dataclass(frozen=True, eq=False)
class Fit:
    """What it takes to fit an answer again without buying it again.

    `answer` lies on `source`, both (h, w, 4) straight RGBA, and may show where `coverage` (h, w)
    says; `continues`: `source` goes on into what was transparent of it, so that nothing shines
    through at its edge.
    """

    answer: Pixels
    source: Pixels
    coverage: Pixels
    continues: bool = False


@dataclass(frozen=True, eq=False)
class Shown:
    """A fit with one choice of seam and feather. `layer` is (h, w, 4) BGRA premultiplied,
    `coverage` (h, w) the feathered mask; the edges are steps of color in levels."""

    layer: Pixels
    coverage: Pixels
    edge_before: float
    edge_after: float


@dataclass(frozen=True, eq=False)
class Fitted:
    """`layer` is (h, w, 4) BGRA premultiplied, the whole answer, to lie on `composed.plan.source`;
    `coverage` (h, w) is the feathered mask that it may show through, None where all of it may.
    `drift` is the share (0..1) of the pixels outside the mask that the model changed visibly and
    `changed_levels` by how much, 0 where everything was to change. `moved` says what was undone of
    a shift or zoom. `fit` is None without an edge, and the steps with it.
    """

    layer: Pixels
    coverage: Pixels | None
    drift: float = 0.0
    changed_levels: float = 0.0
    warnings: tuple[str, ...] = ()
    moved: str = ""
    edge_before: float | None = None
    edge_after: float | None = None
    fit: Fit | None = None


def fit_answer(
    composed: Composed, answer: Pixels, feather_pixels: int, seam: SeamFix = SeamFix.NONE
) -> Fitted:
    """Fit an answer, (h, w, 4) straight RGBA of any size, back onto the crop."""
    plan = composed.plan
    height, width = composed.coverage.shape
    fitted, notes = take_back(
        answer, (plan.sent.width, plan.sent.height), plan.inner, (width, height)
    )
    moved = ""
    if composed.has_mask:
        fitted, moved, said = _put_back(composed, fitted)
        notes = (*notes, *said)
    drift, levels = _drift(composed, fitted)
    if not composed.has_mask and composed.hidden is None:
        return Fitted(premultiplied(fitted), None, drift, levels, notes)
    fit = Fit(
        fitted,
        composed.source,
        composed.coverage,
        continues=composed.request.operation is Operation.OUTPAINT,
    )
    shown = shown_fit(fit, seam, feather_pixels)
    return Fitted(
        layer=shown.layer,
        coverage=shown.coverage,
        drift=drift,
        changed_levels=levels,
        warnings=notes,
        moved=moved,
        edge_before=shown.edge_before if composed.has_mask else None,
        edge_after=shown.edge_after if composed.has_mask else None,
        fit=fit if composed.has_mask else None,
    )


def shown_fit(fit: Fit, seam: SeamFix, feather_pixels: int) -> Shown:
    """What is seen of an answer, with a seam fix and a feather of so many pixels."""
    fixed = fix_seam(fit.answer, fit.source, fit.coverage, seam)
    soft = feather_inside(fit.coverage, feather_pixels)
    layer = premultiplied(fixed)
    if fit.continues:
        alpha = fit.source[..., 3]
        # A soft edge over nothing would be a gap.
        soft = np.where(alpha < 255, fit.coverage, soft).astype(np.uint8)
        layer = _under(fit.source, layer)
    before = _edge(fit, fit.answer)
    after = before if seam is SeamFix.NONE else _edge(fit, fixed)
    return Shown(layer, soft, before, after)


def _put_back(composed: Composed, fitted: Pixels) -> tuple[Pixels, str, tuple[str, ...]]:
    """The answer where it belongs, what was undone, and what is to be said."""
    known = _outside(composed) & (composed.source[..., 3] > 0)
    if (fitted[known] == composed.source[known]).all():
        return fitted, "", ()
    found = register(fitted, composed.source, known)
    height, width = known.shape
    if not found.is_confident:
        if _drift(composed, fitted)[0] <= _LITTLE_DRIFT:
            return fitted, "", ()  # it is in its place, whatever there is to compare by
        note = (
            "Whether the model moved the picture cannot be told: what it was to leave alone looks "
            "different now."
        )
        return fitted, "", (note,)
    if not found.moves(width, height):
        return fitted, "", ()
    shift = (found.shift_x**2 + found.shift_y**2) ** 0.5
    moved = (
        f"The model had moved the picture by {shift:.1f} px and zoomed it by "
        f"{(found.scale - 1) * 100:+.1f} %; that was undone."
    )
    return undo(fitted, found), moved, (moved,)


def _outside(composed: Composed) -> npt.NDArray[np.bool_]:
    outside = composed.coverage == 0
    if composed.hidden is not None:
        outside &= composed.hidden == 0  # the model never saw what is there
    return np.asarray(outside)


def _drift(composed: Composed, fitted: Pixels) -> tuple[float, float]:
    """The share of the pixels that were to stay and did not, and by how many levels."""
    outside = _outside(composed) & (composed.source[..., 3] > 0)
    total = int(np.count_nonzero(outside))
    if not total:
        return 0.0, 0.0
    difference = np.abs(fitted[..., :3].astype(np.int16) - composed.source[..., :3]).max(axis=2)
    changed = (difference > _VISIBLE_DIFFERENCE) & outside
    count = int(np.count_nonzero(changed))
    levels = float(difference[changed].mean()) if count else 0.0
    return round(count / total, 4), round(levels, 1)


def _edge(fit: Fit, answer: Pixels) -> float:
    height, width = fit.coverage.shape
    whole = Rect(0, 0, width, height)
    near = bounds(fit.coverage).expanded(_EDGE_PIXELS).intersected(whole)
    rows, columns = near.slices(whole)
    coverage = fit.coverage[rows, columns]
    is_inside = (coverage > 127)[..., None]
    return edge_step(
        np.where(is_inside, answer[rows, columns], fit.source[rows, columns]), coverage
    )


def _under(source: Pixels, layer: Pixels) -> Pixels:
    """`layer` (premultiplied) with the half-transparent pixels of `source` (straight) on it."""
    is_soft = (source[..., 3] > 0) & (source[..., 3] < 255)
    if not is_soft.any():
        return layer
    over = premultiplied(source)
    rest = 255 - over[..., 3:].astype(np.uint16)
    mixed = over + ((layer.astype(np.uint16) * rest + 127) // 255).astype(np.uint8)
    return np.where(is_soft[..., None], mixed, layer).astype(np.uint8)
