"""`chosen_project`: the name behind --project, by which envelopes and reports go."""

from argparse import Namespace

from aipaint.errors import UsageError

_LONGEST_NAME = 200


def chosen_project(arguments: Namespace) -> str:
    """ "" for nobody's money. Raises UsageError for a name that no envelope can have."""
    name = str(arguments.project)
    if name and not (name.strip() and name.isprintable() and len(name) <= _LONGEST_NAME):
        raise UsageError("--project takes a name on one short line.")
    return name
