"""`TokenRates`: micro-dollars per million tokens of each kind."""

from dataclasses import dataclass

from aipaint.money import Micros, Usage

_MILLION = 1_000_000


@dataclass(frozen=True)
class TokenRates:
    """$5 per million tokens is 5_000_000; per single token it would not be a whole number."""

    text_in: int = 0
    image_in: int = 0
    image_out: int = 0
    text_out: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether tokens are not what is paid for."""
        return not (self.text_in or self.image_in or self.image_out or self.text_out)

    def cost(self, usage: Usage) -> Micros:
        """What these tokens cost together, rounded up once."""
        total = (
            usage.text_in * self.text_in
            + usage.image_in * self.image_in
            + usage.image_out * self.image_out
            + usage.text_out * self.text_out
        )
        return -(-total // _MILLION)
