"""Results belong to their document: seen with it, and only with it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from tests.generation.painting_provider import PaintingProvider, with_painter
from tests.generation.workshop import open_desk, photograph, picture_of

_PATIENCE_MILLISECONDS = 60_000
_OPTIONS = GenerateOptions(Operation.EDIT, "painting", prompt="a barn", count=2, is_fresh=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return with_painter(
        open_desk(tmp_path / "home", None), PaintingProvider(lambda rgba, _: 255 - rgba)
    )


@pytest.fixture
def generator(qapp: object, desk: Desk) -> Iterator[Generator]:
    made = Generator(Document(picture_of(photograph(120, 90), Rect(30, 20, 40, 30))), desk)
    yield made
    assert made.shut_down()


def _turn(generator: Generator, name: str) -> None:
    """As the window does when a file is opened."""
    generator._document.replace_picture(picture_of(photograph(120, 90), Rect(30, 20, 40, 30)))
    generator.turn_to(name)


def _buy(generator: Generator, qtbot: QtBot, count: int = 2) -> list[str]:
    before = {one.id for one in generator.candidates()}
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        assert generator.generate(replace(_OPTIONS, count=count))
    return [one.id for one in generator.candidates() if one.id not in before]


def _ids(generator: Generator) -> list[str]:
    return [one.id for one in generator.candidates()]


def test_results_are_hidden_with_their_document_and_come_back_with_it(
    generator: Generator, qtbot: QtBot
) -> None:
    told: list[list[str]] = []
    generator.candidates_changed.connect(lambda: told.append(_ids(generator)))
    _turn(generator, "a.png")
    first = _buy(generator, qtbot)
    assert len(first) == 2
    generator.discard(first[1])
    _turn(generator, "b.png")
    assert _ids(generator) == []
    assert told[-1] == []
    assert not generator.can_give_back
    second = _buy(generator, qtbot)
    _turn(generator, "a.png")
    assert _ids(generator) == first[:1]
    generator.give_back()
    assert _ids(generator) == first
    _turn(generator, "b.png")
    assert _ids(generator) == second == told[-1]


def test_a_result_that_comes_late_waits_with_its_document(
    generator: Generator, qtbot: QtBot
) -> None:
    _turn(generator, "a.png")
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        job_id = generator.generate(_OPTIONS)
        assert generator.is_here(job_id)
        _turn(generator, "b.png")
        assert not generator.is_here(job_id)
    assert _ids(generator) == []
    _turn(generator, "a.png")
    assert {one.job_id for one in generator.candidates()} == {job_id}


def test_saving_under_another_name_takes_the_results_along(
    generator: Generator, qtbot: QtBot
) -> None:
    _turn(generator, "a.png")
    ids = _buy(generator, qtbot)
    generator.rename_document("a.ora")
    assert _ids(generator) == ids
    _turn(generator, "a.png")
    assert _ids(generator) == []
    _turn(generator, "a.ora")
    assert _ids(generator) == ids


def test_what_is_opened_from_the_inbox_moves_to_the_open_document(
    generator: Generator, qtbot: QtBot
) -> None:
    _turn(generator, "a.png")
    ids = _buy(generator, qtbot, 1)
    job_id = generator.candidates()[0].job_id
    _turn(generator, "b.png")
    with qtbot.waitSignal(generator.candidates_changed, timeout=_PATIENCE_MILLISECONDS):
        generator.open_inbox(job_id)
    assert _ids(generator) == ids
    _turn(generator, "a.png")
    assert _ids(generator) == []


def test_an_applied_result_of_a_document_that_was_left_is_not_shown_again(
    generator: Generator, qtbot: QtBot
) -> None:
    """Its step is no more in any history."""
    _turn(generator, "a.png")
    first, second = _buy(generator, qtbot)
    generator.apply(first)
    _turn(generator, "b.png")
    _turn(generator, "a.png")
    assert _ids(generator) == [second]


def test_only_some_documents_are_remembered(generator: Generator, qtbot: QtBot) -> None:
    _turn(generator, "0")
    _buy(generator, qtbot)
    for number in range(1, 6):
        _turn(generator, str(number))
        _buy(generator, qtbot)
    _turn(generator, "0")
    assert len(_ids(generator)) == 2
    _turn(generator, "6")
    _buy(generator, qtbot)
    _turn(generator, "1")
    assert _ids(generator) == []
