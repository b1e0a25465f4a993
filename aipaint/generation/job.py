"""`Job`: one press of Generate; `JobView`: what is shown of it; `JobOutcome`: how it ended."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.candidate import Candidate
from aipaint.generation.options import GenerateOptions
from aipaint.history.records import ImageRecord, JobStatus
from aipaint.ledger.entry import CostSource
from aipaint.ledger.price import Estimate
from aipaint.money import Micros
from aipaint.pixels.tile import Pixels


@dataclass(eq=False)
class Job:
    """`picture` is a snapshot: what is painted after the click does not change the job.

    `original` is the frame's own pixels, (h, w, 4) straight RGBA, where the picture comes directly
    from a file: unmasked pixels are then copied from it. `waits_for_turn`: a rate limit is sat out
    instead of ending the job. `project` names whose money is spent. `is_entered`: it has a row;
    `is_stored`: its picture and plan are on disk. `show_partial` gets the encoded pictures of a
    stream while the last one is not there yet. `document` is the file that was open, by which its
    results are found again. `replaces` names the layer that the result takes the place of.
    `leaving`, set before `cancelled`: the program ends, nobody gave the job up. `warn` is told what
    the user should do while the job waits.
    """

    options: GenerateOptions
    picture: Picture
    original: Pixels | None = None
    waits_for_turn: bool = False
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    cancelled: threading.Event = field(default_factory=threading.Event)
    project: str = ""
    replaces: str = ""
    document: str = ""
    is_entered: bool = False
    is_stored: bool = False
    leaving: threading.Event = field(default_factory=threading.Event)
    show_partial: Callable[[bytes, int], None] = lambda _data, _index: None
    warn: Callable[[AipaintError], None] = lambda _error: None

    @property
    def is_leaving(self) -> bool:
        return self.leaving.is_set()

    @property
    def label(self) -> str:
        """For lists and layers: "Edit: a red barn"."""
        return label_of(self.options.operation.value, self.options.prompt)


def label_of(operation: str, prompt: str) -> str:
    """An operation and the beginning of its prompt."""
    words = " ".join(prompt.split())
    verb = operation.capitalize()
    return f"{verb}: {words[:40]}" if words else verb


@dataclass(frozen=True)
class JobView:
    """A job as a list shows it. `fraction` is 0..1, None while it cannot be known."""

    id: str
    operation: str
    label: str
    status: JobStatus
    message: str = ""
    fraction: float | None = None
    estimated_micros: Micros | None = None
    actual_micros: Micros | None = None


@dataclass(frozen=True, eq=False)
class JobOutcome:
    """How a job ended. `images` are the stored composites, in the order of `candidates`."""

    job_id: str
    status: JobStatus
    candidates: tuple[Candidate, ...] = ()
    images: tuple[ImageRecord, ...] = ()
    fingerprint: str = ""
    model: str = ""
    estimate: Estimate | None = None
    estimated_micros: Micros | None = None
    actual_micros: Micros | None = None
    cost_source: CostSource | None = None
    duplicate_of: str | None = None
    warnings: tuple[str, ...] = ()
    error: AipaintError | None = None


Report: TypeAlias = Callable[[float | None, str], None]
"""Progress 0..1 (None while unknown) and a short sentence. Called on the worker."""
