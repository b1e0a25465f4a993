"""A listener whose own faults cannot reach the job it listens to."""

import logging

from aipaint.generation.job import Report

_LOG = logging.getLogger(__name__)


def quiet(report: Report) -> Report:
    """Tells `report` until it fails once: a purchase must not be lost over its progress bar."""
    listening = True

    def told(fraction: float | None, message: str) -> None:
        nonlocal listening
        if not listening:
            return
        try:
            report(fraction, message)
        except Exception:
            listening = False
            _LOG.exception("Nobody listens to the progress of a job any more")

    return told
