"""A document, and a desk with a model that paints, for tests that make none of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aipaint.document.document import Document
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from tests.generation.editing import MARKED, tinted
from tests.generation.painting_provider import PaintingProvider, with_painter
from tests.generation.workshop import open_desk, photograph, picture_of


@pytest.fixture
def painter() -> PaintingProvider:
    return PaintingProvider(tinted)


@pytest.fixture
def desk(painter: PaintingProvider, tmp_path: Path) -> Desk:
    return with_painter(open_desk(tmp_path / "home", None), painter)


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(picture_of(photograph(320, 240), MARKED))


@pytest.fixture
def generator(document: Document, desk: Desk) -> Iterator[Generator]:
    made = Generator(document, desk)
    yield made
    assert made.shut_down()
