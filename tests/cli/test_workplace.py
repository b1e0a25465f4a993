"""A command that has ended holds nothing on the data folder, whatever still refers to its desk."""

import threading
from argparse import Namespace
from pathlib import Path

from aipaint.app import make_desk, read_settings
from aipaint.cli.workplace import Workplace


def _workplace(home: Path) -> Workplace:
    settings = read_settings(Namespace(), {"AIPAINT_HOME": str(home)})
    return Workplace(settings, make_desk, threading.Event())


def test_a_session_that_is_over_is_alive_to_nobody(tmp_path: Path) -> None:
    with _workplace(tmp_path) as workplace:
        desk = workplace.desk
        other = workplace.desk_in(tmp_path / "other")
        assert desk.is_alive(desk.session_id)
    assert not desk.is_alive(desk.session_id)
    assert not other.is_alive(other.session_id)
    assert list(tmp_path.rglob("*.lock")) == []


def test_a_command_without_a_desk_opens_no_folder(tmp_path: Path) -> None:
    with _workplace(tmp_path / "home"):
        pass
    assert not (tmp_path / "home").exists()
