"""Runs one job in front of the user: progress, files, what it cost, and the exit code."""

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from aipaint.cli.exit_code import ExitCode, exit_code_of
from aipaint.cli.output import ProgressLine, one_line, print_error, print_json, usd_or_none
from aipaint.cli.result_files import ResultFiles
from aipaint.generation.cancel_requests import CancelRequests
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import error_record
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.generation.run_job import run_job
from aipaint.history.records import JobStatus, ResultUse
from aipaint.money import format_usd


def run_and_tell(job: Job, desk: Desk, files: ResultFiles, arguments: Namespace) -> ExitCode:
    """Run a job whose row is in the history, write its pictures where the user wants them."""
    outcome = watched(job, desk, lambda report: run_job(job, desk, report), is_quiet=arguments.json)
    written = _write(files, outcome, desk)
    if arguments.json:
        print_json(_as_json(outcome, job, desk))
    return _tell(outcome, written, is_quiet=arguments.json)


def watched(
    job: Job, desk: Desk, run: Callable[[Report], JobOutcome], *, is_quiet: bool
) -> JobOutcome:
    """Run it with a progress line; another process may ask for its end meanwhile."""
    progress = ProgressLine(sys.stderr, is_wanted=not is_quiet)
    job.warn = print_error
    with CancelRequests(desk.home).watched(job.id, job.cancelled):
        outcome = run(progress)
    progress.clear()
    return outcome


def _write(files: ResultFiles, outcome: JobOutcome, desk: Desk) -> list[Path]:
    """The composites where the user wants them; they are in the data folder already."""
    written = [
        files.write(number, candidate.path)
        for number, candidate in enumerate(outcome.candidates, 1)
    ]
    if written:
        desk.history.set_result_use(outcome.duplicate_of or outcome.job_id, ResultUse.APPLIED)
    return written


def _tell(outcome: JobOutcome, written: list[Path], *, is_quiet: bool) -> ExitCode:
    for warning in outcome.warnings:
        print(f"aipaint: note: {one_line(warning)}", file=sys.stderr)
    if outcome.error is not None:
        print_error(outcome.error)
        return exit_code_of(outcome.error)
    if not is_quiet:
        for path, candidate in zip(written, outcome.candidates, strict=True):
            print(f"{path}{_drift_note(candidate.drift)}")
        print(_price_line(outcome), file=sys.stderr)
    return ExitCode.DONE if outcome.status is JobStatus.SUCCEEDED else ExitCode.FAILED


def _drift_note(drift: float) -> str:
    if not drift:
        return ""
    return f"  (the model also changed {drift:.1%} outside the mask; your pixels were kept)"


def _price_line(outcome: JobOutcome) -> str:
    if outcome.duplicate_of is not None:
        return (
            f"Bought before as job {outcome.duplicate_of}: nothing was spent. --fresh buys again."
        )
    if not outcome.actual_micros:
        return "Nothing was spent."
    source = outcome.cost_source.value if outcome.cost_source is not None else "estimate"
    return f"Spent {format_usd(outcome.actual_micros)} (from: {source})."


def _as_json(outcome: JobOutcome, job: Job, desk: Desk) -> dict[str, object]:
    return {
        "job_id": outcome.job_id,
        "status": outcome.status.value,
        "operation": job.options.operation.value,
        "provider": job.options.provider,
        "model": outcome.model,
        "fingerprint": outcome.fingerprint,
        "duplicate_of": outcome.duplicate_of,
        "estimated_cost_usd": usd_or_none(outcome.estimated_micros),
        "actual_cost_usd": usd_or_none(outcome.actual_micros),
        "cost_source": outcome.cost_source.value if outcome.cost_source is not None else None,
        "images": [
            {
                "id": image.id,
                "path": str(desk.history.absolute(image)),
                "width": image.width,
                "height": image.height,
            }
            for image in outcome.images
        ],
        "drift": max((candidate.drift for candidate in outcome.candidates), default=None),
        "warnings": list(outcome.warnings),
        "error": None if outcome.error is None else error_record(outcome.error),
    }
