"""Turns at a database: one at a time, nobody starves, and nobody waits for ever."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from aipaint import write_turn as module
from aipaint.database import connection, open_database, transaction
from aipaint.write_turn import write_turn

MIGRATIONS = Path(__file__).parents[1] / "resources" / "migrations"


def test_one_at_a_time(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def write() -> None:
        for _ in range(20):
            with write_turn(tmp_path / "db"):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.0005)
                inside.pop()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert len(most) == 80


def test_who_asks_is_next_however_greedy_another_one_is(tmp_path: Path) -> None:
    turns = 0
    is_over = threading.Event()
    has_begun = threading.Event()

    def be_greedy() -> None:
        nonlocal turns
        while not is_over.is_set():
            with write_turn(tmp_path / "db"):
                turns += 1
                has_begun.set()
                time.sleep(0.005)

    greedy = threading.Thread(target=be_greedy)
    greedy.start()
    has_begun.wait(10)
    before = turns
    with write_turn(tmp_path / "db"):
        waited = turns - before
    is_over.set()
    greedy.join()
    assert waited <= 10


def test_a_stopped_holder_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", 0.05)
    entered = []
    with write_turn(tmp_path / "db"), write_turn(tmp_path / "db"):
        entered.append(1)
    assert entered == [1]


def test_a_folder_that_is_not_there_stops_nobody(tmp_path: Path) -> None:
    entered = []
    with write_turn(tmp_path / "nowhere" / "db"):
        entered.append(1)
    assert entered == [1]


def test_the_turn_ends_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), write_turn(tmp_path / "db"):
        raise RuntimeError
    started = []
    with write_turn(tmp_path / "db"):
        started.append(1)
    assert started == [1]


def test_a_transaction_in_a_transaction_needs_no_second_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database: Any = open_database(tmp_path / "aipaint.db", MIGRATIONS)
    asked: list[Path] = []
    monkeypatch.setattr("aipaint.database.write_turn", lambda path: _asked(asked, path))
    with transaction(database), transaction(database):
        database.execute_sql(
            "INSERT INTO budget_pauses (reason, created_at) VALUES ('twice inside', 0)"
        )
    assert asked == [tmp_path / "aipaint.db"]
    with connection(database):
        (row,) = database.execute_sql("SELECT reason FROM budget_pauses")
    assert row == ("twice inside",)


def _asked(asked: list[Path], path: Path) -> Any:
    asked.append(path)
    return write_turn(path)
