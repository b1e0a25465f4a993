"""`Checkout`: what a person should know, or decide, before a call is paid for."""

from dataclasses import dataclass
from pathlib import Path

from aipaint.document.picture import Picture
from aipaint.generation.compose import plan_for
from aipaint.generation.desk import Desk
from aipaint.generation.duplicate_offer import DuplicateOffer, duplicate_offer
from aipaint.generation.options import GenerateOptions
from aipaint.ledger.price import Estimate
from aipaint.ledger.status import BudgetStatus, CapStatus
from aipaint.money import Micros


@dataclass(frozen=True)
class Checkout:
    """`reasons` to ask are empty where the call may go out without a question, and where it will
    be refused anyway. `picture` is a thumbnail of what `offer` would use again."""

    estimate: Estimate
    status: BudgetStatus
    reasons: tuple[str, ...] = ()
    offer: DuplicateOffer | None = None
    picture: Path | None = None


def check_out(picture: Picture, options: GenerateOptions, project: str, desk: Desk) -> Checkout:
    """For these options on this snapshot. On a worker. Moves no money.

    Raises UsageError and UnpricedModel for what cannot be asked for, StorageError.
    """
    model = desk.model(options)
    sent = plan_for(picture, options, model).sent
    estimate = desk.price(options, model, sent)
    status = desk.ledger.status()
    reasons: tuple[str, ...] = ()
    if not is_refused(status, options.provider, project, estimate.micros):
        ask = desk.price_request(options, model, sent)
        reasons = desk.ledger.reasons_to_ask(estimate, ask)
    offer = duplicate_offer(picture, options, desk)
    shown = _thumbnail(offer.job_id, desk) if offer is not None else None
    return Checkout(estimate, status, reasons, offer, shown)


def is_refused(status: BudgetStatus, provider: str, project: str, micros: Micros) -> bool:
    """Whether the ledger will say no: there is nothing to ask then, the job says why."""
    if any(pause.provider in ("", provider) for pause in status.pauses):
        return True
    names = {"provider": provider, "project": project}
    limits = (
        *status.caps,
        *(each for each in status.envelopes if names.get(each.period) == each.name),
    )
    return any(_is_short(limit, micros) for limit in limits)


def _is_short(limit: CapStatus, micros: Micros) -> bool:
    return limit.left_micros is not None and limit.left_micros < micros


def _thumbnail(job_id: str, desk: Desk) -> Path | None:
    images = desk.history.images(job_id)
    found = next((image.thumbnail_path for image in images if image.thumbnail_path), None)
    return desk.history.kept_input(found) if found else None
