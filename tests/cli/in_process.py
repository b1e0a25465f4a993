"""The command line inside the test's own process: a start-up for each command is too much."""

import threading
from argparse import Namespace

import pytest

from aipaint.app import make_desk, read_settings
from aipaint.cli.main import run
from aipaint.cli.workplace import Workplace
from tests.cli.shell import Said, Shell


class InProcess:
    """The same commands, folder and environment as a shell's."""

    def __init__(
        self,
        shell: Shell,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(shell.folder)
        self._shell = shell
        self._capsys = capsys

    def __call__(self, *words: str, **more: str) -> Said:
        def open_workplace(arguments: Namespace) -> Workplace:
            settings = read_settings(arguments, {**self._shell.environ, **more})
            return Workplace(settings, make_desk, threading.Event())

        code = run(words, open_workplace)
        told = self._capsys.readouterr()
        return Said(code, told.out, told.err)
