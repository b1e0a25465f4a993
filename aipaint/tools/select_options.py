"""`SelectOptions`: how the tools that select or mask an area do it."""

from dataclasses import dataclass
from typing import Protocol

from aipaint.document.areas import AreaKind
from aipaint.pixels.area import Combine
from aipaint.tools.clicker import Clicker
from aipaint.tools.surroundings import Surroundings


@dataclass(frozen=True)
class SelectOptions:
    """Shared by all of them; `tolerance` 0..255 and the two below it are the wand's."""

    kind: AreaKind = AreaKind.SELECTION
    combine: Combine = Combine.REPLACE
    feather_pixels: int = 0
    is_smooth: bool = True
    tolerance: int = 32
    is_contiguous: bool = True
    takes_all_layers: bool = True


class SelectBox(Protocol):
    """Where a tool finds its options and what surrounds it."""

    selecting: SelectOptions
    surroundings: Surroundings
    clicker: Clicker | None
