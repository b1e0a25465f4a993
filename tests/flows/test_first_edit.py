"""A newcomer's first minutes, in a real window, by mouse and keyboard only.

Drop a photograph, mask an object, Generate, Apply, Undo, Redo, Save; then the same file again.
"""

import sqlite3
import subprocess
import time
from pathlib import Path

import numpy as np
from PIL import Image

from aipaint.document.render import render_straight
from aipaint.pixels.rect import Rect
from aipaint.projects.open_file import open_picture
from tests.flows.desktop import Desktop, open_desktop, wait_until
from tests.generation.workshop import photograph

_OBJECT = Rect(330, 220, 50, 50)
_GREEN = (0, 255, 0)
_WINDOW = (0, 0, 1150, 860)
_CANVAS = (780, 660)


def _scene(folder: Path) -> Path:
    """A photograph with a bright green square that does not belong there."""
    rgb = photograph(640, 480)[..., :3].copy()
    rgb[_OBJECT.slices(Rect(0, 0, 640, 480))] = _GREEN
    path = folder / "a photo with ünï.png"
    Image.fromarray(rgb).save(path)
    return path


def _green(desktop: Desktop) -> np.ndarray:
    """Where the canvas shows the object; the panels at the right have thumbnails of it."""
    return np.asarray((desktop.see()[: _CANVAS[1], : _CANVAS[0]] == _GREEN).all(axis=2))


def _center_of_green(desktop: Desktop) -> tuple[float, float]:
    rows, columns = np.nonzero(_green(desktop))
    return float(columns.mean()), float(rows.mean())


def _resting_center_of_green(desktop: Desktop) -> tuple[float, float]:
    """Once bars and panels have found their places."""
    seen: list[tuple[float, float]] = []

    def rests() -> bool:
        time.sleep(0.4)
        if _green(desktop).any():
            seen.append(_center_of_green(desktop))
        return len(seen) > 1 and seen[-1] == seen[-2]

    wait_until(rests, "the picture to rest")
    return seen[-1]


def _statuses(home: Path) -> list[str]:
    database = sqlite3.connect(home / "aipaint.db")
    try:
        return [row[0] for row in database.execute("select status from jobs")]
    finally:
        database.close()


def _open_window(desktop: Desktop) -> str:
    desktop.start("aipaint")
    window = desktop.window("aipaint")
    desktop.place(window, *_WINDOW)
    return window


def _drop(desktop: Desktop, path: Path) -> None:
    desktop.start("tests.flows.drag_source", str(path))
    source = desktop.window("drag source")
    desktop.place(source, 1200, 400, 160, 90)
    desktop.drag((1280, 445), (1100, 440), (500, 430), (450, 420), slowly=True)
    desktop.hand("windowclose", source)
    wait_until(lambda: bool(_green(desktop).any()), "the photograph on the canvas")


def _save_as(desktop: Desktop, path: Path, window: str) -> None:
    desktop.keys("ctrl+shift+s")
    desktop.window("Save")
    desktop.keys("ctrl+a")
    desktop.hand("type", str(path))
    desktop.keys("Return")
    wait_until(path.is_file, "the saved document")
    wait_until(lambda: path.name in desktop.hand("getwindowname", window), "the new title")


def test_drop_mask_generate_apply_undo_redo_save(tmp_path: Path) -> None:
    home, photo = tmp_path / "home", _scene(tmp_path)
    with open_desktop(home) as desktop:
        window = _open_window(desktop)
        _drop(desktop, photo)
        desktop.hand("windowactivate", "--sync", window)

        desktop.hand("mousemove", *map(round, _resting_center_of_green(desktop)))
        desktop.keys("q")
        x, y = _resting_center_of_green(desktop)
        desktop.drag((x - 34, y - 20), (x + 34, y - 20), (x + 34, y + 20), (x - 34, y + 20))
        wait_until(lambda: not _green(desktop).any(), "the mask over the object")

        desktop.keys("ctrl+Return")
        wait_until(lambda: "succeeded" in _statuses(home), "the job")
        time.sleep(1.5)  # the news travels from the worker to the screen
        assert not _green(desktop).any()
        desktop.keys("Return")
        wait_until(lambda: "Apply" not in desktop.hand("getwindowname", window), "the layer")
        before = desktop.see()
        assert not _green(desktop).any()

        desktop.keys("ctrl+z")
        wait_until(lambda: bool((desktop.see() != before).any()), "the undone picture")
        desktop.keys("ctrl+z", "ctrl+z")
        wait_until(lambda: bool(_green(desktop).any()), "the object after undo")
        desktop.keys("ctrl+shift+z", "ctrl+y", "ctrl+y")
        wait_until(lambda: not _green(desktop).any(), "the removed object after redo")

        saved = tmp_path / "saved.ora"
        _save_as(desktop, saved, window)

    picture = open_picture(saved)
    assert len(picture.layers) == 2
    frame = Rect(0, 0, 640, 480)
    assert picture.frame == frame
    result = render_straight(picture, frame)
    assert not (result[..., :3] == _GREEN).all(axis=2).any()
    original = np.asarray(Image.open(photo).convert("RGBA"))
    changed = (result != original).any(axis=2)
    assert changed[_OBJECT.slices(frame)].all()
    assert 2500 < np.count_nonzero(changed) < 20_000


def _leave(desktop: Desktop, process: "subprocess.Popen[bytes]") -> None:
    """Ctrl+Q, and again if the window had no ear for it yet, as a person would."""

    def is_gone() -> bool:
        desktop.keys("ctrl+q")
        time.sleep(1)
        return process.poll() is not None

    wait_until(is_gone, "the end of the program")


def test_a_picture_given_on_the_command_line_is_opened_and_a_bad_one_is_told(
    tmp_path: Path,
) -> None:
    photo = _scene(tmp_path)
    text = tmp_path / "text.png"
    text.write_text("this is no picture")
    with open_desktop(tmp_path / "home") as desktop:
        process = desktop.start("aipaint", str(photo))
        wait_until(lambda: bool(_green(desktop).any()), "the photograph on the canvas")
        window = desktop.window("aipaint")
        assert photo.name in desktop.hand("getwindowname", window)
        desktop.hand("windowactivate", "--sync", window)
        _resting_center_of_green(desktop)
        _leave(desktop, process)
        assert process.returncode == 0

        process = desktop.start("aipaint", str(text))
        message = desktop.window("Not opened")
        desktop.keys("Return")
        wait_until(lambda: message not in desktop.hand("search", "--name", "."), "its end")
        assert process.poll() is None
