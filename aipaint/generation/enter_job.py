"""A job's first row: written before the job waits for its turn."""

from aipaint.generation.desk import Desk
from aipaint.generation.job import Job
from aipaint.history.records import JobRecord, JobStatus


def enter_job(job: Job, desk: Desk) -> None:
    """Write the row of a new job, status queued."""
    options = job.options
    desk.history.add_job(
        JobRecord(
            id=job.id,
            status=JobStatus.QUEUED,
            operation=options.operation.value,
            provider=options.provider,
            model=options.model,
            prompt=options.prompt,
            negative_prompt=options.negative_prompt,
            params={
                "quality": options.quality,
                "count": options.count,
                "seed": options.seed,
                "feather_pixels": options.feather_pixels,
                "size": str(options.size) if options.size else None,
                "extra": dict(options.extra),
            },
            session_id=desk.session_id,
        )
    )
