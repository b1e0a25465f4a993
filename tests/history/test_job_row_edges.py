"""Edges of the rows of jobs that mutants of them slipped through (tests.soak.mutants)."""

import pytest

from aipaint.database import Database, transaction
from aipaint.history.errors import HistoryError
from aipaint.history.history import History
from aipaint.history.records import JobStatus
from aipaint.history.tables import HistoryTables
from tests.history.shelf import ONE, TWO, job


def test_only_a_waiting_job_without_a_place_gets_one(history: History) -> None:
    assert history.add_job(job(ONE, position=7)).position == 7
    assert history.add_job(job(TWO, status=JobStatus.RUNNING)).position == 0
    assert history.add_job(job("4" * 32)).position == 8


def test_what_runs_can_neither_wait_nor_be_held_back(history: History) -> None:
    history.add_job(job(status=JobStatus.RUNNING))
    for is_paused, word in ((True, "paused"), (False, "waiting")):
        with pytest.raises(HistoryError, match=f"is running and cannot become {word}"):
            history.set_paused(ONE, is_paused)


def test_a_list_is_of_the_newest_fifty_unless_more_are_asked_for(
    history: History, database: Database
) -> None:
    with transaction(database):
        for number in range(51):
            HistoryTables(database).insert_job(job(f"{number:032x}", status=JobStatus.FAILED))
    assert len(history.jobs()) == 50
    assert len(history.jobs(limit=60)) == 51


@pytest.mark.parametrize("job_id", ["../../x", "", "g" * 32, "1" * 31])
def test_an_id_that_could_be_a_path_is_no_job(history: History, job_id: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        history.add_job(job(job_id))
    assert history.jobs() == []
