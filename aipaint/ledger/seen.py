"""`Seen`: what calls like this one really cost lately."""

from dataclasses import dataclass

from aipaint.money import Micros, format_usd


@dataclass(frozen=True)
class Seen:
    """The lowest and highest price of one picture over the last `calls` that were reported."""

    calls: int
    lowest_micros: Micros
    highest_micros: Micros

    def words(self, count: int = 1) -> str:
        """For people, for `count` pictures: "your last 20: $0.038-0.051"."""
        low, high = format_usd(self.lowest_micros * count), format_usd(self.highest_micros * count)
        span = low if low == high else f"{low}-{high.removeprefix('$')}"
        return f"your last {self.calls}: {span}" if self.calls > 1 else f"your last one: {span}"
