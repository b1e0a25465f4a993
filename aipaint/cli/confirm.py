"""The cost warning of the command line: `--yes` accepts it."""

from aipaint.errors import AipaintError
from aipaint.ledger.price import Estimate, Tier
from aipaint.money import Micros, format_usd


class ConfirmationNeeded(AipaintError):
    """The operation is dear and nobody said --yes. `micros` is its estimate."""

    kind = "confirmation"

    def __init__(self, micros: Micros) -> None:
        self.micros = micros
        super().__init__(
            f"This may cost up to {format_usd(micros)}. Nothing was sent.",
            "Say --yes to accept it, or choose a lower --quality, --size or --count.",
        )


def confirm(estimate: Estimate, *, said_yes: bool) -> None:
    """Raises ConfirmationNeeded for a dear operation."""
    if estimate.tier is Tier.HIGH and not said_yes:
        raise ConfirmationNeeded(estimate.micros)
