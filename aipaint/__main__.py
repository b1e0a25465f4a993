"""The door: a command runs without a window, anything else opens one."""

import sys

from aipaint.cli.parser import is_command, window_parser


def main() -> int:
    """Returns the exit code. Imports only what the way that is taken needs."""
    # A child process of a packaged program starts here again; it must do its work and nothing else.
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    words = sys.argv[1:]
    if is_command(words):
        from aipaint.app import run_command

        return run_command(words)
    arguments = window_parser().parse_args(words)
    from aipaint.app import run_window

    return run_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
