"""Refining in the window: what is asked before, the job that is seen and cancelled, its words."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QPushButton

from aipaint.ledger.entry import EntryState
from aipaint.ui.panels.jobs_panel import JobsPanel
from tests.servers import images_api
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer


@pytest.fixture
def idea(online: Rig) -> Rig:
    """An idea stands in its field, and the button says what it costs."""
    online.inside.show_canvas()
    online.find(QPlainTextEdit, "intentEdit").setPlainText("fox in snow")
    _ready(online)
    return online


def _button(rig: Rig) -> QPushButton:
    return rig.find(QPushButton, "refineButton")


def _ready(rig: Rig) -> None:
    rig.wait(lambda: _button(rig).isEnabled() and "up to $" in _button(rig).text())


def _refined(rig: Rig) -> str:
    """Click, wait for the words, put them away; what they cost as the panel says it."""
    _button(rig).click()
    rig.wait(rig.inside.docks.prompt.fields.refine.result.isVisible)
    cost = rig.inside.docks.prompt.fields.refine.result.cost.text()
    rig.find(QPushButton, "refineDiscardButton").click()
    _ready(rig)
    return cost


def _jobs(rig: Rig) -> JobsPanel:
    return rig.inside.docks.jobs


def _lines(rig: Rig) -> list[str]:
    jobs = rig.find(QListWidget, "jobList")
    rows = [jobs.item(row) for row in range(jobs.count())]
    return [row.text().replace("\n", " | ") for row in rows if not row.isHidden()]


def test_the_same_idea_is_offered_again_or_bought_anew(idea: Rig, api: ImagesApi) -> None:
    _refined(idea)
    with_words: list[Any] = []

    def look() -> bool:
        with_words[:] = idea.window.findChildren(QDialog, "duplicateDialog")
        return bool(with_words)

    _button(idea).click()
    idea.wait(look)
    dialog = with_words[0]
    assert "take its words, or buy new ones" in dialog.sentence.text()
    assert dialog.picture.text() == "a red fox in morning light"
    assert dialog.buy.text().replace("&", "").startswith("Buy a New Wording — up to $")
    assert not dialog.buy.isDefault()
    dialog.reject()
    _ready(idea)
    assert len(api.paid) == 1

    used = answer(idea, "duplicateDialog", "useEarlierButton")
    assert _refined(idea) == "The same was asked a moment ago: it cost nothing again."
    assert used == ["useEarlierButton"]
    assert len(api.paid) == 1


def test_buying_again_pays_again(idea: Rig, api: ImagesApi) -> None:
    _refined(idea)
    api.chat_text = '{"prompt": "a fox in deep snow", "negative_prompt": ""}'
    bought = answer(idea, "duplicateDialog", "buyAgainButton")
    _refined(idea)
    assert bought == ["buyAgainButton"]
    assert len(api.paid) == 2
    assert idea.desk is not None
    entries = idea.desk.ledger.entries(9)
    assert [entry.state for entry in entries] == [EntryState.SETTLED] * 2
    assert [line.partition(",")[0] for line in _lines(idea)] == ["Refine: fox in snow | Done"] * 2


def test_it_is_a_job_that_is_seen_and_cancelled_while_it_runs(idea: Rig, api: ImagesApi) -> None:
    api.script_chat(images_api.never_answers())
    _button(idea).click()
    idea.wait(lambda: _jobs(idea).queue.isVisibleTo(_jobs(idea)))
    api.wait_for_request()
    queue = idea.find(QListWidget, "queueList")
    assert queue.count() == 1
    assert "Refine: fox in snow" in queue.item(0).text()
    assert "up to $" in _jobs(idea).queue.title.text()
    queue.setCurrentRow(0)
    cancel = idea.find(QPushButton, "refineCancelButton")
    assert cancel.isVisible()
    _jobs(idea).queue.cancel.click()
    idea.wait(lambda: not cancel.isVisible())
    assert queue.count() == 0
    assert len(_lines(idea)) == 1
    assert _lines(idea)[0].startswith("Refine: fox in snow | Cancelled")
    assert idea.desk is not None
    assert [entry.state for entry in idea.desk.ledger.entries(9)] == [EntryState.UNKNOWN]
    assert idea.desk.history.jobs(5)[0].status.value == "cancelled"


def test_a_failure_ends_the_job_with_its_reason(idea: Rig, api: ImagesApi) -> None:
    api.script_chat(images_api.wrong_key())
    _button(idea).click()
    idea.wait(lambda: bool(_lines(idea)) and "Failed" in _lines(idea)[0])
    assert "key" in _lines(idea)[0]
    assert "key" in idea.inside.docks.prompt.fields.refine.note.text()


def test_only_what_is_dear_is_asked_about(idea: Rig, api: ImagesApi) -> None:
    assert idea.desk is not None
    _refined(idea)
    assert len(api.paid) == 1  # no dialog came between
    ledger = idea.desk.ledger
    ledger.set_guard(replace(ledger.guard, ask_from_micros=1), source="a test")
    idea.find(QPlainTextEdit, "intentEdit").setPlainText("a bear")
    _ready(idea)
    asked = answer(idea, "costDialog", "costCancelButton")
    _button(idea).click()
    idea.wait(lambda: bool(asked))
    idea.wait(lambda: _button(idea).isEnabled())
    assert len(api.paid) == 1
