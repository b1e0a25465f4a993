"""`Tiers`: from which amounts on a call counts as medium or high; both can be set."""

from dataclasses import dataclass

from aipaint.ledger.price import Tier
from aipaint.money import Micros


@dataclass(frozen=True)
class Tiers:
    """Low below the first amount, high from the second on."""

    medium_from_micros: Micros = 20_000
    high_from_micros: Micros = 100_000

    def of(self, micros: Micros) -> Tier:
        return Tier.of(micros, self.medium_from_micros, self.high_from_micros)
