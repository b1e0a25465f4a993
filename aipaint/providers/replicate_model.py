"""`ReplicateModel`: a model's capability record and how a request is put into its fields."""

from dataclasses import dataclass, field

from aipaint.providers.model_info import ModelInfo
from aipaint.providers.option_field import Scalar
from aipaint.providers.request import Operation

INVERT_MASK = "invert_mask"
"""An option of ours for every model with a mask: the other polarity than the record says."""


@dataclass(frozen=True)
class Wiring:
    """The model's own name for what every model has; "" where it has no such field."""

    prompt: str = ""
    negative_prompt: str = ""
    image: str = ""
    mask: str = ""
    count: str = ""
    seed: str = ""
    width: str = ""
    height: str = ""
    aspect_ratio: str = ""
    references: str = ""  # a list of further pictures
    is_image_list: bool = False
    aspect_ratios: tuple[str, ...] = ()

    def taken(self) -> tuple[tuple[str, str], ...]:
        """Fields that are filled from elsewhere, and from where."""
        places = (
            (self.prompt, "the prompt"),
            (self.negative_prompt, "--negative"),
            (self.image, "the picture"),
            (self.mask, "--mask"),
            (self.count, "--count"),
            (self.seed, "--seed"),
            (self.width, "--size"),
            (self.height, "--size"),
            (self.aspect_ratio, "--size"),
            (self.references, "the reference pictures"),
        )
        return tuple((name, place) for name, place in places if name)


@dataclass(frozen=True)
class ReplicateModel:
    """`version` "" is an official model, ordered by its name. `always` is sent with every order.

    `versions_with`: an option that only another version of the model takes, and that version.
    `is_billed_by_time`: else by the picture, and a failed run costs nothing.
    """

    info: ModelInfo
    wiring: Wiring
    version: str = ""
    always: tuple[tuple[str, Scalar], ...] = ()
    versions_with: tuple[tuple[str, str], ...] = field(default=())
    is_billed_by_time: bool = True
    is_mask_required: bool = False
    default_prompt: str = ""  # where nothing is said, as in `remove`
    default_for: frozenset[Operation] = frozenset()

    @property
    def name(self) -> str:
        """owner/name, without a version."""
        return self.info.id.partition(":")[0]
