"""`run_job`: the whole life of a job on a worker, from top to bottom. No Qt.

Each arrow is on disk before the next begins: entered -> prepared -> reserved -> sent -> accepted ->
fetched -> settled -> ended. A crash between any two leaves enough to know what was bought, and
`recover_jobs` goes on from there.
"""

from contextlib import suppress
from dataclasses import replace

from aipaint.errors import AipaintError
from aipaint.generation.compose import Composed, compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import broken, ended, failed
from aipaint.generation.finish_job import candidates_of, earlier_outcome
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.generation.purchase import Purchase, unusable
from aipaint.generation.quiet_report import quiet
from aipaint.generation.request_fingerprint import request_fingerprint
from aipaint.generation.reserve import reserve
from aipaint.generation.stored_job import store_job
from aipaint.history.records import JobStatus
from aipaint.ledger.calibrate import price_warning
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.prediction import Prediction


def run_job(job: Job, desk: Desk, report: Report) -> JobOutcome:
    """Do a job whose row is in the history. Every expected failure is an outcome, with the money
    put right; anything else is raised, with the money put right and the job ended as well."""
    outcome = JobOutcome(job.id, JobStatus.FAILED)
    report = quiet(report)
    try:
        report(None, "Preparing")
        store_job(job, desk)
        desk.history.start(job.id)
        composed, outcome = described(job, desk, outcome)
        earlier = earlier_outcome(job, desk, composed, outcome)
        if earlier is not None:
            return ended(earlier, job, desk)
        reservation = reserve(job, desk, report, composed, outcome)
        purchase = Purchase(job, desk, reservation, outcome, report)
        prediction = purchase.predict(composed.request)
        outcome = settled(purchase, prediction, outcome)
        _remember_price(job, desk, composed)
        report(None, "Putting it into the picture")
        outcome = composited(job, desk, composed, outcome, prediction)
        return ended(outcome, job, desk)
    except AipaintError as error:
        return ended(failed(outcome, error), job, desk)
    except BaseException:
        ended(broken(outcome), job, desk)
        raise


def described(job: Job, desk: Desk, outcome: JobOutcome) -> tuple[Composed, JobOutcome]:
    """The request of a job, and its outcome with what is known before anything is sent."""
    model = desk.model(job.options)
    composed = compose_request(job.picture, job.options, model)
    estimate = desk.price(job.options, model, composed.plan.sent)
    fingerprint = request_fingerprint(job.options, composed.request)
    desk.history.describe(job.id, model.id, fingerprint, estimate.micros)
    return composed, replace(
        outcome,
        model=model.id,
        fingerprint=fingerprint,
        estimate=estimate,
        estimated_micros=estimate.micros,
        warnings=composed.warnings,
    )


def settled(purchase: Purchase, prediction: Prediction, outcome: JobOutcome) -> JobOutcome:
    """The outcome with what it cost, which is put down for good."""
    cost, source = purchase.settle(prediction)
    warning = price_warning(outcome.estimate, cost) if outcome.estimate is not None else ""
    warnings = (*outcome.warnings, warning) if warning else outcome.warnings
    return replace(outcome, actual_micros=cost, cost_source=source, warnings=warnings)


def composited(
    job: Job, desk: Desk, composed: Composed, outcome: JobOutcome, prediction: Prediction
) -> JobOutcome:
    """The candidates of what was bought. Raises ProviderError if it cannot be used, or came after
    the user had cancelled: it waits in the inbox then."""
    is_paid = desk.provider(job.options.provider).is_paid
    if job.cancelled.is_set() and not job.is_leaving:
        raise _came_late(is_paid=is_paid)
    try:
        return candidates_of(job, desk, composed, outcome, prediction)
    except AipaintError as error:
        raise unusable(error, is_paid=is_paid) from error


def _remember_price(job: Job, desk: Desk, composed: Composed) -> None:
    """What it cost counts for the price on the next button."""
    with suppress(AipaintError):  # that price is asked for once more before anything is bought
        desk.price(job.options, desk.model(job.options), composed.plan.sent)


def _came_late(*, is_paid: bool) -> ProviderError:
    if not is_paid:
        return ProviderError("Cancelled.", kind="cancelled", charged=Charged.NO)
    return ProviderError(
        "Cancelled, but the picture had arrived already and was charged.",
        kind="cancelled",
        charged=Charged.YES,
        hint="It waits in the inbox.",
    )
