"""What the ledger's tests share: a clock that is set by hand, asks and a fresh database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from aipaint.database import Database, open_database
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.entry import SpendRequest
from aipaint.ledger.guard import Guard
from aipaint.ledger.ledger import Ledger

MIGRATIONS = Path(__file__).parents[2] / "resources" / "migrations"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


def caps(session: int = 0, day: int = 0, month: int = 0) -> Caps:
    return Caps(Cap(session, "default"), Cap(day, "environment"), Cap(month, "settings"))


def ask(micros: int = 100, job_id: str = "job-1", **changes: object) -> SpendRequest:
    values: dict[str, object] = {
        "job_id": job_id,
        "provider": "openai",
        "model": "gpt-image-2.5-flare",
        "operation": "edit",
        "micros": micros,
        "fingerprint": "",
        "is_image_call": True,
    }
    return SpendRequest(**(values | changes))  # type: ignore[arg-type]


def database_in(folder: Path) -> Database:
    return open_database(folder / "aipaint.db", MIGRATIONS)


def ledger_on(
    database: Database,
    limits: Caps,
    clock: Clock,
    session: str = "session-1",
    rate_limit_seconds: int = 0,
) -> Ledger:
    return Ledger(database, Guard(limits, rate_limit_seconds), session, clock)
