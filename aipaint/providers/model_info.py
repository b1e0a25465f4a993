"""`ModelInfo`: the capability record of one model, from which panels and plans are built."""

from dataclasses import dataclass
from enum import Enum

from aipaint.providers.option_field import OptionField
from aipaint.providers.request import Operation, Size
from aipaint.providers.size_rule import SizeRule


class MaskConvention(Enum):
    """How a model is told where to paint."""

    ALPHA_ZERO = "alpha_zero"  # transparent = change
    WHITE = "white"  # white = change
    BLACK = "black"  # black = change
    NONE = "none"  # takes no mask


@dataclass(frozen=True)
class ModelInfo:
    """What one model can do.

    `options` are the model's own fields that may be set by name, None where they are not known;
    `backgrounds`, `formats` and `fidelities` are the choices of three of them, for whoever shows
    those in a place of their own. `taken` are fields of its own that are filled from somewhere
    else, with the place: ("seed", "--seed"). `suggested_sizes` are usual ones among the legal.
    """

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
    backgrounds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()  # of the returned picture, the first is asked for
    fidelities: tuple[str, ...] = ()  # how closely the input picture is kept
    has_compression: bool = False  # 0 to 100, for formats that lose detail
    max_partial_pictures: int = 0  # shown while it paints, where it answers in a stream
    folds_negative_prompt: bool = False  # it becomes a last sentence of the prompt
    suggested_sizes: tuple[Size, ...] = ()
    aspect_ratios: tuple[str, ...] = ()  # "3:2": asked for instead of a size
    edit_sizes: SizeRule | None = None  # where a picture under a mask has other sizes
    options: tuple[OptionField, ...] | None = None
    taken: tuple[tuple[str, str], ...] = ()
    prompt_limit: int = 0  # characters, 0 = unknown
    is_paid: bool = True
    retires_at: str = ""  # ISO date
    replaced_by: str = ""

    @property
    def is_streaming(self) -> bool:
        """Whether pictures can be shown while they are painted."""
        return self.max_partial_pictures > 0

    def sizes_for(self, operation: Operation, *, is_masked: bool = True) -> SizeRule:
        """The legal sizes of what is sent and made."""
        if self.edit_sizes is None or operation is Operation.GENERATE or not is_masked:
            return self.sizes
        return self.edit_sizes
