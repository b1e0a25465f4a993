"""Which status and which step may follow which: the Python face of table `job_transitions`."""

from aipaint.history.records import JobStatus, JobStep

_ENDS = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED)

NEXT: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.QUEUED: frozenset({JobStatus.RUNNING, JobStatus.BLOCKED_BUDGET, *_ENDS}),
    JobStatus.RUNNING: frozenset(
        # Queued again: a crash before anything was sent, and the hold was given back.
        {JobStatus.QUEUED, JobStatus.BLOCKED_BUDGET, JobStatus.UNKNOWN, *_ENDS}
    ),
    # Running again: the provider still has the work. The ends: a late answer, or the user's word.
    JobStatus.UNKNOWN: frozenset({JobStatus.RUNNING, *_ENDS}),
    JobStatus.SUCCEEDED: frozenset(),
    JobStatus.FAILED: frozenset(),
    JobStatus.BLOCKED_BUDGET: frozenset(),
    JobStatus.CANCELLED: frozenset(),
}

_STEPS = tuple(JobStep)
NEXT_STEP: dict[JobStep, frozenset[JobStep]] = {
    step: frozenset(_STEPS[index + 1 :]) for index, step in enumerate(_STEPS)
} | {
    # The only way back: the hold was given back after a crash.
    JobStep.RESERVED: frozenset({JobStep.PREPARED, *_STEPS[_STEPS.index(JobStep.SENT) :]})
}


def is_final(status: JobStatus) -> bool:
    """Whether nothing more happens to the job by itself: it has a time of completion."""
    return status not in (JobStatus.QUEUED, JobStatus.RUNNING)


def before(status: JobStatus) -> tuple[JobStatus, ...]:
    """The statuses from which this one can be reached."""
    return tuple(start for start, ends in NEXT.items() if status in ends)
