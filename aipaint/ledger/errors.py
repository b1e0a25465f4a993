"""Why the ledger or the price book says no."""

from aipaint.errors import AipaintError
from aipaint.ledger.pause import Pause
from aipaint.ledger.status import CapStatus
from aipaint.money import Micros, decimal_usd

_CAP_WORDS = {
    "session": ("session cap", "AIE_BUDGET_SESSION_CAP"),
    "day": ("daily cap", "AIE_BUDGET_DAILY_CAP"),
    "month": ("monthly cap", "AIE_BUDGET_MONTHLY_CAP"),
}


class BudgetBlocked(AipaintError):
    """A cap or an envelope leaves too little for this call. Nothing was reserved or sent.

    `period`: session, day, month, or for an envelope project, provider (`name` says which).
    """

    kind = "budget"

    def __init__(self, cap: CapStatus, needed_micros: Micros) -> None:
        self.period = cap.period
        self.name = cap.name
        self.cap_micros = cap.cap_micros
        self.left_micros = cap.left_micros or 0
        self.needed_micros = needed_micros
        super().__init__(
            f"Blocked by {_limit_name(cap)} of ${decimal_usd(cap.cap_micros)}: "
            f"${decimal_usd(self.left_micros)} is left and this may cost up to "
            f"${decimal_usd(needed_micros)}.",
            _advice(cap),
        )


class BudgetPaused(AipaintError):
    """Every paid call, or every one of a provider, is stopped until a person says go on."""

    kind = "budget"

    def __init__(self, pause: Pause) -> None:
        self.pause = pause
        what = f"Paid calls of {pause.provider} are" if pause.provider else "Paid calls are"
        super().__init__(
            f"{what} paused: {pause.reason}",
            "Nothing was reserved or sent. Look at what was spent (aipaint budget report), "
            "then go on with: aipaint budget unpause",
        )


class RateLimited(AipaintError):
    """Another paid picture was started a moment ago."""

    kind = "rate_limit"

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        unit = "second" if wait_seconds == 1 else "seconds"
        super().__init__(
            f"The next paid picture can be started in {wait_seconds} {unit}.",
            "Wait and try again, or change AIE_RATE_LIMIT_SECONDS (0 turns the limit off).",
        )


class DuplicateInFlight(AipaintError):
    """The same request is running, or its outcome is unknown; buying it again needs a choice."""

    kind = "duplicate"

    def __init__(self, job_id: str, ledger_id: int, *, is_unknown: bool) -> None:
        self.job_id = job_id
        self.ledger_id = ledger_id
        self.is_unknown = is_unknown
        if is_unknown:
            message = f"The same request was sent before and its outcome is unknown (job {job_id})."
            hint = (
                f"Find out whether it was charged and say so with: aipaint budget resolve "
                f"{ledger_id} --charged or --not-charged. Buying it again needs --fresh."
            )
        else:
            message = f"The same request is already running (job {job_id})."
            hint = (
                f"Wait for it. If it was interrupted: aipaint budget resolve {ledger_id} "
                "--not-charged. Buying it again needs --fresh."
            )
        super().__init__(message, hint)


class LedgerError(AipaintError):
    """A ledger row was asked to do what it cannot, such as being resolved twice."""

    kind = "ledger"


class NoSuchEntry(LedgerError):
    """A number was named that no ledger row has."""

    kind = "usage"

    def __init__(self, ledger_id: int) -> None:
        super().__init__(f"There is no ledger entry {ledger_id}.", "See: aipaint budget ledger")


class BooksDisagree(LedgerError):
    """Rows of the ledger are not the sums of their entries: what was spent cannot be known."""

    def __init__(self, ledger_ids: tuple[int, ...]) -> None:
        self.ledger_ids = ledger_ids
        rows = "entry" if len(ledger_ids) == 1 else f"{len(ledger_ids)} entries, the first is"
        super().__init__(
            f"The spending records do not add up ({rows} {ledger_ids[0]}), so nothing is bought.",
            "Put back the newest .bak copy of aipaint.db in the data folder.",
        )


class UnpricedModel(AipaintError):
    """The price book has no price for this model, so nothing may be bought with it."""

    kind = "unpriced"

    def __init__(self, provider: str, model: str, operation: str) -> None:
        self.provider = provider
        self.model = model
        super().__init__(
            f"There is no price for {operation} with the model {model} of {provider}, "
            "so it is blocked.",
            f"Set the most that one call may cost: aipaint prices set {model} --ceiling USD"
            f"{'' if provider == 'openai' else f' --provider {provider}'}",
        )


class PriceBookError(AipaintError):
    """A price file cannot be read."""

    kind = "prices"


def _limit_name(cap: CapStatus) -> str:
    """The period's cap, or the envelope by its name."""
    if cap.period in _CAP_WORDS:
        return f"the {_CAP_WORDS[cap.period][0]}"
    return f'the envelope of the {cap.period} "{cap.name}"'


def _advice(cap: CapStatus) -> str:
    parts = ["Choose a cheaper size, quality or count"]
    if cap.resets_at:
        parts.append(f"wait until {cap.resets_at[:16].replace('T', ' ')}")
    if cap.period in _CAP_WORDS:
        parts.append(f"or raise {_CAP_WORDS[cap.period][1]} (set by: {cap.source})")
    else:
        parts.append(f"or raise the envelope (set by: {cap.source})")
    advice = ", ".join(parts) + "."
    if cap.unknown_micros:
        advice += (
            f" ${decimal_usd(cap.unknown_micros)} is held by calls with an unknown outcome: "
            "see aipaint budget ledger."
        )
    return advice
