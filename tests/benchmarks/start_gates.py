"""Start: CPU time from nothing to our window's first painting, against a bare Qt window."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.gate import Gate, best_of

_ROUNDS = 7
_ROOT = Path(__file__).resolve().parent.parent.parent

_WATCH = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

class Watch(QObject):
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Expose and isinstance(seen, QWindow) and seen.isExposed():
            seen.event(event)
            print(time.process_time(), flush=True)
            os._exit(0)
        return False

def run(*_):
    application = QApplication.instance()
    watch = Watch()
    application.installEventFilter(watch)
    while True:
        application.processEvents()

QApplication.exec = run
"""

_BARE = """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QGraphicsScene, QGraphicsView, QMainWindow, QWidget
application = QApplication(sys.argv)
window = QMainWindow()
window.resize(1440, 900)
scene = QGraphicsScene()
window.setCentralWidget(QGraphicsView(scene))
for number in range(4):
    dock = QDockWidget(str(number))
    dock.setWidget(QWidget())
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
window.show()
application.exec()
"""

_OURS = """
import sys
from aipaint.__main__ import main
sys.argv = ["aipaint"]
sys.exit(main())
"""


def start_gates() -> Iterator[Gate]:
    """start."""
    yield best_of(_start_gate)


def _start_gate() -> Gate:
    with TemporaryDirectory() as home:
        ours: list[float] = []
        bare: list[float] = []
        for _ in range(_ROUNDS + 1):
            bare.append(_seconds(_WATCH + _BARE, home))
            ours.append(_seconds(_WATCH + _OURS, home))
    # The first round compiles and reads from the disk.
    mine, its = statistics.median(ours[1:]), statistics.median(bare[1:])
    note = f"{mine * 1e3:.0f} ms against {its * 1e3:.0f} ms"
    return Gate("start", mine / its, 1.6, "a bare Qt window with 4 docks", note)


def _seconds(program: str, home: str) -> float:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "AIPAINT_HOME": home}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=_ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return float(done.stdout.split()[-1])
