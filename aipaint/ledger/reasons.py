"""`reasons_to_ask`: why a person should be asked before this call is paid for."""

from dataclasses import dataclass

from aipaint.ledger.guard import Guard
from aipaint.ledger.price import Estimate, PriceRequest, Tier
from aipaint.money import Micros, format_usd


@dataclass(frozen=True)
class Past:
    """What the ledger knows: whether this provider was ever paid, and what one picture of the
    same model and operation cost last (None: never bought)."""

    has_paid_provider: bool
    last_micros: Micros | None


def reasons_to_ask(
    estimate: Estimate, ask: PriceRequest, guard: Guard, past: Past
) -> tuple[str, ...]:
    """Sentences, none where the call may go out without a question. Free calls never ask."""
    micros = estimate.micros
    if not micros:
        return ()
    reasons = []
    if guard.tiers.of(micros) is Tier.HIGH:
        reasons.append(
            f"It is expensive: up to {format_usd(micros)}"
            f" (from {format_usd(guard.tiers.high_from_micros)} on you are asked)."
        )
    elif guard.ask_from_micros and micros >= guard.ask_from_micros:
        reasons.append(
            f"It may cost up to {format_usd(micros)}"
            f" (you want to be asked from {format_usd(guard.ask_from_micros)} on)."
        )
    if not past.has_paid_provider:
        reasons.append(f"It is the first paid call to {ask.provider}.")
    if guard.ask_from_count and ask.count >= guard.ask_from_count:
        reasons.append(f"It is a batch: {ask.count} pictures, together up to {format_usd(micros)}.")
    if past.last_micros and micros >= 2 * past.last_micros * ask.count:
        last = format_usd(past.last_micros * ask.count)
        reasons.append(
            f"It may cost twice what the last one did: {format_usd(micros)}, not {last}."
        )
    return tuple(reasons)
