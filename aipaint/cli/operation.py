"""`edit`, `remove`, `generate`: an operation from files to files."""

import sys
from argparse import Namespace
from pathlib import Path

from aipaint.cli.asked import asked_picture, chosen_options
from aipaint.cli.exit_code import ExitCode, exit_code_of
from aipaint.cli.output import ProgressLine, one_line, print_error, print_json, usd_or_none
from aipaint.cli.result_files import ResultFiles
from aipaint.cli.workplace import Workplace
from aipaint.errors import AipaintError, UsageError
from aipaint.generation.compose import check_options
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job, JobOutcome
from aipaint.generation.run_job import error_record, run_job
from aipaint.history.records import JobStatus
from aipaint.ledger.price import Estimate, Tier
from aipaint.money import format_usd


class ConfirmationNeeded(AipaintError):
    """The operation is dear and nobody said --yes."""

    kind = "confirmation"


def operation(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Everything that can be refused is refused before a job is entered or money reserved."""
    options = chosen_options(arguments, workplace)
    desk = workplace.desk
    provider = desk.provider(options.provider)
    check_options(options, desk.model(options))
    asked = asked_picture(arguments, options)
    missing = provider.readiness()
    if missing:
        raise UsageError(missing)
    files = ResultFiles.planned(arguments.output, asked.name, options)
    _confirm(desk.estimate(asked.picture, options), said_yes=arguments.yes)
    job = Job(options, asked.picture, original=asked.original, cancelled=workplace.cancelled)
    enter_job(job, desk)
    progress = ProgressLine(sys.stderr, is_wanted=not arguments.json)
    outcome = run_job(job, desk, progress)
    progress.clear()
    written = _write(files, outcome)
    if arguments.json:
        print_json(_as_json(outcome, arguments, options.provider, workplace))
    return _tell(outcome, written, is_quiet=arguments.json)


def _confirm(estimate: Estimate, *, said_yes: bool) -> None:
    if estimate.tier is Tier.HIGH and not said_yes:
        raise ConfirmationNeeded(
            f"This may cost up to {format_usd(estimate.micros)}. Nothing was sent.",
            "Say --yes to accept it, or choose a lower --quality, --size or --count.",
        )


def _write(files: ResultFiles, outcome: JobOutcome) -> list[Path]:
    """The composites where the user wants them; they are in the data folder already."""
    return [
        files.write(number, candidate.path)
        for number, candidate in enumerate(outcome.candidates, 1)
    ]


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


def _as_json(
    outcome: JobOutcome, arguments: Namespace, provider: str, workplace: Workplace
) -> dict[str, object]:
    history = workplace.desk.history
    return {
        "job_id": outcome.job_id,
        "status": outcome.status.value,
        "operation": arguments.command,
        "provider": provider,
        "model": outcome.model,
        "fingerprint": outcome.fingerprint,
        "duplicate_of": outcome.duplicate_of,
        "estimated_cost_usd": usd_or_none(outcome.estimated_micros),
        "actual_cost_usd": usd_or_none(outcome.actual_micros),
        "cost_source": outcome.cost_source.value if outcome.cost_source is not None else None,
        "images": [
            {
                "id": image.id,
                "path": str(history.absolute(image)),
                "width": image.width,
                "height": image.height,
            }
            for image in outcome.images
        ],
        "drift": max((candidate.drift for candidate in outcome.candidates), default=None),
        "warnings": list(outcome.warnings),
        "error": None if outcome.error is None else error_record(outcome.error),
    }
