"""`DuplicateOffer`: the same was bought a moment ago; use that, or buy a new variation."""

from dataclasses import dataclass

from aipaint.database import utc_micros
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.compose import compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.finish_job import recent_purchase
from aipaint.generation.options import GenerateOptions
from aipaint.generation.request_fingerprint import request_fingerprint
from aipaint.money import Micros, format_usd

_MICROS_PER_MINUTE = 60_000_000


@dataclass(frozen=True)
class DuplicateOffer:
    """The earlier job, how long ago it succeeded, and what it cost. `words` are what it made where
    that is no picture."""

    job_id: str
    minutes: int
    cost_micros: Micros
    words: str = ""

    def __str__(self) -> str:
        what = "take its words, or buy new ones" if self.words else "use it, or buy a new variation"
        cost = format_usd(self.cost_micros)
        return f"The same was bought {_ago(self.minutes)} for {cost}: {what}."


def duplicate_offer(
    picture: Picture, options: GenerateOptions, desk: Desk
) -> DuplicateOffer | None:
    """What would be used again for these options on this snapshot; None if nothing would.

    On a worker: the request is composed to be compared. What cannot be asked for has no offer.
    Raises StorageError.
    """
    if options.is_fresh or not desk.provider(options.provider).is_paid:
        return None
    try:
        composed = compose_request(picture, options, desk.model(options))
    except AipaintError:
        return None
    earlier = recent_purchase(request_fingerprint(options, composed.request), desk)
    if earlier is None or earlier.completed_at is None:
        return None
    return DuplicateOffer(
        earlier.id, minutes_since(earlier.completed_at, desk), earlier.actual_micros or 0
    )


def minutes_since(completed_at: int, desk: Desk) -> int:
    """Whole ones; `completed_at` in UTC microseconds."""
    return max(0, utc_micros(desk.clock()) - completed_at) // _MICROS_PER_MINUTE


def _ago(minutes: int) -> str:
    if minutes < 1:
        return "a moment ago"
    if minutes < 120:
        return f"{minutes} {'minute' if minutes == 1 else 'minutes'} ago"
    hours = minutes // 60
    return f"{hours} hours ago" if hours < 48 else f"{hours // 24} days ago"
