"""`MaskLook`: how the mask is shown over the picture."""

from dataclasses import dataclass
from enum import Enum


class Hatching(Enum):
    """What is drawn over the tint, so that not color alone tells what is masked."""

    LINES = "lines"
    CROSSED = "crossed"
    DOTS = "dots"
    NONE = "none"


@dataclass(frozen=True)
class MaskLook:
    """`color` as "#rrggbb"; `opacity_percent` of the tint alone."""

    color: str = "#ff3e6c"
    opacity_percent: int = 43
    hatching: Hatching = Hatching.LINES
