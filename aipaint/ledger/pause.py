"""`Pause`: paid calls are stopped until a person says go on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pause:
    """`provider` "" stops everything, else only this provider. Times are UTC microseconds."""

    id: int
    reason: str
    provider: str
    created_at: int
    ended_at: int | None = None
