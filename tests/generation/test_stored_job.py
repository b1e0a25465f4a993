"""A job that waited on the disk asks for exactly what it would have asked for at once."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture, blank_picture
from aipaint.errors import StorageError, UnreadableFileError
from aipaint.generation.compose import compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.generation.stored_job import options_of, store_job, stored_job
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.request import Operation, Size
from tests.generation.workshop import edit, open_desk, photograph, picture_of


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return open_desk(tmp_path_factory.mktemp("stored") / "home", None)


def _back(job: Job, desk: Desk) -> Job:
    enter_job(job, desk)
    store_job(job, desk)
    record = desk.history.job(job.id)
    assert record is not None
    return stored_job(record, desk)


def _see_through(seed: int, x: int, y: int, width: int, height: int) -> Picture:
    """Two layers of half-transparent noise, the upper one at half strength, a mask across the
    frame's edge."""
    chance = np.random.default_rng(seed)
    layers = [
        Layer(
            LayerStyle(opacity=opacity),
            TileMap.from_pixels(
                premultiplied(chance.integers(0, 256, (height, width, 4), np.uint8)), x, y
            ),
        )
        for opacity in (1.0, 0.5)
    ]
    picture = Picture(layers, Rect(x, y, width, height))
    area = Rect(x - 7, y + height // 3, width // 2 + 7, height // 2)
    coverage = chance.integers(1, 256, (area.height, area.width), np.uint8)
    picture.mask.swap(picture.mask.with_pixels(area, coverage))
    return picture


@settings(max_examples=25)
@given(
    seed=some.integers(0, 2**32 - 1),
    x=some.integers(-900, 900),
    y=some.integers(-900, 900),
    width=some.integers(2, 90),
    height=some.integers(3, 90),
)
def test_the_request_is_the_same_byte_for_byte(
    desk: Desk, seed: int, x: int, y: int, width: int, height: int
) -> None:
    job = Job(edit(feather_pixels=9), _see_through(seed, x, y, width, height))
    model = desk.model(job.options)
    again = _back(job, desk)
    assert again.options == job.options
    before = compose_request(job.picture, job.options, model)
    after = compose_request(again.picture, again.options, model)
    assert after.request == before.request
    assert (after.coverage == before.coverage).all()


def test_the_pixels_of_a_file_stay_its_own(desk: Desk) -> None:
    rgba = photograph(40, 30)
    rgba[..., 3] = np.random.default_rng(3).integers(0, 256, (30, 40), np.uint8)
    again = _back(Job(edit(), picture_of(rgba, Rect(5, 5, 9, 9)), original=rgba), desk)
    assert again.original is not None
    assert (again.original == rgba).all()


@pytest.mark.parametrize(
    "options",
    [
        edit(quality="low", count=3, seed=7, is_fresh=True, extra=(("background", "opaque"),)),
        GenerateOptions(Operation.GENERATE, "openai", prompt="a fox", size=Size(512, 768)),
    ],
)
def test_every_choice_comes_back(desk: Desk, options: GenerateOptions) -> None:
    again = _back(Job(options, blank_picture(20, 10), project="poster"), desk)
    assert again.options == options
    assert again.project == "poster"
    record = desk.history.job(again.id)
    assert record is not None
    assert options_of(record) == options
    assert record.plan is not None
    assert record.plan["picture"] == "", "nothing is kept of nothing"


def test_what_was_not_kept_or_was_lost_is_a_sentence(desk: Desk) -> None:
    job = Job(edit(), picture_of(photograph(20, 20), Rect(5, 5, 9, 9)))
    enter_job(job, desk)
    record = desk.history.job(job.id)
    assert record is not None
    with pytest.raises(StorageError, match="not stored before"):
        stored_job(record, desk)
    with tempfile.TemporaryDirectory() as folder:
        other = open_desk(Path(folder) / "home", None)
        again = _back(Job(job.options, job.picture), other)
        kept = other.history.job(again.id)
        assert kept is not None
        assert kept.plan is not None
        other.history.kept_input(str(kept.plan["picture"])).write_bytes(b"no picture")
        with pytest.raises(UnreadableFileError):
            stored_job(kept, other)
