"""A job's first row: written before the job waits for its turn."""

from collections.abc import Mapping
from dataclasses import replace

from aipaint.generation.desk import Desk
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.generation.recipe_of import params_of
from aipaint.history.records import JobRecord, JobStatus, JobStep


def enter_job(job: Job, desk: Desk, plan: Mapping[str, object] | None = None) -> None:
    """Write the row of a new job, status queued, unless it is there; prepared, if its plan is
    known. Raises StorageError."""
    if job.is_entered:
        return
    row = row_of(job.id, job.options)
    desk.history.add_job(
        replace(
            row,
            plan=plan,
            step=JobStep.ENTERED if plan is None else JobStep.PREPARED,
            session_id=desk.session_id,
            owner=desk.session_id,
            project=job.project,
        )
    )
    job.is_entered = True
    desk.reached(JobStep.ENTERED.value)


def row_of(job_id: str, options: GenerateOptions) -> JobRecord:
    """What was asked for, as a row holds it."""
    return JobRecord(
        id=job_id,
        status=JobStatus.QUEUED,
        operation=options.operation.value,
        provider=options.provider,
        model=options.model,
        prompt=options.prompt,
        negative_prompt=options.negative_prompt,
        params=params_of(options),
    )
