"""The fixtures that watch every test do see what is left behind, and let clean tests pass."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

TESTS = """
import logging, multiprocessing, os, threading, time
from PySide6.QtCore import QRunnable, QThreadPool
from PySide6.QtWidgets import QMainWindow, QWidget

kept = []

class Slow(QRunnable):
    def run(self): time.sleep(1)

def test_thread(): threading.Thread(target=time.sleep, args=(1,)).start()
def test_process():
    kept.append(multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,)))
    kept[-1].start()
def test_end_of_process(): kept[-1].kill(); kept.pop().join()
def test_widget(qapp): kept.append(QWidget())
def test_warning(): logging.getLogger("a").warning("spent %d", 3)
def test_announced_but_silent(expected_logs): expected_logs("spent")

def test_announced_warning(expected_logs):
    expected_logs("spent 3")
    logging.getLogger("a").warning("spent %d", 3)
def test_window(qtbot):
    window = QMainWindow()
    window.menuBar().addMenu("File")
    qtbot.addWidget(window)
def test_joined_thread():
    thread = threading.Thread(target=time.sleep, args=(0.01,))
    thread.start()
    thread.join()
def test_surroundings(tmp_path):
    assert os.environ["AIPAINT_HOME"] == str(tmp_path / "home")
    assert not [name for name in os.environ if name.startswith("AIE_")]

# Last, because the next test would see the same pool still at work.
def test_own_pool(qapp): kept.append(QThreadPool()); kept[-1].start(Slow())
def test_shared_pool(qapp): QThreadPool.globalInstance().start(Slow())
"""

SEEN = {
    "test_thread": "left a thread behind",
    "test_process": "left a child process behind",
    "test_own_pool": "left work in a thread pool behind",
    "test_shared_pool": "left work in a thread pool behind",
    "test_widget": "left a top-level widget behind",
    "test_warning": "unexpected WARNING from a: spent 3",
    "test_announced_but_silent": "expected but not logged: spent",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says about the tests above under a copy of our fixtures that waits less."""
    folder = tmp_path_factory.mktemp("watched")
    fixtures = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    quick = re.sub(r"(?m)^LEFTOVER_WAIT_SECONDS = .*$", "LEFTOVER_WAIT_SECONDS = 0.1", fixtures)
    assert quick != fixtures
    (folder / "conftest.py").write_text(quick, encoding="utf-8")
    (folder / "test_watched.py").write_text(TESTS, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\n", encoding="utf-8")
    options = ["-p", "no:randomly", "-p", "no:cacheprovider", "-q", "-rA", "--tb=line"]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout


def test_what_is_left_behind_is_seen(report: str) -> None:
    lines = report.splitlines()
    errors = [line for line in lines if line.startswith("ERROR")]
    assert {line.split("::")[1].split(" ")[0] for line in errors} == set(SEEN)
    for name, reason in SEEN.items():
        assert any(f"::{name} " in line for line in errors)
        assert reason in report, report


def test_clean_tests_pass(report: str) -> None:
    assert "12 passed, 7 errors" in report
