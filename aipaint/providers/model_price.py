"""`ModelPrice`: what a service itself lists as the price of a model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelPrice:
    """Decimal strings in dollars, "" where nothing is said: per token of text; per picture made,
    per token of it, per million pixels of it; the same for a picture sent; per call."""

    model: str
    text_in: str = ""
    text_out: str = ""
    picture: str = ""
    picture_token: str = ""
    picture_megapixel: str = ""
    input_picture: str = ""
    input_token: str = ""
    input_megapixel: str = ""
    request: str = ""
