"""Work on workers: answers on the main thread, errors as sentences, nothing after the end."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from aipaint.errors import AipaintError, UsageError
from aipaint.ui.background import Background, Work
from tests.conftest import ExpectedLogs

_PATIENCE = 5000


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    assert made.shut_down()


def test_the_call_is_on_a_worker_and_the_answer_is_not(
    background: Background, qtbot: QtBot
) -> None:
    here = threading.get_ident()
    seen: list[tuple[int, int]] = []
    for _ in range(50):
        background.start(
            Work(
                threading.get_ident, lambda there: seen.append((there, threading.get_ident())), _no
            )
        )
    qtbot.waitUntil(lambda: len(seen) == 50, timeout=_PATIENCE)
    assert all(there != here and back == here for there, back in seen)
    assert not background.is_busy


def test_expected_failures_arrive_as_they_are(background: Background, qtbot: QtBot) -> None:
    def fail() -> None:
        raise UsageError("No.", "Yes.")

    errors: list[AipaintError] = []
    background.start(Work(fail, _no, errors.append))
    qtbot.waitUntil(lambda: bool(errors), timeout=_PATIENCE)
    assert str(errors[0]) == "No. Yes."


def test_a_fault_is_logged_and_gets_a_sentence(
    background: Background, qtbot: QtBot, expected_logs: ExpectedLogs
) -> None:
    expected_logs("fault in the program")
    errors: list[AipaintError] = []
    background.start(Work(lambda: 1 / 0, _no, errors.append))
    qtbot.waitUntil(lambda: bool(errors), timeout=_PATIENCE)
    assert "fault" in errors[0].message
    assert "division" not in str(errors[0])


def test_what_takes_long_is_announced_and_taken_back(background: Background, qtbot: QtBot) -> None:
    go_on = threading.Event()
    told: list[str] = []
    background.busy_changed.connect(told.append)
    background.start(Work(go_on.wait, lambda _: None, _no, "Opening cat.png"))
    qtbot.waitUntil(lambda: told == ["Opening cat.png"], timeout=_PATIENCE)
    go_on.set()
    qtbot.waitUntil(lambda: told == ["Opening cat.png", ""], timeout=_PATIENCE)


def test_nothing_is_started_or_answered_after_the_end(qapp: object, qtbot: QtBot) -> None:
    background = Background()
    answers: list[object] = []
    background.start(Work(lambda: 1, answers.append, _no))
    assert background.shut_down()
    background.start(Work(lambda: 2, answers.append, _no))
    qtbot.wait(20)
    assert answers == []


def _no(_: object) -> None:
    pytest.fail("must not be called")
