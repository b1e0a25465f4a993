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


@dataclass(frozen=True)
class JobRecord:
    """One row of `jobs`. `params` is stored as JSON; `error` holds kind, message, charged, hint.

    `id` is 32 hexadecimal digits (uuid4). `created_at` 0 is filled in when the job is added.
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


@dataclass(frozen=True)
class ImageRecord:
    """One row of `images`. Paths are relative to the data folder; 0 pixels means not known.

    `role` is one of input, mask, reference, raw (as bought), result (as composited).
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
