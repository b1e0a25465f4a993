"""`calibrated`: an estimate held against what calls like it really cost."""

from dataclasses import replace

from aipaint.ledger.price import Estimate, EstimatePart
from aipaint.ledger.seen import Seen
from aipaint.ledger.tiers import Tiers
from aipaint.money import Micros, format_usd


def calibrated(estimate: Estimate, seen: Seen | None, count: int, tiers: Tiers) -> Estimate:
    """Raised to what `count` pictures cost lately where that is more than the rule says, never
    lowered: it stays the upper bound. The tier is by the limits in force."""
    micros, parts = estimate.micros, estimate.parts
    if seen is not None and seen.highest_micros * count > micros:
        more = seen.highest_micros * count - micros
        parts = (*parts, EstimatePart("own experience", seen.words(count), more))
        micros += more
    return replace(estimate, micros=micros, parts=parts, seen=seen, tier=tiers.of(micros))


def price_warning(estimate: Estimate, actual_micros: Micros) -> str:
    """A sentence if a call cost over a quarter more than its price rule says, else ""."""
    rule = estimate.rule_micros
    if 4 * actual_micros <= 5 * rule:
        return ""
    dated = f", {estimate.as_of}" if estimate.as_of else ""
    return (
        f"This cost {format_usd(actual_micros)}, more than the {format_usd(rule)} of its price rule"
        f" ({estimate.source}{dated}). The next estimate counts with it."
    )
