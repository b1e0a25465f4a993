"""What `doctor` says of a healthy data folder, and of one that needs a person."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.shell import Shell, shell_in


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return shell_in(tmp_path, None)


_NAMES = [
    "data_folder",
    "disk",
    "sqlite",
    "database",
    "ledger",
    "unknown_outcomes",
    "keys",
    "providers",
]


def test_a_new_folder_is_in_order(shell: Shell) -> None:
    said = shell("doctor", "--json")
    assert said.code == 0, said.out
    assert said.json["ok"] is True
    assert [check["name"] for check in said.json["checks"]] == _NAMES


def test_money_whose_fate_is_unknown_is_pointed_out(shell: Shell) -> None:
    shell("jobs", "list")
    with sqlite3.connect(Path(shell.environ["AIPAINT_HOME"]) / "aipaint.db") as database:
        database.execute(
            "INSERT INTO budget_ledger (job_id, session_id, provider, model, operation, state,"
            " reserved_micros, local_day, created_at, local_month, fingerprint, is_image_call)"
            " VALUES ('a', 'b', 'openai', 'm', 'edit', 'unknown', 40000, '2099-01-01', 1,"
            " '2099-01', '', 1)"
        )
        database.execute(
            "INSERT INTO budget_entries (ledger_id, event, held_micros, spent_micros, created_at)"
            " VALUES (1, 'reserved', 40000, 0, 1)"
        )
    said = shell("doctor")
    assert said.code == 4
    assert "$0.04" in said.out
    assert "aipaint budget resolve" in said.out


def test_a_key_is_never_shown(shell: Shell) -> None:
    said = shell("doctor", AIE_OPENAI_API_KEY="sk-canary-123456")
    assert "canary" not in said.out + said.err
    assert "ready: " in said.out


def test_a_database_that_cannot_be_opened_is_a_finding_not_a_crash(shell: Shell) -> None:
    (Path(shell.environ["AIPAINT_HOME"]) / "aipaint.db").mkdir(parents=True)
    said = shell("doctor")
    assert said.code == 4
    assert "LOOK  database" in said.out
