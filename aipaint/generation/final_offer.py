"""`FinalOffer`: a draft that was chosen, to be painted out in full."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aipaint.document.layer_commands import AddLayer
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.candidate import Candidate
from aipaint.generation.crop_wish import CropWish
from aipaint.generation.desk import Desk
from aipaint.generation.options import GenerateOptions
from aipaint.ledger.price import Estimate
from aipaint.money import Micros, format_usd
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.request import Operation

_BEST_FIRST = ("high", "hd", "medium", "standard")
_REFINABLE = (Operation.GENERATE, Operation.EDIT, Operation.OUTPAINT, Operation.VARIATIONS)


@dataclass(frozen=True)
class FinalOffer:
    """`estimate` is None where `problem` says why it cannot be bought. `saved_micros` is what it
    costs less to have chosen among drafts than among finals."""

    options: GenerateOptions
    estimate: Estimate | None
    problem: str = ""
    saved_micros: Micros = 0
    sentence: str = ""


def final_offer(
    candidate: Candidate, shown: Sequence[Candidate], desk: Desk, quality: str = ""
) -> FinalOffer | None:
    """The draft is the picture that is refined, under the same mask and in the same crop; `shown`
    are all drafts it was chosen from. None for what cannot be refined. No pixel is touched."""
    if candidate.is_local or candidate.options.operation not in _REFINABLE:
        return None
    options = candidate.options
    try:
        options = _final_options(candidate, desk)
        model = desk.model(options)
        options = replace(options, model=model.id, quality=quality or _best(model))
        estimate = desk.known_estimate(picture_of_draft(candidate), options)
        problem = desk.provider(options.provider).readiness()
    except AipaintError as error:
        return FinalOffer(options, None, str(error))
    return _with_savings(FinalOffer(options, estimate, problem), candidate, shown)


def picture_of_draft(candidate: Candidate) -> Picture:
    """The picture that the draft was made for, with the draft on it, under the same mask."""
    picture = candidate.picture.snapshot()
    mask = picture.mask.copy()
    AddLayer(candidate.as_layer(), index=len(picture.layers)).apply(picture)
    if candidate.options.operation is Operation.OUTPAINT and candidate.mask is not None:
        mask = candidate.mask.copy()  # nothing is transparent there any more
    picture.mask = mask
    return picture


def _final_options(candidate: Candidate, desk: Desk) -> GenerateOptions:
    """Raises UsageError for a provider or model that is not there any more."""
    asked = candidate.options
    provider = desk.provider(asked.provider)
    model = candidate.recipe.model if candidate.recipe is not None else asked.model
    if Operation.EDIT not in provider.model(model).operations:
        model = provider.default_model(Operation.EDIT)
    crop = asked.crop if asked.operation is not Operation.GENERATE else CropWish.WHOLE
    return replace(
        asked,
        operation=Operation.EDIT,
        model=model,
        count=1,
        size=None,
        crop=crop,
        is_fresh=False,
    )


def _best(model: ModelInfo) -> str:
    for quality in _BEST_FIRST:
        if quality in model.qualities:
            return quality
    return model.default_quality


def _with_savings(
    offer: FinalOffer, candidate: Candidate, shown: Sequence[Candidate]
) -> FinalOffer:
    """Compared with having had as many finals to choose from. Integers all the way."""
    assert offer.estimate is not None
    drafts = [one for one in shown if not one.is_local and _is_kin(one, candidate)] or [candidate]
    paid = {one.job_id: one.cost_micros for one in drafts}
    spent, final = sum(paid.values()), offer.estimate.micros
    saved = max(0, len(drafts) * final - spent - final)
    count = len(drafts)
    noun = "draft" if count == 1 else "drafts"
    words = f"{count} {noun} {format_usd(spent)} and this final {format_usd(final)}"
    if saved:
        finals = f"{count} finals would be {format_usd(count * final)}"
        words += f"; {finals}: {format_usd(saved)} saved"
    return replace(offer, saved_micros=saved, sentence=words)


def _is_kin(one: Candidate, other: Candidate) -> bool:
    """Made for the same place: somebody chose between them."""
    return one.rect == other.rect and one.options.operation is other.options.operation
