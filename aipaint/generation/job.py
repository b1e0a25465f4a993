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
from aipaint.money import Micros
from aipaint.pixels.tile import Pixels


@dataclass(eq=False)
class Job:
    """`picture` is a snapshot: what is painted after the click does not change the job.

    `original` is the frame's own pixels, (h, w, 4) straight RGBA, where the picture comes directly
    from a file: unmasked pixels are then copied from it. `waits_for_turn`: a rate limit is sat out
    instead of ending the job.
    """

    options: GenerateOptions
    picture: Picture
    original: Pixels | None = None
    waits_for_turn: bool = False
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def label(self) -> str:
        """For lists and layers: "Edit: a red barn"."""
        prompt = " ".join(self.options.prompt.split())
        verb = self.options.operation.value.capitalize()
        return f"{verb}: {prompt[:40]}" if prompt else verb


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
    estimated_micros: Micros | None = None
    actual_micros: Micros | None = None
    cost_source: CostSource | None = None
    duplicate_of: str | None = None
    warnings: tuple[str, ...] = ()
    error: AipaintError | None = None


Report: TypeAlias = Callable[[float | None, str], None]
"""Progress 0..1 (None while unknown) and a short sentence. Called on the worker."""
