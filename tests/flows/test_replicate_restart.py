"""Work at Replicate outlives the program: killed while it runs, or its answer lost on the way, it
is found again and fetched without a second purchase."""

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import InProcess
from tests.cli.shell import PATIENCE_SECONDS, Shell, shell_in
from tests.servers import replicate_orders as service
from tests.servers.replicate_api import ReplicateApi

_EDIT = ("edit", "photo.png", "a red barn", "--mask", "mask.png", "--provider", "replicate")


@pytest.fixture
def api() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, api: ReplicateApi) -> Shell:
    made = shell_in(tmp_path, None)
    mine = {"AIE_REPLICATE_BASE_URL": api.url, "AIE_REPLICATE_API_TOKEN": "r8_canary"}
    return replace(made, environ={**made.environ, **mine})


@pytest.fixture
def here(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> InProcess:
    return InProcess(shell, monkeypatch, capsys)


def _rows(shell: Shell, question: str) -> list[Any]:
    database = sqlite3.connect(shell.folder / "home" / "aipaint.db")
    try:
        return database.execute(question).fetchall()
    finally:
        database.close()


def _ended(shell: Shell, number: str) -> None:
    assert _rows(shell, "select status, remote_id, result_use from jobs") == [
        ("succeeded", number, "waiting")
    ]
    assert _rows(shell, "select state, actual_micros, cost_source from budget_ledger") == [
        ("settled", 2_438, "time")
    ]
    results = _rows(shell, "select path from images where role = 'result'")
    assert [(shell.folder / "home" / path).is_file() for (path,) in results] == [True]


def test_killed_while_replicate_paints(shell: Shell, here: InProcess, api: ReplicateApi) -> None:
    api.script(service.never_ends())
    dying = subprocess.Popen(
        shell.command(*_EDIT),
        cwd=shell.folder,
        env=shell.surroundings(),
        stderr=subprocess.DEVNULL,
    )
    while not any(request.method == "GET" for request in api.received):
        api.wait_for_request(PATIENCE_SECONDS)
    dying.send_signal(signal.SIGKILL)
    dying.wait(PATIENCE_SECONDS)
    (number,) = api.predictions
    assert _rows(shell, "select status, remote_id from jobs") == [("running", number)]
    api.plans[number] = (service.runs(), 0)
    said = here("jobs", "resume", "--json")
    assert said.code == 0, said.err
    assert [one["status"] for one in said.json["resumed"]] == ["succeeded"]
    assert len(api.paid) == 1
    assert api.cancels == []
    _ended(shell, number)


def test_an_order_whose_answer_was_lost(shell: Shell, here: InProcess, api: ReplicateApi) -> None:
    api.script(service.lost())
    assert here(*_EDIT).code == 5
    assert _rows(shell, "select status, remote_id from jobs") == [("unknown", None)]
    (number,) = api.predictions
    said = here("jobs", "resume", "--json")
    assert said.code == 0, said.err
    assert [one["status"] for one in said.json["resumed"]] == ["succeeded"]
    assert len(api.paid) == 1
    _ended(shell, number)
