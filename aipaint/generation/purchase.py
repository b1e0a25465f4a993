"""`Purchase`: one held amount on its way through a provider; whatever comes, its money is right."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import charge_of
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.generation.job_watch import JobWatch
from aipaint.generation.kept_answer import keep_answer
from aipaint.history.records import JobStep
from aipaint.ledger.entry import CostSource, Reservation
from aipaint.ledger.errors import LedgerError
from aipaint.money import Micros, format_usd
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.prediction import Prediction
from aipaint.providers.request import PredictionRequest

_LOG = logging.getLogger(__name__)
_Error = TypeVar("_Error", bound=BaseException)
_ABOUT_THE_QUESTION = (
    "network", "timeout", "cancelled", "rate_limit", "overload", "auth", "unsupported",
)  # fmt: skip
_HINTS = {
    Charged.NO: "Nothing was charged.",
    Charged.YES: "It was charged; what arrived is kept with the job.",
    Charged.UNKNOWN: "It may have been charged: it is asked for again at the next start.",
}


class Purchase:
    """Of one job; on its worker. `model` and `estimate` are those of the request."""

    def __init__(
        self, job: Job, desk: Desk, reservation: Reservation, outcome: JobOutcome, report: Report
    ) -> None:
        self._job = job
        self._desk = desk
        self._reservation = reservation
        self._model = outcome.model
        self._provider = desk.provider(job.options.provider)
        self._watch = JobWatch(job, reservation, desk, report)

    def predict(self, request: PredictionRequest) -> Prediction:
        """Buy it. When this returns its pictures and what it cost are on disk, but not settled."""
        try:
            prediction = self._provider.predict(request, self._watch)
        except BaseException as error:
            self._fail(error)
        return self._fetched(prediction)

    def resume(self, remote_id: str, request: PredictionRequest) -> Prediction:
        """Wait again for what was bought before; no new purchase."""
        self._watch.was_sent = self._watch.was_accepted = True
        try:
            prediction = self._provider.resume(remote_id, request, self._watch)
        except BaseException as error:
            self._fail(error)
        return self._fetched(prediction)

    def settle(self, prediction: Prediction) -> tuple[Micros, CostSource]:
        """What it cost, put down for good. Raises ProviderError if the ledger cannot be written:
        the amount stays held then, and the pictures are on disk."""
        with self._closed_by_a_fault():
            cost, source = self._cost(prediction)

        def put_down() -> None:
            self._desk.ledger.settle(self._reservation, cost, source)

        try:
            self._watch.vault.until_done(put_down, self._paid(cost))
        except LedgerError as error:
            raise unusable(error, is_paid=self._provider.is_paid) from error
        except ProviderError as error:
            error.paid_micros = cost
            raise
        self._note(lambda: self._desk.history.step(self._job.id, JobStep.SETTLED))
        self._desk.reached(JobStep.SETTLED.value)
        return cost, source

    def give_up(self, error: ProviderError) -> NoReturn:
        """The answer is lost: put the money where the error says it is, and raise it."""
        self._fail(error)

    def _fetched(self, prediction: Prediction) -> Prediction:
        with self._closed_by_a_fault(prediction):
            cost, _ = self._cost(prediction)
            self._watch.vault.bring_home(self._paid(cost))
            self._note(lambda: keep_answer(self._job.id, prediction, self._desk))
            self._desk.reached(JobStep.FETCHED.value)
        return prediction

    @contextmanager
    def _closed_by_a_fault(self, prediction: Prediction | None = None) -> Iterator[None]:
        """The answer is there: a fault of ours from now on must not leave its purchase open."""
        try:
            yield
        except BaseException as error:
            held = self._reservation
            cost, source = held.micros, CostSource.ESTIMATE
            with contextlib.suppress(Exception):  # what it cost may be the very thing that failed
                cost, source = self._cost(prediction) if prediction is not None else (cost, source)
            self._put_down(lambda: self._desk.ledger.settle(held, cost, source))
            if isinstance(error, ProviderError):
                error.paid_micros = cost
            raise

    def _put_down(self, change: Callable[[], None]) -> None:
        """Money moves, or stays held if the disk refuses: what happened must be told all the same,
        as what it is, and the next start looks after what is held."""
        try:
            change()
        except AipaintError as error:
            _LOG.info("What became of a purchase could not be written down: %s", error)

    def _note(self, write: Callable[[], None]) -> None:
        """What is only remembered for a crash must not stop a purchase that goes well."""
        try:
            write()
        except AipaintError as error:
            _LOG.info("A step of a job could not be written down: %s", error)

    def _paid(self, micros: Micros) -> str:
        return f"paid {format_usd(micros)}" if micros else "free"

    def _cost(self, prediction: Prediction) -> tuple[Micros, CostSource]:
        """The provider's own figure, else from what it counted, else the estimate."""
        if not self._provider.is_paid:
            return 0, CostSource.FREE
        if prediction.cost_micros is not None:
            return prediction.cost_micros, CostSource.PROVIDER
        if prediction.usage is not None and not prediction.usage.is_empty:
            name = self._provider.name
            cost = self._desk.prices.cost_of(name, self._model, prediction.usage)
            if cost is not None:
                return cost, self._desk.prices.cost_source(name, self._model)
        return self._reservation.micros, CostSource.ESTIMATE

    def _fail(self, error: BaseException) -> NoReturn:
        """Put the money right, then raise the error as what it turned out to cost."""
        charged = self._charged(error)
        if isinstance(error, ProviderError) and error.raw and error.charged is Charged.YES:
            # The bytes of an answer that cost money, also if nobody can read them.
            self._watch.arrived(error.raw, "bin")
        lost = self._come_home(error)
        self._put_down(lambda: self._put_money_right(error, charged))
        if lost is not None:
            raise self._with_price(lost, error) from error
        if isinstance(error, AipaintError) and charge_of(error) is not charged:
            told = ProviderError(
                error.message, kind=error.kind, charged=charged, hint=_HINTS[charged]
            )
            raise self._with_price(told, error) from error
        raise self._with_price(error, error)

    def _with_price(self, told: _Error, cause: BaseException) -> _Error:
        """The job's row says what the ledger says."""
        if isinstance(told, ProviderError) and told.charged is Charged.YES:
            told.paid_micros = self._cost_of_failure(cause)[0]
        return told

    def _come_home(self, error: BaseException) -> ProviderError | None:
        """What had arrived before something failed, brought home; why it could not be."""
        try:
            paid = self._paid(self._cost_of_failure(error)[0])
            self._watch.vault.bring_home(paid, is_patient=isinstance(error, AipaintError))
        except ProviderError as lost:
            return lost
        return None

    def _put_money_right(self, error: BaseException, charged: Charged) -> None:
        """Release, settle or leave as unknown, by what is proven about a failed call."""
        ledger = self._desk.ledger
        match charged:
            case Charged.NO:
                ledger.release(self._reservation)
            case Charged.YES:
                cost, source = self._cost_of_failure(error)
                ledger.settle(self._reservation, cost, source)
            case Charged.UNKNOWN:
                if not (self._job.is_leaving and self._watch.was_accepted):
                    ledger.mark_unknown(self._reservation)

    def _charged(self, error: BaseException) -> Charged:
        """By what is known of the work, which a failed question about it says nothing about."""
        if self._watch.has_arrived and self._provider.is_paid:
            return Charged.YES  # pictures came: whatever failed afterwards, they were bought
        if not isinstance(error, ProviderError):
            return Charged.UNKNOWN if self._watch.was_sent else Charged.NO
        if self._watch.was_accepted and not error.is_end and error.kind in _ABOUT_THE_QUESTION:
            return Charged.YES if error.charged is Charged.YES else Charged.UNKNOWN
        return error.charged

    def _cost_of_failure(self, error: BaseException) -> tuple[Micros, CostSource]:
        usage = error.usage if isinstance(error, ProviderError) else None
        return self._cost(Prediction((), usage=usage))


def unusable(error: AipaintError, *, is_paid: bool) -> ProviderError:
    """What was bought is on disk and cannot be used for this reason."""
    return ProviderError(
        f"The picture came back but cannot be used: {error.message}",
        kind="bad_answer",
        charged=Charged.YES if is_paid else Charged.NO,
        hint="Its bytes are kept in the data folder, under images.",
    )
