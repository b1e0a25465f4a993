"""What `--json` says of a command that was refused before it had a job."""

from argparse import Namespace

from aipaint.cli.confirm import ConfirmationNeeded
from aipaint.cli.output import usd_or_none
from aipaint.cli.parser import OPERATIONS
from aipaint.errors import AipaintError
from aipaint.history.records import JobStatus

_STATUSES = {"budget": JobStatus.BLOCKED_BUDGET, "cancelled": JobStatus.CANCELLED}


def refused(arguments: Namespace, error: AipaintError) -> dict[str, object]:
    """An operation has the keys that it has at its end; another command the error alone."""
    told = {
        "kind": error.kind,
        "message": error.message,
        "charged": "no",
        "hint": error.hint,
    }
    operation = _operation(arguments)
    if operation is None:
        return {"error": told}
    estimated = error.micros if isinstance(error, ConfirmationNeeded) else None
    words = {"prompt": "", "negative_prompt": ""} if operation == "refine" else {}
    return {
        "job_id": None,
        "status": _STATUSES.get(error.kind, JobStatus.FAILED).value,
        "operation": operation,
        "provider": getattr(arguments, "provider", None),
        "model": getattr(arguments, "model", None),
        "fingerprint": None,
        "duplicate_of": None,
        "estimated_cost_usd": usd_or_none(estimated),
        "actual_cost_usd": None,
        "cost_source": None,
        "images": [],
        "drift": None,
        "warnings": [],
        "error": told,
        **words,
    }


def _operation(arguments: Namespace) -> str | None:
    """The command's name, "rerun" for a job of which nothing is known yet; None for the others."""
    command = str(arguments.command)
    if command in (*OPERATIONS, "refine"):
        return command
    return "rerun" if getattr(arguments, "verb", None) == "rerun" else None
