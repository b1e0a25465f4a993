"""`CropWish`: how much of the picture is to be sent."""

from enum import Enum


class CropWish(Enum):
    """The value is what is stored and typed after --crop."""

    AUTO = "auto"  # the cheapest that keeps every pixel and enough context
    TIGHT = "tight"  # what is masked and a little around it
    CONTEXT = "context"  # as much around it as helps the model to understand
    WHOLE = "whole"  # the frame
