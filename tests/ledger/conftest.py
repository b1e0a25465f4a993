"""Fixtures of the ledger's tests."""

from pathlib import Path

import pytest

from aipaint.database import Database
from tests.ledger.rig import Clock, database_in


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return database_in(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()
