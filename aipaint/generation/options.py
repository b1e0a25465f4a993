"""`GenerateOptions`: everything a user chose before pressing Generate."""

from dataclasses import dataclass

from aipaint.errors import UsageError
from aipaint.providers.request import InputImage, Operation, Size

DEFAULT_FEATHER_PIXELS = 4


@dataclass(frozen=True)
class GenerateOptions:
    """`extra` holds the model's own fields by name; `is_fresh` buys again what was bought before.

    `size` is asked for by hand; None takes it from the picture. `references` are pictures to go by,
    of the role REFERENCE.
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


def choose_operation(*, has_pixels: bool, has_mask: bool, has_prompt: bool) -> Operation:
    """What Generate means now. With a mask and no prompt it is Remove.

    Raises UsageError with what to do where nothing is meant yet.
    """
    if has_mask:
        return Operation.EDIT if has_prompt else Operation.REMOVE
    if has_prompt:
        return Operation.EDIT if has_pixels else Operation.GENERATE
    if has_pixels:
        raise UsageError("Nothing to do yet.", "Paint a mask over what should change.")
    raise UsageError("Nothing to do yet.", "Open a picture, or say what should be painted.")
