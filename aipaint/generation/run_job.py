"""`run_job`: compose, reserve, store, predict, settle, composite, record. No Qt; on a worker.

Order on disk: job row -> reservation -> inputs -> marked sent -> first byte on the wire -> result
bytes -> settlement -> composites. A crash between any two leaves enough to know what was bought.
"""

from dataclasses import replace

from aipaint.errors import AipaintError, CancelledError, StorageError
from aipaint.generation.compose import Composed, compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.finish_job import candidates_of, earlier_outcome
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.generation.job_watch import JobWatch
from aipaint.generation.request_fingerprint import request_fingerprint
from aipaint.history.records import JobStatus
from aipaint.ledger.entry import CostSource, Reservation, SpendRequest
from aipaint.ledger.errors import BudgetBlocked, RateLimited
from aipaint.money import Micros
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.prediction import Prediction


def run_job(job: Job, desk: Desk, report: Report) -> JobOutcome:
    """Do a job whose row is in the history. Every expected failure is an outcome, with the money
    put right; anything else is raised, also with the money put right."""
    outcome = JobOutcome(job.id, JobStatus.FAILED)
    desk.history.start(job.id)
    try:
        report(None, "Preparing")
        model = desk.model(job.options)
        composed = compose_request(job.picture, job.options, model)
        estimate = desk.price(job.options, model, composed.plan.sent)
        outcome = replace(
            outcome,
            model=model.id,
            fingerprint=request_fingerprint(job.options, composed.request),
            estimated_micros=estimate.micros,
            warnings=composed.warnings,
        )
        desk.history.describe(job.id, model.id, outcome.fingerprint, estimate.micros)
        earlier = earlier_outcome(job, desk, composed, outcome)
        if earlier is not None:
            return _record(earlier, desk)
        return _record(_bought(job, desk, report, composed, outcome), desk)
    except AipaintError as error:
        return _record(_failed(outcome, error), desk)


def _bought(
    job: Job, desk: Desk, report: Report, composed: Composed, outcome: JobOutcome
) -> JobOutcome:
    provider = desk.provider(job.options.provider)
    missing = provider.readiness()
    if missing:
        raise ProviderError(missing, kind="auth", charged=Charged.NO)
    ask = _ask(job, composed, outcome, is_paid=provider.is_paid)
    reservation = _reserve(job, desk, report, ask)
    watch = JobWatch(job, reservation, desk, report)
    try:
        _store_inputs(job, desk, composed)
        if job.cancelled.is_set():
            raise CancelledError("Cancelled before anything was sent.")
        prediction = provider.predict(composed.request, watch)
    except BaseException as error:
        put_money_right(desk, reservation, error, was_sent=watch.was_sent)
        raise
    cost, source = _cost(desk, job, prediction, outcome)
    try:
        desk.ledger.settle(reservation, cost, source)
    except StorageError as error:
        # The reservation stays, so the caps still count it; the pictures are on disk already.
        raise _paid_but_unusable(error, is_paid=provider.is_paid) from error
    outcome = replace(outcome, actual_micros=cost, cost_source=source)
    report(None, "Putting it into the picture")
    try:
        return candidates_of(job, desk, composed, outcome, prediction)
    except AipaintError as error:
        raise _paid_but_unusable(error, is_paid=provider.is_paid) from error


def _reserve(job: Job, desk: Desk, report: Report, ask: SpendRequest) -> Reservation:
    while True:
        try:
            return desk.ledger.reserve(ask)
        except RateLimited as limit:
            if not job.waits_for_turn:
                raise
            report(None, f"Waiting {limit.wait_seconds} s: one paid picture at a time")
            if job.cancelled.wait(limit.wait_seconds):
                raise CancelledError("Cancelled before anything was sent.") from limit


def put_money_right(
    desk: Desk, reservation: Reservation, error: BaseException, *, was_sent: bool
) -> None:
    """Release, settle or leave as unknown, by what is proven about a failed call."""
    charged = Charged.UNKNOWN if was_sent else Charged.NO
    if isinstance(error, ProviderError):
        charged = error.charged
    match charged:
        case Charged.NO:
            desk.ledger.release(reservation)
        case Charged.YES:
            desk.ledger.settle(reservation, reservation.micros, CostSource.ESTIMATE)
        case Charged.UNKNOWN:
            desk.ledger.mark_unknown(reservation)


def _ask(job: Job, composed: Composed, outcome: JobOutcome, *, is_paid: bool) -> SpendRequest:
    return SpendRequest(
        job_id=job.id,
        provider=job.options.provider,
        model=composed.request.model,
        operation=job.options.operation.value,
        micros=outcome.estimated_micros or 0,
        fingerprint=outcome.fingerprint,
        is_image_call=is_paid,
        is_fresh=job.options.is_fresh,
    )


def _store_inputs(job: Job, desk: Desk, composed: Composed) -> None:
    for image in composed.request.images:
        desk.history.store_input(
            job.id, image.role.value, image.png, "png", image.size.width, image.size.height
        )


def _cost(
    desk: Desk, job: Job, prediction: Prediction, outcome: JobOutcome
) -> tuple[Micros, CostSource]:
    """The provider's own figure, else from its token counts, else the estimate."""
    if not desk.provider(job.options.provider).is_paid:
        return 0, CostSource.FREE
    if prediction.cost_micros is not None:
        return prediction.cost_micros, CostSource.PROVIDER
    if prediction.usage is not None and not prediction.usage.is_empty:
        cost = desk.prices.cost_of(job.options.provider, outcome.model, prediction.usage)
        if cost is not None:
            return cost, CostSource.USAGE
    return outcome.estimated_micros or 0, CostSource.ESTIMATE


def _paid_but_unusable(error: AipaintError, *, is_paid: bool) -> ProviderError:
    return ProviderError(
        f"The picture came back but cannot be used: {error.message}",
        kind="bad_answer",
        charged=Charged.YES if is_paid else Charged.NO,
        hint="Its bytes are kept in the data folder, under images.",
    )


def _failed(outcome: JobOutcome, error: AipaintError) -> JobOutcome:
    status = JobStatus.FAILED
    if isinstance(error, BudgetBlocked):
        status = JobStatus.BLOCKED_BUDGET
    elif error.kind == "cancelled":
        status = JobStatus.CANCELLED
    elif charge_of(error) is Charged.UNKNOWN:
        status = JobStatus.UNKNOWN
    actual = outcome.actual_micros
    if actual is None and charge_of(error) is Charged.YES:
        actual = outcome.estimated_micros
    return replace(outcome, status=status, error=error, actual_micros=actual)


def charge_of(error: AipaintError) -> Charged:
    """Whether a failure cost money; what is not a provider's never does."""
    return error.charged if isinstance(error, ProviderError) else Charged.NO


def _record(outcome: JobOutcome, desk: Desk) -> JobOutcome:
    """Write the end down. A disk that refuses now must not hide what happened before."""
    error = outcome.error
    try:
        desk.history.finish(
            outcome.job_id,
            outcome.status,
            actual_micros=outcome.actual_micros,
            error=None if error is None else error_record(error),
        )
    except StorageError as trouble:
        return replace(outcome, error=error or trouble, warnings=(*outcome.warnings, str(trouble)))
    return outcome


def error_record(error: AipaintError) -> dict[str, str]:
    """A failure as it is stored and as scripts see it."""
    return {
        "kind": error.kind,
        "message": error.message,
        "charged": charge_of(error).value,
        "hint": error.hint,
    }
