"""`GenerateOptions`: everything a user chose before pressing Generate."""

from dataclasses import dataclass

from aipaint.errors import UsageError
from aipaint.generation.crop_wish import CropWish
from aipaint.pixels.seam_choice import SeamFix
from aipaint.providers.request import InputImage, Operation, Size

DEFAULT_FEATHER_PIXELS = 4


@dataclass(frozen=True)
class GenerateOptions:
    """`extra` holds the model's own fields by name; `is_fresh` buys again what was bought before.

    `size` is asked for by hand; None takes it from the picture. `references` are pictures to go by,
    of the role REFERENCE. `crop` says how much of the picture is sent, `feather_pixels` and `seam`
    how the answer is fitted to it, which is free.
    """

    operation: Operation
    provider: str
    model: str = ""
    prompt: str = ""
    negative_prompt: str = ""
    quality: str = ""
    count: int = 1
    seed: int | None = None
    feather_pixels: int = DEFAULT_FEATHER_PIXELS
    size: Size | None = None
    extra: tuple[tuple[str, str], ...] = ()
    is_fresh: bool = False
    references: tuple[InputImage, ...] = ()
    crop: CropWish = CropWish.AUTO
    seam: SeamFix = SeamFix.NONE


def choose_operation(
    *, has_pixels: bool, has_mask: bool, has_prompt: bool, is_beyond: bool = False
) -> Operation:
    """What Generate means now. With a mask and no prompt it is Remove; without a mask, where the
    frame reaches beyond what is painted (`is_beyond`), it is Outpaint.

    Raises UsageError with what to do where nothing is meant yet.
    """
    if has_mask:
        return Operation.EDIT if has_prompt else Operation.REMOVE
    if has_pixels and is_beyond:
        return Operation.OUTPAINT
    if has_prompt:
        return Operation.EDIT if has_pixels else Operation.GENERATE
    if has_pixels:
        raise UsageError("Nothing to do yet.", "Paint a mask over what should change.")
    raise UsageError("Nothing to do yet.", "Open a picture, or say what should be painted.")
