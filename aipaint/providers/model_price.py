"""`ModelPrice`: what a service itself lists as the price of a model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelPrice:
    """Decimal strings in dollars, "" where nothing is said: per token of text, per picture made,
    per picture sent, per call."""

    model: str
    text_in: str = ""
    text_out: str = ""
    picture: str = ""
    input_picture: str = ""
    request: str = ""
