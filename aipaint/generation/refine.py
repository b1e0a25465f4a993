"""`run_refine`: an idea made a prompt by a cheap model, through the guard of every purchase."""

import threading
from dataclasses import dataclass, replace

from aipaint.document.picture import blank_picture
from aipaint.errors import AipaintError, CancelledError, UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.earlier_words import earlier_words, keep_words
from aipaint.generation.end_job import broken, ended, failed
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.generation.options import GenerateOptions
from aipaint.generation.purchase import Purchase
from aipaint.generation.quiet_report import quiet
from aipaint.generation.refine_text import (
    DEFAULT_INSTRUCTIONS,
    RefinedText,
    question_of,
    read_refined,
)
from aipaint.generation.request_fingerprint import request_fingerprint
from aipaint.history.records import JobStatus, JobStep
from aipaint.ledger.calibrate import price_warning
from aipaint.ledger.entry import CostSource, Reservation, SpendRequest
from aipaint.ledger.price import Estimate, PriceRequest
from aipaint.money import Micros
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.request import INSTRUCTIONS, Operation, PredictionRequest

_REHEARSAL = "rehearsal"


@dataclass(frozen=True)
class RefineAsk:
    """`instructions` "" are ours; `model` "" is the provider's. `is_fresh` asks again although the
    same was asked a short while ago. `job_id` "" is a new one."""

    intent: str
    provider: str
    model: str = ""
    negative_prompt: str = ""
    instructions: str = ""
    is_fresh: bool = False
    project: str = ""
    job_id: str = ""


@dataclass(frozen=True)
class Refined:
    """How it ended. `prompt` is empty where `error` says why."""

    job_id: str
    status: JobStatus
    provider: str
    model: str = ""
    prompt: str = ""
    negative_prompt: str = ""
    fingerprint: str = ""
    estimated_micros: Micros | None = None
    actual_micros: Micros | None = None
    cost_source: CostSource | None = None
    duplicate_of: str | None = None
    warnings: tuple[str, ...] = ()
    error: AipaintError | None = None


def run_refine(
    ask: RefineAsk, desk: Desk, report: Report, cancelled: threading.Event | None = None
) -> Refined:
    """On a worker. Expected failures are in the result, with the money put right; StorageError is
    raised where not even the job's row could be written."""
    job = _job(ask, desk, cancelled or threading.Event())
    enter_job(job, desk)
    outcome = JobOutcome(job.id, JobStatus.FAILED)
    text: RefinedText | None = None
    try:
        desk.history.start(job.id)
        outcome, request = _described(job, ask, desk, outcome)
        text, outcome = _earlier(ask, desk, outcome) or _bought(
            job, ask, desk, quiet(report), outcome, request
        )
        outcome = ended(replace(outcome, status=JobStatus.SUCCEEDED), job, desk)
    except AipaintError as error:
        outcome = ended(failed(outcome, error), job, desk)
    except BaseException:
        ended(broken(outcome), job, desk)
        raise
    return _refined(ask, outcome, text)


def refine_price(ask: RefineAsk, desk: Desk) -> Estimate:
    """The most it may cost, its tier by the limits in force. Raises UsageError, UnpricedModel."""
    found = desk.prices.estimate(_price_request(ask, desk))
    return replace(found, tier=desk.ledger.guard.tiers.of(found.micros))


def refine_fingerprint(ask: RefineAsk, desk: Desk) -> str:
    """By which the same question is known again. Raises UsageError."""
    options = _options(ask, desk)
    return request_fingerprint(options, _request(ask, options))


def refine_provider(desk: Desk) -> str:
    """The first that words prompts and could do it now; "" for nobody. A rehearsal has to be
    asked for by name."""
    able = (provider for provider in desk.providers.values() if provider.refine_model)
    ready = (each.name for each in able if each.name != _REHEARSAL and not each.readiness())
    return next(ready, "")


def _job(ask: RefineAsk, desk: Desk, cancelled: threading.Event) -> Job:
    options = _options(ask, desk)
    job = Job(options, blank_picture(1, 1), cancelled=cancelled, project=ask.project)
    job.id = ask.job_id or job.id
    return job


def _options(ask: RefineAsk, desk: Desk) -> GenerateOptions:
    return GenerateOptions(
        Operation.REFINE,
        ask.provider,
        model=_model(ask, desk),
        prompt=ask.intent.strip(),
        negative_prompt=ask.negative_prompt.strip(),
        is_fresh=ask.is_fresh,
    )


def _request(ask: RefineAsk, options: GenerateOptions) -> PredictionRequest:
    return PredictionRequest(
        Operation.REFINE,
        options.model,
        prompt=question_of(ask.intent, ask.negative_prompt),
        extra=((INSTRUCTIONS, _instructions(ask)),),
    )


def _model(ask: RefineAsk, desk: Desk) -> str:
    provider = desk.provider(ask.provider)
    if not provider.refine_model:
        raise UsageError(f"{provider.label} words no prompts.", "Choose another provider.")
    return provider.refine_record(ask.model).id


def _described(
    job: Job, ask: RefineAsk, desk: Desk, outcome: JobOutcome
) -> tuple[JobOutcome, PredictionRequest]:
    if not ask.intent.strip():
        raise UsageError("There is nothing to refine.", "Say in a few words what you want to see.")
    request = _request(ask, job.options)
    estimate = refine_price(ask, desk)
    fingerprint = request_fingerprint(job.options, request)
    desk.history.describe(job.id, request.model, fingerprint, estimate.micros)
    found = replace(
        outcome,
        model=request.model,
        fingerprint=fingerprint,
        estimate=estimate,
        estimated_micros=estimate.micros,
    )
    return found, request


def _earlier(
    ask: RefineAsk, desk: Desk, outcome: JobOutcome
) -> tuple[RefinedText, JobOutcome] | None:
    """The words of a recent purchase of the same, at no cost."""
    if ask.is_fresh or not desk.provider(ask.provider).is_paid:
        return None
    words = earlier_words(outcome.fingerprint, desk)
    if words is None:
        return None
    # This job is a success of the same kind from now on, so it answers for the one that paid.
    keep_words(outcome.job_id, words.answer, desk, words.bought_by)
    outcome = replace(outcome, duplicate_of=words.bought_by, actual_micros=0)
    return read_refined(words.answer, ask.negative_prompt), outcome


def _bought(  # noqa: PLR0913 - the state of one job
    job: Job,
    ask: RefineAsk,
    desk: Desk,
    report: Report,
    outcome: JobOutcome,
    request: PredictionRequest,
) -> tuple[RefinedText, JobOutcome]:
    reservation = _reserved(job, ask, desk, outcome)
    purchase = Purchase(job, desk, reservation, outcome, report)
    prediction = purchase.predict(request)
    cost, source = purchase.settle(prediction)
    keep_words(job.id, prediction.text, desk)
    warning = price_warning(outcome.estimate, cost) if outcome.estimate is not None else ""
    outcome = replace(
        outcome,
        actual_micros=cost,
        cost_source=source,
        warnings=(*prediction.warnings, *([warning] if warning else [])),
    )
    return read_refined(prediction.text, ask.negative_prompt), outcome


def _reserved(job: Job, ask: RefineAsk, desk: Desk, outcome: JobOutcome) -> Reservation:
    """Raises what the ledger says, ProviderError where the provider is not ready, CancelledError.
    Words are not rate limited."""
    missing = desk.provider(ask.provider).readiness()
    if missing:
        raise ProviderError(missing, kind="auth", charged=Charged.NO)
    reservation = desk.ledger.reserve(
        SpendRequest(
            job_id=job.id,
            provider=ask.provider,
            model=outcome.model,
            operation=Operation.REFINE.value,
            micros=outcome.estimated_micros or 0,
            fingerprint=outcome.fingerprint,
            is_image_call=False,
            is_fresh=ask.is_fresh,
            project=ask.project,
            priced_as=_price_request(ask, desk).priced_as,
        )
    )
    try:
        desk.history.step(job.id, JobStep.RESERVED)
        desk.reached(JobStep.RESERVED.value)
        if job.cancelled.is_set():
            raise CancelledError("Cancelled before anything was sent.")
    except BaseException:
        desk.ledger.release(reservation)
        raise
    return reservation


def _price_request(ask: RefineAsk, desk: Desk) -> PriceRequest:
    words = question_of(ask.intent, ask.negative_prompt) + _instructions(ask)
    return PriceRequest(
        provider=ask.provider,
        model=_model(ask, desk),
        operation=Operation.REFINE.value,
        prompt_chars=len(words.encode("utf-8", "replace")),
        is_free=not desk.provider(ask.provider).is_paid,
    )


def _instructions(ask: RefineAsk) -> str:
    return ask.instructions.strip() or DEFAULT_INSTRUCTIONS


def _refined(ask: RefineAsk, outcome: JobOutcome, text: RefinedText | None) -> Refined:
    if text is None or outcome.status is not JobStatus.SUCCEEDED:
        text = RefinedText("")
    return Refined(
        job_id=outcome.job_id,
        status=outcome.status,
        provider=ask.provider,
        model=outcome.model,
        prompt=text.prompt,
        negative_prompt=text.negative_prompt,
        fingerprint=outcome.fingerprint,
        estimated_micros=outcome.estimated_micros,
        actual_micros=outcome.actual_micros,
        cost_source=outcome.cost_source,
        duplicate_of=outcome.duplicate_of,
        warnings=outcome.warnings,
        error=outcome.error,
    )
