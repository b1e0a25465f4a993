"""`jobs`: what was asked for and what became of it; and to end, repeat or hide it."""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import one_line, print_json, usd_or_none
from aipaint.cli.workplace import Workplace
from aipaint.errors import UsageError
from aipaint.history.history import History
from aipaint.history.records import AttemptRecord, JobRecord, JobStatus
from aipaint.money import format_usd


def jobs(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """What was asked for, what became of it and what it cost; or one of the other verbs."""
    match arguments.verb:
        case "list":
            _list(workplace.desk.history, arguments)
            return ExitCode.DONE
        case "show":
            _show(workplace.desk.history, arguments)
            return ExitCode.DONE
    return _other_verb(arguments.verb)(arguments, workplace)


def _other_verb(verb: str) -> Callable[[Namespace, Workplace], ExitCode]:
    """Imported only when asked for: they bring what runs a job."""
    from aipaint.cli import job_again, job_changes

    return {
        "cancel": job_changes.cancel_job,
        "delete": job_changes.delete_job,
        "clear": job_changes.clear_jobs,
        "rerun": job_again.rerun_job,
        "resume": job_again.resume_jobs,
    }[verb]


def _list(history: History, arguments: Namespace) -> None:
    found = history.jobs(max(1, arguments.limit), _status(arguments.status))
    if arguments.json:
        print_json({"jobs": [_as_json(job) for job in found]})
        return
    if not found:
        print("No jobs yet.")
    for job in found:
        print(
            f"{job.id[:8]}  {_when(job.created_at)}  {job.status.value:<14}  {_price(job):>8}  "
            f"{job.operation}: {one_line(job.prompt)[:60]}"
        )


def _show(history: History, arguments: Namespace) -> None:
    job = history.job(arguments.id)
    if job is None:
        raise UsageError(f"There is no job {arguments.id!r}.", "aipaint jobs list shows them.")
    images = history.images(job.id)
    if arguments.json:
        pictures = [
            {
                "id": image.id,
                "role": image.role,
                "path": str(history.absolute(image)),
                "width": image.width,
                "height": image.height,
            }
            for image in images
        ]
        attempts = [_attempt_as_json(one) for one in history.attempts(job.id)]
        print_json({**_as_json(job), "images": pictures, "attempts": attempts})
        return
    for name, value in _as_json(job).items():
        if value not in (None, "", {}):
            print(f"{name:<20} {one_line(str(value))}")
    for image in images:
        print(f"{image.role:<20} {history.absolute(image)}")


def _as_json(job: JobRecord) -> dict[str, object]:
    return {
        "id": job.id,
        "status": job.status.value,
        "operation": job.operation,
        "provider": job.provider,
        "model": job.model,
        "prompt": job.prompt,
        "negative_prompt": job.negative_prompt,
        "params": dict(job.params),
        "fingerprint": job.fingerprint,
        "estimated_cost_usd": usd_or_none(job.estimated_micros),
        "actual_cost_usd": usd_or_none(job.actual_micros),
        "error": dict(job.error) if job.error is not None else None,
        "remote_id": job.remote_id,
        "session_id": job.session_id,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "completed_at": job.completed_at,
        "step": job.step.value,
        "is_paused": job.is_paused,
        "result_use": job.result_use.value,
    }


def _attempt_as_json(attempt: AttemptRecord) -> dict[str, object]:
    return {
        "number": attempt.number,
        "outcome": attempt.outcome.value,
        "detail": attempt.detail,
        "http_status": attempt.http_status,
        "started_at": attempt.started_at,
        "ended_at": attempt.ended_at,
    }


def _status(word: str | None) -> JobStatus | None:
    if word is None:
        return None
    try:
        return JobStatus(word)
    except ValueError:
        known = ", ".join(status.value for status in JobStatus)
        raise UsageError(f"{word!r} is not a status.", f"Use one of {known}.") from None


def _price(job: JobRecord) -> str:
    return "" if job.actual_micros is None else format_usd(job.actual_micros)


def _when(micros: int) -> str:
    return f"{datetime.fromtimestamp(micros / 1_000_000, UTC).astimezone():%Y-%m-%d %H:%M}"
