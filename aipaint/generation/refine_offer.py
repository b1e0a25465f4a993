"""`refine_offer`: the same was worded a moment ago; take those words, or buy others."""

from aipaint.errors import UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.duplicate_offer import DuplicateOffer, minutes_since
from aipaint.generation.earlier_words import earlier_words, paid_for
from aipaint.generation.refine import RefineAsk, refine_fingerprint
from aipaint.generation.refine_text import read_refined


def refine_offer(ask: RefineAsk, desk: Desk) -> DuplicateOffer | None:
    """What would be used again for this question; None if nothing would. On a worker. Raises
    StorageError."""
    if ask.is_fresh or not desk.provider(ask.provider).is_paid:
        return None
    try:
        earlier = earlier_words(refine_fingerprint(ask, desk), desk)
    except UsageError:
        return None
    if earlier is None or earlier.record.completed_at is None:
        return None
    minutes = minutes_since(earlier.record.completed_at, desk)
    words = read_refined(earlier.answer, ask.negative_prompt).prompt
    return DuplicateOffer(earlier.bought_by, minutes, paid_for(earlier, desk), words)
