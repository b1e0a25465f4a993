"""`ModelInfo`: the capability record of one model, from which panels and plans are built."""

from dataclasses import dataclass
from enum import Enum

from aipaint.providers.request import Operation
from aipaint.providers.size_rule import SizeRule


class MaskConvention(Enum):
    """How a model is told where to paint."""

    ALPHA_ZERO = "alpha_zero"  # transparent = change
    WHITE = "white"  # white = change
    BLACK = "black"  # black = change
    NONE = "none"  # takes no mask


@dataclass(frozen=True)
class ModelInfo:
    """What one model can do. `is_exact`: it keeps unmasked pixels by itself."""

    id: str
    provider: str
    operations: frozenset[Operation]
    sizes: SizeRule
    label: str = ""
    qualities: tuple[str, ...] = ()
    default_quality: str = ""
    max_count: int = 1
    max_references: int = 0
    has_seed: bool = False
    has_negative_prompt: bool = False
    needs_prompt: bool = True
    mask: MaskConvention = MaskConvention.NONE
    prompt_limit: int = 0  # characters, 0 = unknown
    is_paid: bool = True
    retires_at: str = ""  # ISO date
    replaced_by: str = ""
