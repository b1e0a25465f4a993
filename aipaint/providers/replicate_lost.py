"""Which of the account's predictions is the order whose answer never arrived."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from aipaint.providers.replicate_model import ReplicateModel
from aipaint.providers.replicate_prediction import RemotePrediction

EARLIEST_MICROS = 120_000_000
"""How much earlier than our clock's time of sending it may be dated: clocks differ."""
LATEST_MICROS = 900_000_000


def lost_order(
    candidates: Iterable[RemotePrediction],
    sent: Mapping[str, Any],
    model: ReplicateModel,
    sent_at_micros: int,
) -> RemotePrediction | None:
    """The one made nearest to the time of sending whose input is what was sent.

    `sent` is the input as it would be built now; pictures that were uploaded had an address that
    nobody knows any more, so an address fits every address. Without its input (Replicate deletes
    it after an hour) nothing is taken for ours.
    """
    fitting = [
        found
        for found in candidates
        if _is_in_time(found, sent_at_micros)
        and _is_model(found, model)
        and _is_same_input(found.input, sent)
    ]
    return min(fitting, key=lambda found: _distance(found, sent_at_micros), default=None)


def _is_in_time(found: RemotePrediction, sent_at_micros: int) -> bool:
    if found.created_at_micros is None:
        return False
    later = found.created_at_micros - sent_at_micros
    return -EARLIEST_MICROS <= later <= LATEST_MICROS


def _distance(found: RemotePrediction, sent_at_micros: int) -> int:
    return abs((found.created_at_micros or 0) - sent_at_micros)


def _is_model(found: RemotePrediction, model: ReplicateModel) -> bool:
    """By name where the answer has one, else by version ("hidden" for some)."""
    if found.model:
        return found.model.lower() == model.name.lower()
    return bool(model.version) and found.version == model.version


def _is_same_input(found: Mapping[str, Any], sent: Mapping[str, Any]) -> bool:
    """Everything that was sent is there; the server may have added its defaults."""
    return bool(found) and all(
        name in found and _is_same(found[name], value) for name, value in sent.items()
    )


def _is_same(found: Any, sent: Any) -> bool:
    if isinstance(sent, list):
        return (
            isinstance(found, list)
            and len(found) == len(sent)
            and all(_is_same(one, other) for one, other in zip(found, sent, strict=True))
        )
    if _is_address(sent) and _is_address(found):
        both_inline = sent.startswith("data:") and found.startswith("data:")
        return found == sent if both_inline else True
    if isinstance(sent, float) and isinstance(found, int | Decimal):
        return Decimal(str(sent)) == found
    return bool(found == sent) and isinstance(found, bool) == isinstance(sent, bool)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("data:", "https://", "http://"))
