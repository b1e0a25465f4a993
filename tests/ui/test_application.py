"""Starting without a screen is told in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aipaint.ui.application import NoScreenError, check_screen

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.parametrize("name", _SCREENS)
def test_any_kind_of_screen_will_do(name: str) -> None:
    check_screen({name: "x"}, "linux")
    check_screen({}, "darwin")
    with pytest.raises(NoScreenError):
        check_screen({name: ""}, "linux")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always one")
def test_a_window_without_a_screen_is_one_sentence(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    environ |= {
        "AIPAINT_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "aipaint", "photo.png"],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 4
    assert done.stderr.startswith("aipaint: There is no screen")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "home").exists()
