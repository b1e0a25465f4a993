"""`Children`: forks of this process, each of which judges one mutant with pytest."""

import importlib
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_MEMORY = Path("/dev/shm")  # it is the tests that are judged: the disk need not turn for them
_INI = """[pytest]
pythonpath = {root}
markers =
    timeout: not here
filterwarnings =
    error
    ignore::pytest.PytestAssertRewriteWarning
"""
_QUIET = ("-x", "-q", "--no-header", "-p", "no:cacheprovider", "--import-mode=importlib")
_SURROUNDINGS = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "AIPAINT_LEDGER_WALKS": "8x20"}
_LEAST_SECONDS, _TIMES_SLOWER, _UNKNOWN_SECONDS = 20, 12, 60.0
_MOST_BYTES = 4 * 1024**3  # some mutants ask for all there is
_KILLER = "killer"

ALIVE, KILLED, TOO_SLOW = "alive", "killed", "too slow"


@dataclass(frozen=True)
class End:
    """What became of a child: `killer` is the test that failed, "" if it was none of them."""

    end: str
    killer: str = ""


class Children:
    """Up to `at_once` forks at the same time, each in a folder of its own."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._running: dict[int, tuple[int, Path]] = {}

    def run(self, works: Iterable[tuple[int, Callable[[], int]]]) -> Iterator[tuple[int, End]]:
        """Ends in the order in which they come; a work's number says which one it is."""
        for number, work in works:
            if len(self._running) >= self._at_once:
                yield self._next_end()
            folder = Path(tempfile.mkdtemp())
            self._running[_forked(work, folder)] = (number, folder)
        while self._running:
            yield self._next_end()

    def _next_end(self) -> tuple[int, End]:
        child, status = os.wait()
        number, folder = self._running.pop(child)
        _end_group(child)
        killer = folder / _KILLER
        name = killer.read_text() if killer.exists() else ""
        shutil.rmtree(folder, ignore_errors=True)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
            return number, End(TOO_SLOW)
        return number, End(KILLED if status else ALIVE, name)


@contextmanager
def surroundings() -> Iterator[Path]:
    """A folder in memory for all that the tests write, and the settings of their process."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        os.environ |= {**_SURROUNDINGS, "TMPDIR": folder}
        tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = None
            os.environ.clear()
            os.environ |= before


def run_pytest(tests: Sequence[str], *plugins: object) -> int:
    """In this process: 0 if all of them passed."""
    import pytest

    ini = Path(tempfile.gettempdir()) / "pytest.ini"
    ini.write_text(_INI.format(root=ROOT))
    words = ["-c", str(ini), "--rootdir", str(ROOT), *_QUIET, *tests]
    return int(pytest.main(words, plugins=[_NoShrinking(), *plugins]))


def silence() -> None:
    """Before pytest starts: what it says of a mutant is of no interest, unless MUTANTS_LOUD."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0,) if os.environ.get("MUTANTS_LOUD") else (0, 1, 2):
        os.dup2(nothing, stream)


def load_libraries() -> None:
    """What every child would have to load; nothing of aipaint."""
    import cProfile  # noqa: F401

    for name in ("coverage", "pytest", "hypothesis", "hypothesis.stateful", "peewee",
                 "playhouse.migrations", "httpx", "tenacity", "numpy", "PIL.Image"):  # fmt: skip
        importlib.import_module(name)
    if loaded := [name for name in sys.modules if name.split(".")[0] == "aipaint"]:
        raise RuntimeError(f"loaded before it could be changed: {loaded}")


class Judge:
    """A plugin: writes down which test failed first, and ends one that takes much too long."""

    def __init__(self, seconds: Mapping[str, float]) -> None:
        self._seconds = seconds

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(
            int(_LEAST_SECONDS + _TIMES_SLOWER * self._seconds.get(nodeid, _UNKNOWN_SECONDS))
        )

    def pytest_runtest_logreport(self, report: object) -> None:
        killer = Path(tempfile.gettempdir()) / _KILLER
        if report.failed and not killer.exists():  # type: ignore[attr-defined]
            killer.write_text(report.nodeid)  # type: ignore[attr-defined]


class _NoShrinking:
    """A counterexample is enough; the smallest one is not needed."""

    def pytest_sessionstart(self) -> None:
        from hypothesis import Phase, settings

        settings.register_profile(
            "mutants", parent=settings(), derandomize=True, database=None,
            phases=(Phase.explicit, Phase.generate), deadline=None,
        )  # fmt: skip
        settings.load_profile("mutants")


def _forked(work: Callable[[], int], folder: Path) -> int:
    child = os.fork()
    if child:
        return child
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    os.chdir(ROOT)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    try:
        os._exit(1 if work() else 0)
    except BaseException:
        os._exit(1)


def _end_group(child: int) -> None:
    """What its tests started and did not end."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return
