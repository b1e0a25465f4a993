"""What the words on the command line ask for: options and the picture with its mask."""

import re
from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from aipaint.cli.extended import extended
from aipaint.cli.output import print_note
from aipaint.cli.workplace import Workplace
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.render import render_straight
from aipaint.errors import UnreadableFileError, UsageError
from aipaint.generation.crop_wish import CropWish
from aipaint.generation.options import GenerateOptions
from aipaint.generation.references import reference_from_file
from aipaint.generation.takes_scale import SCALE, takes_scale
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.decode import MAX_PIXELS, read_coverage, read_image
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.request import Operation, Size

_LARGEST_SIDE = 16_384
_DEFAULT_SIZE = Size(1024, 1024)
_FREE_BY_DEFAULT = (
    Operation.REMOVE,
    Operation.VARIATIONS,
    Operation.UPSCALE,
    Operation.CUTOUT,
)
_PRESETS = {"draft": ("low", Size(512, 512)), "final": ("high", Size(1024, 1024))}


@dataclass(frozen=True, eq=False)
class AskedPicture:
    """`original` is the file's own pixels, (h, w, 4) straight RGBA; None where there is no file."""

    picture: Picture
    original: Pixels | None
    name: Path | None


def chosen_options(arguments: Namespace, workplace: Workplace) -> GenerateOptions:
    """Raises UsageError for values that cannot be meant."""
    kind = getattr(arguments, "operation", None) or arguments.command
    operation = Operation(kind)
    quality, preset_size = _PRESETS.get(arguments.preset, ("", None))
    size = _size(arguments.size) or (preset_size if operation is Operation.GENERATE else None)
    if arguments.feather < 0:
        raise UsageError("--feather counts pixels: 0 or more.")
    prompt = getattr(arguments, "prompt", "") or ""
    provider = arguments.provider or _default_provider(arguments, operation, prompt, workplace)
    if provider == "offline":
        quality = ""
    options = GenerateOptions(
        operation=operation,
        provider=provider,
        model=str(arguments.model or ""),
        prompt=prompt,
        negative_prompt=arguments.negative,
        quality=arguments.quality or quality,
        count=arguments.count,
        seed=arguments.seed,
        feather_pixels=arguments.feather,
        size=size,
        extra=tuple(_extra(text) for text in arguments.option),
        is_fresh=getattr(arguments, "fresh", False),
        references=tuple(reference_from_file(Path(name)) for name in arguments.reference),
        crop=CropWish(arguments.crop),
        seam=SeamFix(arguments.seam),
    )
    return options if operation is not Operation.UPSCALE else _scaled(options, arguments, workplace)


def _scaled(
    options: GenerateOptions, arguments: Namespace, workplace: Workplace
) -> GenerateOptions:
    """With --scale as the field that the model has for it."""
    is_known = takes_scale(workplace.desk.model(options))
    if not is_known and arguments.scale is not None:
        raise UsageError("This model chooses itself how far it enlarges.", "Leave --scale out.")
    if not is_known or SCALE in dict(options.extra):
        return options
    return replace(options, extra=(*options.extra, (SCALE, arguments.scale or "2")))


def asked_picture(arguments: Namespace, options: GenerateOptions) -> AskedPicture:
    """Read the picture and its mask. Raises UnreadableFileError, UsageError."""
    image = getattr(arguments, "image", None)
    if image is None:
        size = options.size or _DEFAULT_SIZE
        if options.operation is Operation.OUTPAINT:
            room = extended(np.zeros((size.height, size.width, 4), np.uint8), arguments)
            return AskedPicture(Picture([], room.frame, room.mask), None, None)
        return AskedPicture(blank_picture(size.width, size.height), None, None)
    path = Path(image)
    original = _read(path)
    height, width = original.shape[:2]
    layer = Layer(LayerStyle(name=path.stem), TileMap.from_pixels(premultiplied(original)))
    if options.operation is Operation.OUTPAINT:
        room = extended(original, arguments)
        return AskedPicture(Picture([layer], room.frame, room.mask), room.pixels, path)
    mask_file = getattr(arguments, "mask", None)
    mask = _mask(Path(mask_file), width, height) if mask_file else None
    picture = Picture([layer], Rect(0, 0, width, height), mask)
    return AskedPicture(picture, original, path)


def _read(path: Path) -> Pixels:
    """(h, w, 4) straight RGBA; of a document what its frame shows."""
    if path.suffix.lower() != ".ora":
        return read_image(path).rgba
    from aipaint.projects.open_file import open_file

    opened = open_file(path)
    for note in opened.notes:
        print_note(f"{path.name}: {note}")
    frame = opened.picture.frame
    if frame.width * frame.height > MAX_PIXELS:
        raise UnreadableFileError(
            f"{path.name} has {frame.width} x {frame.height} pixels, which is too large to be "
            "changed as a whole.",
            "Open it in the window, and make the frame smaller.",
        )
    return render_straight(opened.picture, frame)


def _mask(path: Path, width: int, height: int) -> TileMap:
    coverage = read_coverage(path)
    mask_height, mask_width = coverage.shape
    if (mask_width, mask_height) != (width, height):
        raise UsageError(
            f"The mask {path} is {mask_width}x{mask_height}, the picture {width}x{height}.",
            "Make the mask as large as the picture.",
        )
    if not coverage.any():
        raise UsageError(f"The mask {path} is all black: nothing would change.", "White changes.")
    return TileMap.from_pixels(coverage)


def _default_provider(
    arguments: Namespace, operation: Operation, prompt: str, workplace: Workplace
) -> str:
    """What needs no words is free by default, so that nothing is bought unasked. A price can be
    asked for before there is a key."""
    if operation in _FREE_BY_DEFAULT or (operation is Operation.OUTPAINT and not prompt.strip()):
        return "offline"
    online = [provider for provider in workplace.desk.providers.values() if provider.is_paid]
    for provider in online:
        if not provider.readiness():
            return provider.name
    if arguments.command == "estimate":
        return online[0].name
    names = " or ".join(provider.label for provider in online)
    raise UsageError(
        f"{operation.value} needs an online model and there is no key for {names}.",
        "Set AIE_OPENAI_API_KEY (or pass --openai-api-key) or AIE_REPLICATE_API_TOKEN; "
        "without one, remove, outpaint without a prompt, variations, upscale and cutout work on "
        "this machine.",
    )


def _size(text: str | None) -> Size | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if match is None:
        raise UsageError(f"{text!r} is not a size.", "Say it as WIDTHxHEIGHT, like 1024x768.")
    size = Size(int(match[1]), int(match[2]))
    if not (1 <= size.width <= _LARGEST_SIDE and 1 <= size.height <= _LARGEST_SIDE):
        raise UsageError(f"{size} is not a size we paint.", f"1 to {_LARGEST_SIDE} a side.")
    return size


def _extra(text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator or not key:
        raise UsageError(f"{text!r} is not an option.", "Say it as --option KEY=VALUE.")
    return key, value
