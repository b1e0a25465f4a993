"""A history in a folder of its own."""

from pathlib import Path

import pytest

from aipaint.database import Database, open_database
from aipaint.history.history import History
from tests.history.shelf import MIGRATIONS, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def database(home: Path) -> Database:
    return open_database(home / "aipaint.db", MIGRATIONS)


@pytest.fixture
def history(database: Database, home: Path, clock: Clock) -> History:
    return History(database, home, clock)
