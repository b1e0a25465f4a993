"""The door: Ctrl+C is cancelled, also while everything is still being loaded."""

import os
import signal
import sys
import types
from collections.abc import Iterator, Sequence

import pytest

from aipaint.__main__ import main
from aipaint.cli.exit_code import ExitCode


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_while_loading_is_cancelled_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = types.ModuleType("aipaint.app")

    def run_command(_words: Sequence[str]) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        raise AssertionError("the signal came too late")

    setattr(slow, "run_command", run_command)  # noqa: B010 - a module has no such attribute
    monkeypatch.setitem(sys.modules, "aipaint.app", slow)
    monkeypatch.setattr(sys, "argv", ["aipaint", "budget", "status"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == ExitCode.CANCELLED
