"""`run`: from the words typed to a command and its exit code."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from aipaint.cli.exit_code import ExitCode, exit_code_of
from aipaint.cli.output import print_error, print_json
from aipaint.cli.parser import OPERATIONS, parsed
from aipaint.cli.workplace import Workplace
from aipaint.errors import AipaintError

Command = Callable[[Namespace, Workplace], ExitCode]


def run(argv: Sequence[str], open_workplace: Callable[[Namespace], Workplace]) -> int:
    """Run one command. Expected failures are one sentence on standard error and an exit code;
    with --json also an object on standard output."""
    arguments = parsed(argv)
    try:
        with open_workplace(arguments) as workplace:
            return _command(arguments)(arguments, workplace)
    except AipaintError as error:
        if arguments.json:
            from aipaint.cli.refused import refused

            print_json(refused(arguments, error))
        print_error(error)
        return exit_code_of(error)
    except BrokenPipeError:
        # The reader of our output went away: nobody is left to tell.
        sys.stderr.close()
        return ExitCode.FAILED


def _command(arguments: Namespace) -> Command:
    """Only the command that was asked for is imported: each brings its own libraries."""
    if arguments.command in OPERATIONS:
        from aipaint.cli.operation import operation

        return operation
    return _other_command(arguments.command)


def _other_command(name: str) -> Command:
    match name:
        case "refine":
            from aipaint.cli.refine import refine as command
        case "estimate":
            from aipaint.cli.estimate import estimate as command
        case "budget":
            from aipaint.cli.budget import budget as command
        case "jobs":
            from aipaint.cli.jobs import jobs as command
        case "models":
            from aipaint.cli.models import models as command
        case "prices":
            from aipaint.cli.prices import prices as command
        case "offline-models":
            from aipaint.cli.offline_models import offline_models as command
        case "project":
            from aipaint.cli.project import project as command
        case "doctor":
            from aipaint.cli.doctor import doctor as command
        case _:
            from aipaint.cli.selftest import selftest as command
    return command
