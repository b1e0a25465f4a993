"""A figure that the offline engine has to hold, and how it is written down."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`value` lies within `lowest` and `highest` (None: no limit on that side)."""

    name: str
    value: float
    lowest: float | None = None
    highest: float | None = None
    note: str = ""

    @property
    def ok(self) -> bool:
        above = self.lowest is None or self.value >= self.lowest
        return above and (self.highest is None or self.value <= self.highest)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "lowest": None if self.lowest is None else round(self.lowest, 4),
            "highest": None if self.highest is None else round(self.highest, 4),
            "ok": self.ok,
            "note": self.note,
        }

    def __str__(self) -> str:
        limits = [f">= {self.lowest:.2f}"] if self.lowest is not None else []
        limits += [f"<= {self.highest:.2f}"] if self.highest is not None else []
        mark = "ok    " if self.ok else "MISSED"
        return f"{mark} {self.name:<26} {self.value:9.3f}  {' and '.join(limits):<20} {self.note}"
