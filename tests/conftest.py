"""What holds for every test: a data folder of its own, no keys from outside, nothing left behind.

A test fails if it leaves a thread, a child process, work in a thread pool or a top-level widget,
or if it logs a warning it did not announce with `expected_logs`.
"""

import gc
import logging
import multiprocessing
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    import numpy as np

LEFTOVER_WAIT_SECONDS = 3.0
"""How long a thread or a process may still need to end after its test."""

# No test may reach the user's own key store, whatever desktop it runs on.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-references",
        action="store_true",
        help="write tests/references anew from what is painted now; look at them before you commit",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Names that are no text may be logged; what a test said travels between processes as UTF-8."""
    report = yield
    report.sections = [
        (title, text.encode("utf-8", "backslashreplace").decode())
        for title, text in report.sections
    ]
    return report


class Reference:
    """Compares pictures with those in tests/references; a limit on the root mean square."""

    folder = Path(__file__).parent / "references"
    limit = 0.004  # of the whole range: a level here and there may differ between machines

    def __init__(self, is_updating: bool) -> None:
        self._is_updating = is_updating

    def compare(self, name: str, pixels: "np.ndarray") -> None:
        """`pixels`: (h, w, 3) uint8 RGB. With --update-references it becomes the reference."""
        if self._is_updating:
            from PIL import Image

            self.folder.mkdir(exist_ok=True)
            Image.fromarray(pixels).save(self.folder / f"{name}.png", optimize=True)
        assert self.distance(name, pixels) <= self.limit, f"{name} does not look as it did"

    def distance(self, name: str, pixels: "np.ndarray") -> float:
        """Root mean square difference, 0..1. A picture of another size is as far as can be."""
        import numpy as np
        from PIL import Image

        with Image.open(self.folder / f"{name}.png") as image:
            kept = np.asarray(image.convert("RGB"), np.float32)
        if kept.shape != pixels.shape:
            return 1.0
        return float(np.sqrt(np.mean((kept - pixels) ** 2)) / 255)


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> Reference:
    return Reference(bool(request.config.getoption("--update-references")))


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The data folder is the test's own; settings of the machine do not reach it."""
    for name in list(os.environ):
        if name.startswith("AIE_"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("REPLICATE_API_TOKEN", raising=False)
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    monkeypatch.setenv("AIPAINT_HOME", str(tmp_path / "home"))


class ExpectedLogs:
    """Collects the warnings and errors of one test and the patterns it announced."""

    def __init__(self) -> None:
        self.records: list[logging.LogRecord] = []
        self._patterns: list[str] = []

    def __call__(self, pattern: str) -> None:
        """Announce that a record whose text matches `pattern` belongs to this test."""
        self._patterns.append(pattern)

    def problems(self) -> list[str]:
        """Records nobody announced, then announcements that did not come true."""
        texts = [record.getMessage() for record in self.records]
        found = [
            f"unexpected {record.levelname} from {record.name}: {text}"
            for record, text in zip(self.records, texts, strict=True)
            if not any(re.search(pattern, text) for pattern in self._patterns)
        ]
        return found + [
            f"expected but not logged: {pattern}"
            for pattern in self._patterns
            if not any(re.search(pattern, text) for text in texts)
        ]


class _Collector(logging.Handler):
    def __init__(self, expected: ExpectedLogs) -> None:
        super().__init__(logging.WARNING)
        self._expected = expected

    def emit(self, record: logging.LogRecord) -> None:
        self._expected.records.append(record)


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[ExpectedLogs]:
    """Call it with a pattern for each warning the test provokes; any other one fails the test."""
    expected = ExpectedLogs()
    handler = _Collector(expected)
    logging.getLogger().addHandler(handler)
    yield expected
    logging.getLogger().removeHandler(handler)
    problems = expected.problems()
    assert not problems, "\n".join(problems)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Threads, child processes, pool work and top-level widgets end with their test."""
    uses_qt = "qapp" in request.fixturenames
    threads = set(threading.enumerate())
    children = set(multiprocessing.active_children())
    widgets = _top_level_widgets()
    yield
    _let_qt_delete()
    problems = [
        *_remaining("a thread", lambda: _new_threads(threads)),
        *_remaining("a child process", lambda: set(multiprocessing.active_children()) - children),
        *(_remaining("work in a thread pool", _busy_pools) if uses_qt else []),
        *_remaining("a top-level widget", lambda: _new_widgets(widgets)),
    ]
    assert not problems, "\n".join(problems)


def _remaining(what: str, look: Callable[[], Collection[object]]) -> list[str]:
    deadline = time.monotonic() + LEFTOVER_WAIT_SECONDS
    while (left := look()) and time.monotonic() < deadline:
        gc.collect()
        _let_qt_delete()
        time.sleep(0.02)
    return [f"the test left {what} behind: {item!r}" for item in left]


def _new_threads(before: set[threading.Thread]) -> set[object]:
    """Threads of a QThreadPool that ran Python stay listed for ever; they are seen by the pool."""
    # The class is private, and there is no other mark of a thread that Python did not start.
    dummy = threading._DummyThread
    return {
        thread for thread in set(threading.enumerate()) - before if not isinstance(thread, dummy)
    }


def _qt_is_used() -> bool:
    return "PySide6.QtWidgets" in sys.modules


def _let_qt_delete() -> None:
    if _qt_is_used():
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()


def _top_level_widgets() -> set[object]:
    if not _qt_is_used():
        return set()
    from PySide6.QtWidgets import QApplication

    return {widget for widget in QApplication.topLevelWidgets() if widget.parent() is None}


def _new_widgets(before: set[object]) -> set[object]:
    return _top_level_widgets() - before


def _busy_pools() -> set[object]:
    """Looks at every pool there is: 15 ms, so it is asked only after a test with an application."""
    from PySide6.QtCore import QThreadPool
    from shiboken6 import isValid

    pools = [item for item in gc.get_objects() if isinstance(item, QThreadPool) and isValid(item)]
    pools.append(QThreadPool.globalInstance())
    return {pool for pool in pools if pool.activeThreadCount()}
