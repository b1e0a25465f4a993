"""What an answer said of its price outlives the process that heard it."""

from pathlib import Path

import pytest

from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job
from aipaint.generation.kept_answer import is_complete, keep_answer, kept_answer
from aipaint.history.records import JobStep
from aipaint.money import Usage
from aipaint.pixels.rect import Rect
from aipaint.providers.prediction import Prediction
from tests.generation.workshop import edit, open_desk, photograph, picture_of

_PNG = b"the bytes of a picture"


@pytest.mark.parametrize(
    ("usage", "cost"), [(Usage(text_in=30, image_in=1100, image_out=196), None), (None, 31_000)]
)
def test_the_exact_figure_is_there_after_a_crash(
    tmp_path: Path, usage: Usage | None, cost: int | None
) -> None:
    desk = open_desk(tmp_path / "home", None)
    job = Job(edit(), picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))
    enter_job(job, desk, {"operation": "edit"})
    before = desk.history.job(job.id)
    assert before is not None
    assert kept_answer(before, desk) is None
    desk.history.store_image(job.id, "raw", _PNG, "png", 0, 0)
    desk.history.store_image(job.id, "raw", b"what nobody can read", "bin", 0, 0)
    early = kept_answer(before, desk)  # killed before the answer's figures were noted
    assert early is not None
    assert (early.images, early.usage, early.cost_micros) == ((_PNG,), None, None)
    assert not is_complete(before)
    keep_answer(job.id, Prediction((_PNG,), usage=usage, cost_micros=cost), desk)
    desk.close()
    after = open_desk(tmp_path / "home", None)
    record = after.history.job(job.id)
    assert record is not None
    assert is_complete(record)
    assert record.step is JobStep.FETCHED
    assert (record.plan or {})["operation"] == "edit"
    assert kept_answer(record, after) == Prediction((_PNG,), usage=usage, cost_micros=cost)
