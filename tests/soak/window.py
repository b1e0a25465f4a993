"""The real window: quitting in the middle of much work, and a key that must be seen nowhere."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PIL import Image

from tests.servers.images_api import ImagesApi, failing, malformed_json, never_answers, pictures
from tests.soak.figure import Figure, at_least, at_most, exactly
from tests.soak.forked import ROOT

_KEY = "sk-canary-7Q2vJ0zX9kLmN4pR"
_RUNNING, _WAITING = 6, 20
_QUIT_SECONDS = 2.0
_PATIENCE_SECONDS = 90.0


def quitting(is_quick: bool) -> list[Figure]:
    """6 running and 20 queued, 100 rounds."""
    rounds = 2 if is_quick else 100
    found = [_quit_once() for _ in range(rounds)]
    limit = 20 if is_quick else _QUIT_SECONDS
    return [
        at_least(
            "windows closed over 6 running and 20 queued jobs", rounds, 2 if is_quick else 100
        ),
        at_most("slowest end of the process", max(one["seconds"] for one in found), limit, " s"),
        exactly("requests after the click", int(sum(one["new"] for one in found))),
        exactly("return codes that are not 0", int(sum(bool(one["code"]) for one in found))),
        exactly("waiting jobs that were not kept", int(sum(20 - one["queued"] for one in found))),
        exactly("holds that are not uncertain", int(sum(6 - one["unknown"] for one in found))),
    ]


def canary(is_quick: bool) -> list[Figure]:
    """A key goes through the window and the command line, through successes and failures."""
    del is_quick
    echo = failing(401, f"Incorrect API key provided: {_KEY}", "invalid_request_error", "x")
    broken = failing(500, f"Traceback: Authorization: Bearer {_KEY}", "server_error", None)
    seen: list[str] = []
    with tempfile.TemporaryDirectory() as folder, ImagesApi() as api:
        home = Path(folder) / "home"
        home.mkdir()
        api.script(echo, broken, pictures(), malformed_json())
        with _program(home, api, 4) as program:
            _wait(lambda: _jobs(home, "queued") + _jobs(home, "running") == 0 < _jobs(home, ""))
            (home / "say").touch()
            _wait(lambda: (home / "texts").exists())
            seen += _processes()
            texts = (home / "texts").read_text("utf-8")
            (home / "go").touch()
            program.wait(_PATIENCE_SECONDS)
            seen += [texts, (home.parent / "said").read_text("utf-8", "replace")]
        assert "a barn, 0" in texts, "the jobs are not among what was read"
        api.script(echo, broken, pictures(), malformed_json())
        seen += [_typed(home, api, word) for word in ("one", "two", "three", "four")]
        files = [path for path in home.rglob("*") if path.is_file()]
        holding = [path.name for path in files if _KEY.encode() in path.read_bytes()]
        asked = sum(_KEY in str(request.headers) for request in api.received)
    return [
        at_least("requests that carried the key", asked, 8),
        exactly(f"files of the data folder that hold it {holding or ''}", len(holding)),
        exactly("texts, outputs and processes that show it", sum(_KEY in text for text in seen)),
    ]


def _quit_once() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, ImagesApi(default=never_answers()) as api:
        home = Path(folder) / "home"
        home.mkdir()
        (home / "settings.toml").write_text(f"jobs_at_once = {_RUNNING}\n")
        with _program(home, api, _RUNNING + _WAITING) as program:
            _wait(lambda: len(api.paid) == _RUNNING and _jobs(home, "") == _RUNNING + _WAITING)
            before, started = len(api.received), time.monotonic()
            (home / "go").touch()
            code = program.wait(_PATIENCE_SECONDS)
            seconds = time.monotonic() - started
        time.sleep(0.1)
        return {
            "seconds": seconds,
            "code": code,
            "new": len(api.received) - before,
            "queued": _jobs(home, "queued"),
            "unknown": _count(home, "SELECT COUNT(*) FROM budget_ledger WHERE state = 'unknown'"),
        }


@contextmanager
def _program(home: Path, api: ImagesApi, jobs: int) -> Iterator[subprocess.Popen[bytes]]:
    words = [sys.executable, "-m", "tests.soak.quitter", str(home), str(jobs)]
    with open(home.parent / "said", "wb") as said:
        program = subprocess.Popen(
            words, cwd=ROOT, env=_surroundings(home, api), stdout=said, stderr=said
        )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def _surroundings(home: Path, api: ImagesApi) -> dict[str, str]:
    return os.environ | {
        "AIPAINT_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "AIE_OPENAI_API_KEY": _KEY,
        "AIE_OPENAI_BASE_URL": api.url,
        "AIE_RATE_LIMIT_SECONDS": "0",
        "AIE_BUDGET_DAILY_CAP": "0",
        "AIE_BUDGET_SESSION_CAP": "0",
        "AIE_BUDGET_MONTHLY_CAP": "0",
    }


def _typed(home: Path, api: ImagesApi, prompt: str) -> str:
    """An edit on the command line; all that it printed."""
    source, target = home.parent / "in.png", home.parent / "out.png"
    Image.new("RGB", (64, 48), (200, 30, 30)).save(source)
    words = ["edit", str(source), prompt, "--provider", "openai", "-o", str(target), "--json"]
    run = subprocess.run(
        [sys.executable, "-m", "aipaint", *words, "--yes"],
        cwd=ROOT, env=_surroundings(home, api), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return f"{run.stdout} {run.stderr}"


def _processes() -> list[str]:
    """The command lines of every process, as `ps` shows them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue  # it has ended
    return found


def _jobs(home: Path, status: str) -> int:
    where = f" WHERE status = '{status}'" if status else ""
    return _count(home, f"SELECT COUNT(*) FROM jobs{where}")


def _count(home: Path, query: str) -> int:
    if not (home / "aipaint.db").exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{home}/aipaint.db?mode=ro", uri=True)) as database:
            return int(database.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # its tables are being made


def _wait(is_so: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > ends_at:
            raise AssertionError("waited in vain")
        time.sleep(0.05)
