"""Holding the money of a job before anything is sent."""

from aipaint.errors import CancelledError
from aipaint.generation.compose import Composed
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.history.records import JobStep
from aipaint.ledger.entry import Reservation, SpendRequest
from aipaint.ledger.errors import RateLimited
from aipaint.providers.errors import Charged, ProviderError

_NOTHING_SENT = "Cancelled before anything was sent."


def reserve(
    job: Job, desk: Desk, report: Report, composed: Composed, outcome: JobOutcome
) -> Reservation:
    """Hold the estimate; sits a rate limit out if the job waits for its turn.

    Raises what the ledger says, ProviderError where the provider is not ready, CancelledError.
    Only a job whose inputs are on disk and that nobody cancelled comes out of here.
    """
    provider = desk.provider(job.options.provider)
    missing = provider.readiness()
    if missing:
        raise ProviderError(missing, kind="auth", charged=Charged.NO)
    for image in composed.request.images:
        size = image.size
        desk.history.store_input(
            job.id, image.role.value, image.png, "png", size.width, size.height
        )
    reservation = _held(job, desk, report, _ask(job, desk, composed, outcome))
    try:
        desk.history.step(job.id, JobStep.RESERVED)
        desk.reached(JobStep.RESERVED.value)
        if job.cancelled.is_set():
            raise CancelledError(_NOTHING_SENT)
    except BaseException:
        desk.ledger.release(reservation)
        raise
    return reservation


def _held(job: Job, desk: Desk, report: Report, ask: SpendRequest) -> Reservation:
    while True:
        try:
            return desk.ledger.reserve(ask)
        except RateLimited as limit:
            if not job.waits_for_turn:
                raise
            report(None, f"Waiting {limit.wait_seconds} s: one paid picture at a time")
            if job.cancelled.wait(limit.wait_seconds):
                raise CancelledError(_NOTHING_SENT) from limit


def _ask(job: Job, desk: Desk, composed: Composed, outcome: JobOutcome) -> SpendRequest:
    options = job.options
    price = desk.price_request(options, desk.model(options), composed.plan.sent)
    return SpendRequest(
        job_id=job.id,
        provider=options.provider,
        model=composed.request.model,
        operation=options.operation.value,
        micros=outcome.estimated_micros or 0,
        fingerprint=outcome.fingerprint,
        is_image_call=desk.provider(options.provider).is_paid,
        is_fresh=options.is_fresh,
        project=job.project,
        count=options.count,
        priced_as=price.priced_as,
    )
