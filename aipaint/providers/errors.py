"""Every failure of a provider as one error: kind, HTTP status, and whether money was spent.

ProviderError
    kind        a stable word: auth, billing, quota, moderation, model, request, rate_limit,
                overload, network, timeout, server, bad_answer, cancelled, expired, unsupported
    charged     NO: proven not charged; YES: charged; UNKNOWN: may have been charged
    retryable   provably not accepted, so the same call may be sent again
"""

from enum import Enum

from aipaint.errors import AipaintError
from aipaint.money import Micros, Usage


class Charged(Enum):
    """Whether a failed call cost money. The value is the `error.charged` of `--json`."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class ProviderError(AipaintError):
    """A provider failed. `detail` is its own text, `raw` the answer's bytes worth keeping, `usage`
    what it counted of a failure that it charges for. `is_end`: not a question that failed, but the
    provider's own word on how the work ended, so `charged` is proven. `fields`: those of the
    request that it may complain about, the likeliest first. `paid_micros`: what the ledger
    has of it, if known.
    """

    def __init__(  # noqa: PLR0913 - one error with every fact about a failure, all by keyword
        self,
        message: str,
        *,
        kind: str,
        charged: Charged,
        status: int | None = None,
        retryable: bool = False,
        retry_after_seconds: float | None = None,
        detail: str = "",
        hint: str = "",
        raw: bytes = b"",
        usage: Usage | None = None,
        is_end: bool = False,
        fields: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint)
        self.kind = kind
        self.charged = charged
        self.status = status
        self.retryable = retryable
        self.retry_after_seconds = retry_after_seconds
        self.detail = detail
        self.raw = raw
        self.usage = usage
        self.is_end = is_end
        self.fields = fields
        self.paid_micros: Micros | None = None
