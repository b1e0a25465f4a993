"""`jobs rerun` and `jobs resume`: doing a job again, and going on with one."""

from argparse import Namespace
from dataclasses import replace

from aipaint.cli.confirm import confirm
from aipaint.cli.exit_code import ExitCode, exit_code_of
from aipaint.cli.job_changes import found_job
from aipaint.cli.output import one_line, print_json
from aipaint.cli.result_files import ResultFiles
from aipaint.cli.run_and_tell import run_and_tell, watched
from aipaint.cli.workplace import Workplace
from aipaint.errors import AipaintError, UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job, JobOutcome
from aipaint.generation.recover_jobs import Recovered, is_orphan, recover_jobs
from aipaint.generation.resume_job import close_unplayable, resume_job
from aipaint.generation.stored_job import stored_job
from aipaint.generation.unknown_outcomes import look_up_unknown, unknown_outcomes
from aipaint.history.records import JobRecord, JobStatus
from aipaint.money import format_usd
from aipaint.providers.request import Operation


def rerun_job(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """The same again on the same picture, as a new job; one that only waits is run itself."""
    desk = workplace.desk
    record = found_job(desk, arguments.id)
    if record.operation == Operation.REFINE.value:
        raise UsageError(
            "A refine call is not run again as a job.", "Ask again with: aipaint refine … --fresh"
        )
    job = stored_job(record, desk, workplace.cancelled)
    job.options = replace(job.options, is_fresh=arguments.fresh)
    job.waits_for_turn = False
    missing = desk.provider(job.options.provider).readiness()
    if missing:
        raise UsageError(missing)
    files = ResultFiles.planned(arguments.output, None, job.options)
    confirm(desk.estimate(job.picture, job.options), said_yes=arguments.yes)
    if record.status is JobStatus.QUEUED:
        _take_over(record, desk)
    else:
        job = _anew(job)
        enter_job(job, desk)
    return run_and_tell(job, desk, files, arguments)


def resume_jobs(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Put right what earlier processes left, and fetch what was bought; buys nothing."""
    desk = workplace.desk
    recovered = recover_jobs(desk)
    outcomes = [_resumed(record, workplace, arguments) for record in recovered.resumable]
    outcomes += look_up_unknown(desk, workplace.cancelled, lambda _fraction, _message: None)
    if arguments.json:
        print_json(_as_json(recovered, outcomes))
    else:
        print(recovered.sentence or "Nothing was left behind.")
        for outcome in outcomes:
            _print(outcome, desk)
        for unknown in unknown_outcomes(desk):
            print(
                f"{unknown.job_id[:8]}  may have cost {format_usd(unknown.micros)}: "
                f"aipaint budget resolve {unknown.ledger_id} --charged or --not-charged"
            )
    errors = [outcome.error for outcome in outcomes if outcome.error is not None]
    return exit_code_of(errors[0]) if errors else ExitCode.DONE


def _take_over(record: JobRecord, desk: Desk) -> None:
    if not is_orphan(record, desk) or not desk.history.claim(
        record.id, record.owner, desk.session_id
    ):
        raise UsageError(f"Job {record.id} waits in a window that is open.", "Start it there.")
    desk.history.set_paused(record.id, is_paused=False)


def _anew(job: Job) -> Job:
    """With an id of its own; its picture is stored for it as well."""
    return Job(
        job.options,
        job.picture,
        original=job.original,
        project=job.project,
        cancelled=job.cancelled,
    )


def _resumed(record: JobRecord, workplace: Workplace, arguments: Namespace) -> JobOutcome:
    desk = workplace.desk
    try:
        job = stored_job(record, desk, workplace.cancelled)
    except AipaintError as error:  # one that is damaged must not keep the others from their end
        return close_unplayable(record, desk, error)
    job.leaving = workplace.cancelled  # Ctrl+C stops waiting, it gives nothing up
    return watched(
        job,
        desk,
        lambda report: resume_job(job, record, desk, report),
        is_quiet=arguments.json,
    )


def _print(outcome: JobOutcome, desk: Desk) -> None:
    about = "" if outcome.error is None else f": {one_line(str(outcome.error))}"
    print(f"{outcome.job_id[:8]}  {outcome.status.value}{about}")
    for image in outcome.images:
        print(f"  {desk.history.absolute(image)}")


def _as_json(recovered: Recovered, outcomes: list[JobOutcome]) -> dict[str, object]:
    return {
        "paused": [record.id for record in recovered.paused],
        "uncertain": [record.id for record in recovered.uncertain],
        "ended": [record.id for record in recovered.over],
        "resumed": [
            {"job_id": outcome.job_id, "status": outcome.status.value} for outcome in outcomes
        ],
        "sentence": recovered.sentence,
    }
