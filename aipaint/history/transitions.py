"""Which status may follow which: the one table of a job's life."""

from aipaint.history.records import JobStatus

_ENDS = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED)

NEXT: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.QUEUED: frozenset({JobStatus.RUNNING, JobStatus.BLOCKED_BUDGET, *_ENDS}),
    JobStatus.RUNNING: frozenset({JobStatus.BLOCKED_BUDGET, JobStatus.UNKNOWN, *_ENDS}),
    JobStatus.UNKNOWN: frozenset(_ENDS),  # a late answer, or the user's word
    JobStatus.SUCCEEDED: frozenset(),
    JobStatus.FAILED: frozenset(),
    JobStatus.BLOCKED_BUDGET: frozenset(),
    JobStatus.CANCELLED: frozenset(),
}


def is_final(status: JobStatus) -> bool:
    """Whether nothing more happens to the job by itself: it has a time of completion."""
    return status not in (JobStatus.QUEUED, JobStatus.RUNNING)


def before(status: JobStatus) -> tuple[JobStatus, ...]:
    """The statuses from which this one can be reached."""
    return tuple(start for start, ends in NEXT.items() if status in ends)
