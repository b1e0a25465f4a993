"""The names of the suites, and what each of them measures."""

from collections.abc import Callable

from tests.soak.controls import controls
from tests.soak.crowds import kills, reservations
from tests.soak.elsewhere import steps, walks
from tests.soak.faults import faults
from tests.soak.figure import Figure
from tests.soak.hanging import cancels, deadlines
from tests.soak.hostile import hostile
from tests.soak.window import canary, quitting

SUITES: dict[str, Callable[[bool], list[Figure]]] = {
    "reservations": reservations,
    "kills": kills,
    "steps": steps,
    "faults": faults,
    "walks": walks,
    "hostile": hostile,
    "quitting": quitting,
    "canary": canary,
    "cancels": cancels,
    "deadlines": deadlines,
    "controls": controls,
}
"""Each takes whether it is to be quick. Mutants are beside them: `python -m tests.soak.mutants`."""
