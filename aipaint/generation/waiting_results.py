"""`waiting_results`: what was bought for a document by an earlier session, to be seen with it."""

import os

from aipaint.errors import AipaintError
from aipaint.generation.candidate import Candidate
from aipaint.generation.desk import Desk
from aipaint.generation.inbox import open_item
from aipaint.history.records import JobStatus

_MOST_JOBS = 6  # more would bury the picture: they stay in the inbox


def is_lasting(document: str) -> bool:
    """Whether the name is of a file, which a later session knows again."""
    return os.path.isabs(document)


def waiting_results(document: str, shown: frozenset[str], desk: Desk) -> tuple[Candidate, ...]:
    """Results of finished jobs that nobody applied or discarded yet, but of those that are `shown`;
    oldest first. On a worker. Raises StorageError."""
    if not is_lasting(document):
        return ()
    jobs = [
        job.id
        for job in desk.history.inbox()
        if job.status is JobStatus.SUCCEEDED
        and (job.plan or {}).get("document") == document
        and job.id not in shown
    ]
    found: list[Candidate] = []
    for job_id in reversed(jobs[:_MOST_JOBS]):
        try:
            found += open_item(job_id, desk)
        except AipaintError:
            continue  # the inbox says what is wrong with it
    return tuple(found)
