"""A clock that stands still and jobs to put into a history."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from aipaint.history.records import JobRecord

MIGRATIONS = Path(__file__).parents[2] / "resources" / "migrations"
NOON = 1_795_176_000_000_000  # 2026-11-20 12:00 UTC
ONE = "1" * 32
TWO = "2" * 32
THREE = "3" * 32


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


def job(job_id: str = ONE, **changes: object) -> JobRecord:
    values: dict[str, object] = {
        "id": job_id,
        "operation": "edit",
        "provider": "openai",
        "model": "gpt-image-2.5-flare",
        "fingerprint": "abc",
    }
    return JobRecord(**(values | changes))  # type: ignore[arg-type]
