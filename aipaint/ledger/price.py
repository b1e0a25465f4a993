"""What a price is asked for and what is answered: plain frozen values."""

from dataclasses import dataclass
from enum import Enum

from aipaint.ledger.seen import Seen
from aipaint.money import Micros


class Tier(Enum):
    """How dear one call is. Low below $0.02, high from $0.10 on, unless other limits are given."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @staticmethod
    def of(
        micros: Micros, medium_from_micros: Micros = 20_000, high_from_micros: Micros = 100_000
    ) -> "Tier":
        if micros >= high_from_micros:
            return Tier.HIGH
        return Tier.MEDIUM if micros >= medium_from_micros else Tier.LOW


@dataclass(frozen=True)
class PriceRequest:
    """Everything that changes the price of one call.

    `width` and `height` are the pixels asked of the model (0 = the model decides), `quality` ""
    or "auto" too. `input_images` counts pictures without the mask. `prompt_chars` is the length
    of all text in UTF-8 bytes: no text has more tokens. `is_free`: the provider takes no money.
    `partial_images` are shown of each picture while it is painted.
    """

    provider: str
    model: str
    operation: str
    width: int = 0
    height: int = 0
    quality: str = ""
    count: int = 1
    input_images: int = 0
    prompt_chars: int = 0
    is_free: bool = False
    partial_images: int = 0

    @property
    def priced_as(self) -> str:
        """What two calls of a model share if they should cost the same per picture."""
        return f"{self.width}x{self.height} {self.quality} +{self.input_images}"


@dataclass(frozen=True)
class EstimatePart:
    """One line of an estimate: "2 pictures", "878 image tokens", 26340."""

    what: str
    units: str
    micros: Micros


@dataclass(frozen=True)
class Estimate:
    """The most that a call is expected to cost, and where the price is from.

    `rule_micros` is what the price rule alone says; `micros` is more where calls like this one
    cost more lately, and `seen` says what those cost.
    """

    micros: Micros
    tier: Tier
    parts: tuple[EstimatePart, ...]
    source: str
    as_of: str
    rule_micros: Micros = 0
    seen: Seen | None = None
