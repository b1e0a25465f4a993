"""What is done again is sent with the pictures to go by that it was sent with."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.document.edit_tiles import EditTiles
from aipaint.errors import StorageError
from aipaint.generation.candidate import Candidate
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.generation.options import GenerateOptions
from aipaint.generation.references import reference_of
from aipaint.generation.stale import StaleLayer
from aipaint.pixels.rect import Rect
from aipaint.providers.request import InputImage, InputRole, Operation
from tests.generation.painting_provider import PaintingProvider, with_painter
from tests.generation.workshop import open_desk, photograph, picture_of

_PATIENCE_MILLISECONDS = 60_000
_REFERENCES = tuple(reference_of(photograph(40, 30, seed)) for seed in (1, 2))


@pytest.fixture
def painter() -> PaintingProvider:
    return PaintingProvider(lambda rgba, _: rgba)


@pytest.fixture
def desk(painter: PaintingProvider, tmp_path: Path) -> Desk:
    return with_painter(open_desk(tmp_path / "home", None), painter)


@pytest.fixture
def generator(qapp: object, desk: Desk) -> Iterator[Generator]:
    made = Generator(Document(picture_of(photograph(160, 120), Rect(60, 40, 40, 30))), desk)
    yield made
    assert made.shut_down()


def _done(generator: Generator, qtbot: QtBot) -> Candidate:
    options = GenerateOptions(Operation.EDIT, "painting", prompt="a barn", references=_REFERENCES)
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        assert generator.generate(options)
    (candidate,) = generator.candidates()
    return candidate


def _stale(generator: Generator) -> StaleLayer:
    """Its result is applied, and what lies below it changes."""
    (candidate,) = generator.candidates()
    generator.apply(candidate.id)
    document = generator._document
    red = np.full((20, 20, 4), (0, 0, 255, 255), np.uint8)
    below = document.picture.layers[0]
    tiles = below.tiles.with_pixels(Rect(0, 0, 20, 20), red)
    document.do(EditTiles.replacing("Paint", document.picture, below.id, tiles))
    (stale,) = generator.edits.stale_check()()
    return stale


def _references(painter: PaintingProvider) -> list[InputImage]:
    return [one for one in painter.asked[-1].images if one.role is InputRole.REFERENCE]


def test_a_stale_layer_is_sent_with_its_references(
    generator: Generator, painter: PaintingProvider, qtbot: QtBot
) -> None:
    _done(generator, qtbot)
    first = _references(painter)
    assert [one.png for one in first] == [one.png for one in _REFERENCES]
    stale = _stale(generator)
    assert stale.options is not None
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        assert generator.edits.run_again(stale.layer_id, stale.options)
    assert len(painter.asked) == 2
    assert _references(painter) == first


def test_the_gallery_sends_them_too(
    generator: Generator, painter: PaintingProvider, qtbot: QtBot
) -> None:
    first = _done(generator, qtbot)
    again = generator.gallery.again(first.job_id)
    assert again.options.references == _REFERENCES
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        assert generator.enqueue(again.options, again)
    assert [one.png for one in _references(painter)] == [one.png for one in _REFERENCES]


def test_references_that_are_gone_are_told_and_nothing_else_is_bought(
    generator: Generator, desk: Desk, qtbot: QtBot
) -> None:
    first = _done(generator, qtbot)
    sent = [one for one in desk.history.images(first.job_id) if one.role == "reference"]
    desk.history.absolute(sent[1]).unlink()
    stale = _stale(generator)
    assert stale.options is None
    assert stale.cost_micros is None
    assert "reference picture" in stale.problem
    with pytest.raises(StorageError, match="reference picture"):
        generator.gallery.again(first.job_id)


def test_a_layer_from_another_computer_says_that_its_references_are_elsewhere(
    generator: Generator, qtbot: QtBot
) -> None:
    _done(generator, qtbot)
    stale = _stale(generator)
    layer = generator._document.picture.layer(stale.layer_id)
    assert layer.recipe is not None
    layer.recipe = replace(layer.recipe, job_id="0" * 32)
    (stale,) = generator.edits.stale_check()()
    assert stale.problem.startswith("The 2 reference pictures this layer was made with are gone.")


def test_a_recipe_from_before_they_were_counted_still_finds_them(
    generator: Generator, qtbot: QtBot
) -> None:
    _done(generator, qtbot)
    stale = _stale(generator)
    layer = generator._document.picture.layer(stale.layer_id)
    assert layer.recipe is not None
    layer.recipe = replace(layer.recipe, asked=layer.recipe.asked.replace('"references"', '"x"'))
    (stale,) = generator.edits.stale_check()()
    assert stale.options is not None
    assert stale.options.references == _REFERENCES
