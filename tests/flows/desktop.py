"""A screen without a monitor, a window manager, and a hand for mouse and keyboard."""

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import ImageGrab

SCREEN = (1400, 900)
PATIENCE_SECONDS = 30.0
_PROGRAMS = ("Xvfb", "openbox", "xdotool")
_ROOT = Path(__file__).parents[2]


class Desktop:
    """Starts programs on a display of its own and drives them as a person would."""

    def __init__(self, display: str, environ: Mapping[str, str]) -> None:
        self.display = display
        self._environ = {**environ, "DISPLAY": display}
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """A Python module with its arguments."""
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            env={**self._environ, **more},
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def hand(self, *words: object) -> str:
        """One call of xdotool."""
        done = subprocess.run(
            ["xdotool", *(str(word) for word in words)],
            env=self._environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """The id of a visible window, once it is there."""
        wait_until(lambda: bool(self._find(title)), f"a window with the title {title!r}")
        return self._find(title)

    def place(self, window: str, x: int, y: int, width: int, height: int) -> None:
        """Bring a window to the front, there and that large."""
        self.hand("windowactivate", "--sync", window)
        self.hand("windowsize", window, width, height)
        self.hand("windowmove", window, x, y)
        time.sleep(0.3)  # the window manager and the window agree on the size

    def drag(self, *places: tuple[float, float], button: int = 1, slowly: bool = False) -> None:
        """Press at the first place, move through the others in small steps, release."""
        self.hand("mousemove", round(places[0][0]), round(places[0][1]), "mousedown", button)
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            steps = max(8, int(max(abs(x1 - x0), abs(y1 - y0)) // 6))
            for step in range(1, steps + 1):
                x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
                self.hand("mousemove", round(x), round(y))
                if slowly:
                    time.sleep(0.01)
        if slowly:
            time.sleep(0.3)
        self.hand("mouseup", button)

    def keys(self, *chords: str) -> None:
        """Press chords one after the other, e.g. "ctrl+z"."""
        for chord in chords:
            self.hand("key", "--clearmodifiers", chord)
            time.sleep(0.1)

    def see(self) -> np.ndarray:
        """The screen as (h, w, 3) uint8 RGB."""
        return np.asarray(ImageGrab.grab(xdisplay=self.display).convert("RGB"))

    def _find(self, title: str) -> str:
        return (self.hand("search", "--onlyvisible", "--name", title).splitlines() or [""])[-1]


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Fails with `what` if it does not come true in good time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.05)


@contextlib.contextmanager
def open_desktop(home: Path) -> Iterator[Desktop]:
    """A fresh display with a window manager; everything started on it ends with it."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    environ = {name: text for name, text in os.environ.items() if not name.startswith("AIE_")}
    environ |= {"AIPAINT_HOME": str(home), "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": "1"}
    environ.pop("XDG_CURRENT_DESKTOP", None)
    with _screen() as display:
        desktop = Desktop(display, environ)
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"], env={**environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield desktop
        finally:
            for process in [*desktop.processes, manager]:
                process.terminate()
            for process in [*desktop.processes, manager]:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(10)
                process.kill()
                process.wait()


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    reading, writing = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with open(reading, encoding="ascii") as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
