"""Jobs and pictures as they are stored: plain frozen values. Times are UTC microseconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from aipaint.money import Micros


class JobStatus(Enum):
    """Where a job stands. The value is what the database stores."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    BLOCKED_BUDGET = "blocked_budget"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


OPEN = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.UNKNOWN)
"""What still waits, runs, or may yet turn out to cost something."""


class JobStep(Enum):
    """How far a job has come on disk: each is written before the next thing happens.

    ENTERED (its row), PREPARED (what it needs to run again), RESERVED (money is held), SENT (the
    first byte may go out), ACCEPTED (the provider's id is known), FETCHED (the bytes it bought
    are on disk), SETTLED (the money is put down), ENDED (nothing is left to do).
    """

    ENTERED = "entered"
    PREPARED = "prepared"
    RESERVED = "reserved"
    SENT = "sent"
    ACCEPTED = "accepted"
    FETCHED = "fetched"
    SETTLED = "settled"
    ENDED = "ended"


class ResultUse(Enum):
    """What became of the pictures a job bought. WAITING ones are in the inbox."""

    NONE = ""
    WAITING = "waiting"
    APPLIED = "applied"
    DISCARDED = "discarded"


class AttemptOutcome(Enum):
    """What became of one try to have the work done. OPEN: it is under way, or died so."""

    OPEN = "open"
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    ANSWERED = "answered"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class JobRecord:
    """One row of `jobs`. `params`, `plan` and `error` (kind, message, charged, hint) are JSON.

    `id` is 32 hexadecimal digits (uuid4). `created_at` 0 and, of a queued job, `position` 0 are
    filled in when the job is added. `owner` is the session that works on it, `plan` what it
    takes to run it again without its document. A job with `deleted_at` is in no list.
    """

    id: str
    operation: str
    provider: str
    model: str
    status: JobStatus = JobStatus.QUEUED
    prompt: str = ""
    negative_prompt: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    fingerprint: str = ""
    estimated_micros: Micros | None = None
    actual_micros: Micros | None = None
    error: Mapping[str, str] | None = None
    remote_id: str | None = None
    session_id: str = ""
    created_at: int = 0
    started_at: int | None = None
    completed_at: int | None = None
    step: JobStep = JobStep.ENTERED
    is_paused: bool = False
    position: int = 0
    owner: str = ""
    project: str = ""
    plan: Mapping[str, object] | None = None
    result_use: ResultUse = ResultUse.NONE
    deleted_at: int | None = None


@dataclass(frozen=True)
class AttemptRecord:
    """One row of `job_attempts`: a request on the wire. `number` counts from 1 within its job."""

    job_id: str
    ledger_id: int
    number: int
    outcome: AttemptOutcome
    detail: str
    http_status: int | None
    started_at: int
    ended_at: int | None


@dataclass(frozen=True)
class ImageRecord:
    """One row of `images`. Paths are relative to the data folder; 0 pixels means not known.

    `role` is one of input, mask, reference, raw (as bought), result (as composited). `drift`
    (0..1) is the share of the pixels outside the mask that the model changed, None without a mask.
    """

    id: str
    job_id: str
    role: str
    path: str
    thumbnail_path: str | None
    width: int
    height: int
    sha256: str
    created_at: int
    is_starred: bool = False
    drift: float | None = None
