"""`SeamFix`: what is done about a seam. Apart from the doing, which takes a library to load."""

from enum import Enum


class SeamFix(Enum):
    """How a bought picture is fitted to its surroundings. The value is stored and typed."""

    NONE = "none"
    COLOR = "color"
    POISSON = "poisson"
