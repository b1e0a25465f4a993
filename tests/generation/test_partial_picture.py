"""Pictures on their way come to the window as they would lie on the canvas, and are not stored."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.document.render import render_straight
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.generation.partial_picture import PartialPicture, partial_picture
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from tests.generation.workshop import do, edit, open_desk, photograph, picture_of
from tests.servers.images_api import PAINT, ImagesApi, streams

_MASK = Rect(300, 200, 120, 90)


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def desk(api: ImagesApi, tmp_path: Path) -> Desk:
    return open_desk(tmp_path, api)


def test_they_come_before_the_end_and_show_through_the_mask(
    desk: Desk, api: ImagesApi, qtbot: QtBot
) -> None:
    document = Document(picture_of(photograph(800, 600), _MASK))
    before = render_straight(document.picture, Rect(0, 0, 800, 600))
    generator = Generator(document, desk)
    seen: list[PartialPicture] = []
    generator.partial_arrived.connect(seen.append)
    api.script(streams())
    with qtbot.waitSignal(generator.job_done, timeout=30_000) as done:
        job_id = generator.generate(edit(extra=(("partial_images", "2"),)))
    assert done.args is not None
    assert [(each.job_id, each.index) for each in seen] == [(job_id, 0), (job_id, 1)]
    tiles = seen[0].tiles.read(Rect(0, 0, 800, 600))
    shown = tiles[..., 3] > 0
    inside = np.zeros_like(shown)
    inside[_MASK.slices(Rect(0, 0, 800, 600))] = True
    assert shown.any()
    assert not (shown & ~inside).any()
    assert tuple(tiles[245, 360][2::-1]) == PAINT
    assert (render_straight(document.picture, Rect(0, 0, 800, 600)) == before).all()
    assert len(desk.history.images(job_id, "raw")) == 1
    assert generator.shut_down()


def test_an_unreadable_one_costs_nothing_but_itself(desk: Desk) -> None:
    tried: list[int] = []
    picture = picture_of(photograph(320, 240))

    def broken(data: bytes, index: int) -> None:
        tried.append(index)
        partial_picture(Job(_REHEARSAL, picture), data[:40], index, desk)

    outcome = do(Job(_REHEARSAL, picture, show_partial=broken), desk)
    assert tried == [0]
    assert outcome.error is None
    assert len(outcome.images) == 1


_REHEARSAL = GenerateOptions(
    Operation.EDIT,
    "rehearsal",
    prompt="a barn",
    extra=(("delay", "0"), ("partial_images", "1")),
)
