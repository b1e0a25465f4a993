"""A disk that is full, read-only, locked, damaged or killed at: no paid call, one sentence, and
every picture can still be saved."""

import gc
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aipaint.database import open_database
from aipaint.errors import StorageError
from aipaint.generation.job import Job
from aipaint.history.records import JobStatus
from aipaint.ledger.entry import CostSource
from aipaint.projects.open_file import open_picture
from tests.flows.desktop import open_desktop, wait_until
from tests.flows.small_disk import can_mount, play
from tests.generation.workshop import do, edit, open_desk, photograph, picture_of
from tests.ledger.rig import MIGRATIONS, Clock, ask, caps, ledger_on
from tests.servers.images_api import ImagesApi

ROOT = Path(__file__).parents[2]
_VISIBLE = ("search", "--onlyvisible", "--name")
LOCKER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""
SLOW_SCRIPT = '''
"""A migration that can be killed at any moment of a long change."""


def up(migrator, db):
    del migrator
    db.execute_sql("ALTER TABLE models_cache ADD COLUMN note TEXT")
    print("changing", flush=True)
    for number in range(100_000_000):
        row = (f"p{number}", "x" * 4000)
        db.execute_sql("INSERT INTO models_cache VALUES (?, ?, 1, NULL)", row)
'''
MIGRATE = """
import sys
from pathlib import Path
from aipaint.database import open_database
open_database(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.skipif(not can_mount(), reason="this machine lends us no disk of our own")
@pytest.mark.parametrize(
    ("scene", "sentence"),
    [
        ("full before a job", "no space left"),
        ("full before sending", "no space left"),
        ("full at start", "no space left"),
        ("read-only at start", "cannot be written: Read-only"),
        ("read-only before a job", "is read-only"),
    ],
)
def test_nothing_is_bought_on_a_disk_that_takes_nothing(
    tmp_path: Path, scene: str, sentence: str
) -> None:
    seen = play(tmp_path, scene)
    assert sentence in seen.pop("error")
    assert seen == {"settled": 0, "held": 0, "audit": [], "left behind": [], "requests": 0}


@pytest.mark.skipif(not can_mount(), reason="this machine lends us no disk of our own")
def test_what_was_sent_before_the_disk_was_full_is_counted(tmp_path: Path) -> None:
    seen = play(tmp_path, "full while bytes arrive")
    assert seen["requests"] == 1
    assert seen["held"] + seen["settled"] > 0
    assert seen["audit"] == []
    assert "nothing was bought" not in seen["error"].lower()


@pytest.mark.skipif(not can_mount(), reason="this machine lends us no disk of our own")
def test_a_picture_that_finds_a_full_disk_waits_in_memory(tmp_path: Path) -> None:
    seen = play(tmp_path, "room while it waits")
    assert seen["error"] == ""
    assert seen["pictures"] == 1
    assert seen["raws"] == [True]
    (warning,) = seen["warned"]
    assert warning.startswith("The disk is full: free some space. Your picture (paid $0.")
    assert "waits in memory" in warning
    assert seen["settled"] == seen["row"] > 0
    assert (seen["held"], seen["audit"], seen["requests"]) == (0, [], 1)


@pytest.mark.skipif(not can_mount(), reason="this machine lends us no disk of our own")
def test_another_disk_keeps_a_picture_until_the_next_start(tmp_path: Path) -> None:
    seen = play(tmp_path, "elsewhere until the next start")
    assert "moved home at the next start" in seen["error"]
    assert seen["elsewhere"] == 1
    assert seen["left elsewhere"] == []
    assert any("was moved home" in note for note in seen["notes"])
    assert seen["inbox"] == [[True, True]]
    assert seen["settled"] > 0
    assert (seen["held"], seen["audit"], seen["requests"]) == (0, [], 1)


def test_nothing_is_bought_while_another_program_locks_the_database(
    home: Path, api: ImagesApi
) -> None:
    desk = open_desk(home, api)
    desk.ledger._database.timeout = 0.2
    words = [sys.executable, "-c", LOCKER, str(home / "aipaint.db")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(StorageError, match=r"aipaint\.db is locked"):
            do(_job(), desk)
        other.communicate(b"go\n")
    assert api.received == []
    assert do(_job(), desk).status is JobStatus.SUCCEEDED
    assert len(api.received) == 1


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_kill_9_during_a_migration_leaves_the_database_as_it_was(
    tmp_path: Path, share: float
) -> None:
    path = tmp_path / "home" / "aipaint.db"
    database = open_database(path, MIGRATIONS)
    book = ledger_on(database, caps(), Clock())
    book.settle(book.reserve(ask(40_000)), 39_000, CostSource.USAGE)
    newer = tmp_path / "newer"
    shutil.copytree(MIGRATIONS, newer, ignore=shutil.ignore_patterns("__pycache__"))
    (newer / "9999_slow.py").write_text(SLOW_SCRIPT)
    words = [sys.executable, "-c", MIGRATE, str(path), str(newer)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as migrating:
        assert migrating.stdout is not None
        assert migrating.stdout.readline() == b"changing\n"
        time.sleep(share)
        migrating.kill()
    assert migrating.returncode == -signal.SIGKILL
    again = open_database(path, MIGRATIONS, is_thorough=True)  # the older program goes on with it
    book = ledger_on(again, caps(), Clock())
    assert book.audit() == ()
    assert [entry.actual_micros for entry in book.entries(9)] == [39_000]
    (copy,) = path.parent.glob("*.bak")
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT actual_micros FROM budget_ledger").fetchall() == [(39_000,)]
    kept.close()


def test_the_command_line_says_what_was_mended_and_goes_on(home: Path, api: ImagesApi) -> None:
    _buy(home, api)
    spent = _command(home, "budget", "status", "--json")
    for copy in home.glob("*.bak"):
        copy.unlink()
    _damage(home)
    said = _command(home, "budget", "status", "--json")
    assert said.returncode == 0
    assert _day(said) == _day(spent)
    assert said.stderr.count("\n") == 1
    assert "was damaged; it was set aside as aipaint.db.damaged-" in said.stderr
    assert "spending records were rebuilt: $0.0" in said.stderr
    assert _command(home, "budget", "status", "--json").stderr == ""
    # The picture that was bought is not lost with the list of jobs: it waits in the inbox.
    (job,) = json.loads(_command(home, "jobs", "list", "--json").stdout)["jobs"]
    shown = json.loads(_command(home, "jobs", "show", job["id"], "--json").stdout)
    assert len(shown["images"]) == 2
    assert all(Path(image["path"]).is_file() for image in shown["images"])


def test_a_database_of_tomorrow_is_one_sentence_and_buys_nothing(
    home: Path, tmp_path: Path, api: ImagesApi
) -> None:
    _make_newer(home)
    before = (home / "aipaint.db").read_bytes()
    said = _command(
        home,
        *("generate", "a boat", "--provider", "openai", "-o", str(tmp_path / "out.png")),
        AIE_OPENAI_BASE_URL=api.url,
        AIE_OPENAI_API_KEY="sk-test-canary",
    )
    assert said.returncode == 4
    assert said.stderr.count("\n") == 1
    assert "was written by a newer aipaint (9999_tomorrow)" in said.stderr
    assert api.received == []
    assert (home / "aipaint.db").read_bytes() == before


def test_a_window_without_a_database_paints_and_saves(home: Path, tmp_path: Path) -> None:
    """By mouse and keyboard: the sentence, a stroke, Save as, and the file holds the stroke."""
    _make_newer(home)
    saved = tmp_path / "saved.ora"
    with open_desktop(home) as desktop:
        desktop.start("aipaint")
        window = desktop.window("Untitled")
        sentence = desktop.window("^aipaint$")
        desktop.hand("windowactivate", "--sync", sentence)
        desktop.keys("Return")
        wait_until(lambda: not desktop.hand(*_VISIBLE, "^aipaint$"), "the end of it")
        desktop.place(window, 0, 0, 1150, 860)
        desktop.keys("Escape", "b")
        time.sleep(1)
        desktop.drag((300, 400), (450, 430), (600, 300), slowly=True)
        desktop.keys("ctrl+shift+s")
        desktop.window("Save as")
        time.sleep(0.5)
        desktop.hand("type", "--delay", 15, str(saved))
        desktop.keys("Return")
        wait_until(saved.exists, "the saved picture")
        desktop.window("saved.ora")
    picture = open_picture(saved)
    assert any(len(layer.tiles) for layer in picture.layers)
    assert not (home / "images").exists()


def _job() -> Job:
    return Job(edit("a red barn"), picture_of(photograph(160, 120)))


def _buy(home: Path, api: ImagesApi) -> None:
    """Nobody holds the desk, and its lock, afterwards."""
    assert do(_job(), open_desk(home, api)).status is JobStatus.SUCCEEDED
    gc.collect()


def _damage(home: Path) -> None:
    path = home / "aipaint.db"
    data = bytearray(path.read_bytes())
    data[5_000:40_000] = b"\x5a" * 35_000
    path.write_bytes(data)


def _make_newer(home: Path) -> None:
    open_database(home / "aipaint.db", MIGRATIONS)
    with sqlite3.connect(home / "aipaint.db") as database:
        database.execute(
            "INSERT INTO schema_migration VALUES (9999, '9999_tomorrow', '2030-01-01')"
        )
    database.close()


def _command(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environ = {name: text for name, text in os.environ.items() if not name.startswith("AIE_")}
    return subprocess.run(
        [sys.executable, "-m", "aipaint", *words],
        env={**environ, "AIPAINT_HOME": str(home), **more},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def _day(said: subprocess.CompletedProcess[str]) -> Any:
    rows = json.loads(said.stdout)["caps"]
    return next(row for row in rows if row["period"] == "day")
