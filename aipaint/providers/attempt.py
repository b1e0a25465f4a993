"""`AttemptEnd`: what became of one try to have the work done."""

from dataclasses import dataclass
from enum import Enum


class AttemptResult(Enum):
    """NOT_SENT and REFUSED cost nothing, FAILED did, UNKNOWN may have."""

    NOT_SENT = "not_sent"
    REFUSED = "refused"
    ANSWERED = "answered"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class AttemptEnd:
    """`detail` is a short word for the log of attempts, never text from outside."""

    result: AttemptResult
    detail: str = ""
    http_status: int | None = None
