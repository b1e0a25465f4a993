"""What a session bought and did not use is on the strip again when its document is open."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.history.records import JobStatus, ResultUse
from aipaint.pixels.rect import Rect
from tests.generation.remote_provider import RemoteProvider, remote_desk
from tests.generation.workshop import edit, photograph, picture_of

_PATIENCE_MILLISECONDS = 20_000
Start = Callable[[str], Generator]


@pytest.fixture
def provider() -> RemoteProvider:
    return RemoteProvider()


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "Harbor.ora")


@pytest.fixture
def start(qapp: object, provider: RemoteProvider, tmp_path: Path) -> Iterator[Start]:
    """One session after the other, each with a document open; the one before is over."""
    running: list[tuple[Generator, Desk]] = []
    keep: list[Document] = []

    def started(document: str) -> Generator:
        while running:
            before, desk = running.pop()
            before.shut_down()
            desk.close()
        desk = replace(remote_desk(tmp_path / "home", provider), room_pause_seconds=0.02)
        keep.append(Document(picture_of(photograph(96, 80), Rect(30, 20, 24, 20))))
        generator = Generator(keep[-1], desk)
        generator.turn_to(document)
        running.append((generator, desk))
        return generator

    yield started
    for generator, desk in running:
        assert generator.shut_down()
        desk.close()


def _bought(generator: Generator, qtbot: QtBot) -> str:
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        return generator.generate(edit())


def _seen(generator: Generator) -> list[str]:
    return [one.job_id for one in generator.candidates()]


def test_what_was_not_used_is_there_when_its_document_is_opened_again(
    start: Start, provider: RemoteProvider, file: str, qtbot: QtBot
) -> None:
    provider.finish.set()
    job_id = _bought(start(file), qtbot)
    again = start("unsaved 1")
    qtbot.wait(50)
    assert _seen(again) == []
    again.turn_to(file)
    qtbot.waitUntil(lambda: _seen(again) == [job_id], timeout=_PATIENCE_MILLISECONDS)
    assert again.inbox() == ()
    assert provider.purchases == 1
    again.apply(again.candidates()[0].id)
    again.turn_to(f"{file}.other.ora")
    assert _seen(again) == []


@pytest.mark.parametrize("use", [ResultUse.APPLIED, ResultUse.DISCARDED])
def test_what_was_decided_does_not_come_back(
    start: Start, provider: RemoteProvider, file: str, qtbot: QtBot, use: ResultUse
) -> None:
    provider.finish.set()
    first = start(file)
    other, job_id = _bought(first, qtbot), ""
    with qtbot.waitSignal(first.job_done, timeout=_PATIENCE_MILLISECONDS):
        job_id = first.generate(edit("another"))
    with qtbot.waitSignal(first.tray_changed, timeout=_PATIENCE_MILLISECONDS):
        (candidate,) = (one for one in first.candidates() if one.job_id == other)
        (first.apply if use is ResultUse.APPLIED else first.discard)(candidate.id)
    again = start(file)
    qtbot.waitUntil(lambda: _seen(again) == [job_id], timeout=_PATIENCE_MILLISECONDS)


def test_a_recovered_job_comes_to_the_strip_of_its_open_document(
    start: Start, provider: RemoteProvider, file: str, qtbot: QtBot
) -> None:
    first = start(file)
    job_id = first.generate(edit())
    assert provider.accepted.acquire(timeout=20)
    again = start(file)
    provider.finish.set()
    again.recover()
    qtbot.waitUntil(lambda: _seen(again) == [job_id], timeout=_PATIENCE_MILLISECONDS)
    assert provider.purchases == 1
    assert [record.status for record in again.recent_jobs()] == [JobStatus.SUCCEEDED]


def test_what_was_bought_without_a_file_waits_in_the_inbox_only(
    start: Start, provider: RemoteProvider, qtbot: QtBot
) -> None:
    provider.finish.set()
    job_id = _bought(start("unsaved 1"), qtbot)
    again = start("unsaved 1")
    qtbot.wait(50)
    assert _seen(again) == []
    assert [item.job_id for item in again.inbox()] == [job_id]
