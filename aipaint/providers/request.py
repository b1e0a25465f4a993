"""What is asked of a provider: one frozen value with everything that matters for the picture."""

import hashlib
from dataclasses import dataclass
from enum import Enum

INSTRUCTIONS = "instructions"
"""The name under which a refine request carries what the model is told to do, among its extras."""


class Operation(Enum):
    """What a user can ask for. The value is the command's name and what is stored."""

    EDIT = "edit"
    REMOVE = "remove"
    OUTPAINT = "outpaint"
    GENERATE = "generate"
    VARIATIONS = "variations"
    UPSCALE = "upscale"
    CUTOUT = "cutout"
    REFINE = "refine"


class InputRole(Enum):
    """What an input picture is for. The value is stored in `images.role`."""

    INPUT = "input"
    MASK = "mask"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True)
class InputImage:
    """A picture that is sent: PNG bytes. A mask is 8-bit grey, white = change this."""

    role: InputRole
    png: bytes
    size: Size

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.png).hexdigest()


@dataclass(frozen=True)
class PredictionRequest:
    """The frozen input of one call.

    `images` is ordered: the picture, its mask, then references. `size` is the legal size asked
    of the model, None where the model decides. `extra` holds the model's own fields by name.
    """

    operation: Operation
    model: str
    prompt: str = ""
    negative_prompt: str = ""
    images: tuple[InputImage, ...] = ()
    size: Size | None = None
    count: int = 1
    quality: str = ""
    seed: int | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def image(self, role: InputRole) -> InputImage | None:
        """The first picture with that role."""
        return next((image for image in self.images if image.role is role), None)
