"""The door: a command runs without a window, anything else opens one."""

import signal
import sys
from types import FrameType

from aipaint.cli.parser import is_command, window_parser

_CANCELLED = 6  # `ExitCode.CANCELLED`, which is not imported yet when it is needed


def main() -> int:
    """Returns the exit code. Imports only what the way that is taken needs."""
    # A child process of a packaged program starts here again; it must do its work and nothing else.
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    words = sys.argv[1:]
    if is_command(words):
        signal.signal(signal.SIGINT, _leave)  # until whoever works has a better way to stop
        from aipaint.app import run_command

        return run_command(words)
    arguments = window_parser().parse_args(words)
    from aipaint.app import run_window

    return run_window(arguments)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Ctrl+C while everything is still being loaded: nothing has happened."""
    raise SystemExit(_CANCELLED)


if __name__ == "__main__":
    sys.exit(main())
