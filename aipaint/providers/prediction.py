"""What came back from a provider."""

from dataclasses import dataclass

from aipaint.money import Micros, Usage


@dataclass(frozen=True)
class Prediction:
    """Encoded pictures as they arrived (every one that was bought), and what is known of the cost.

    `cost_micros` is the provider's own figure where it states one; `usage` its token counts.
    `labels` say what made which picture where that differs; there may be fewer than pictures.
    """

    images: tuple[bytes, ...]
    text: str = ""
    usage: Usage | None = None
    cost_micros: Micros | None = None
    warnings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
