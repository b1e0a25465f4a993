"""Swatches and recent colors in the data folder, for the next start."""

import json
import logging
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.pixels.brush import Color
from aipaint.tools.color_box import ColorBox
from aipaint.tools.color_code import from_hex, to_hex

COLOR_FILE = "colors.json"

_LOG = logging.getLogger(__name__)
_LARGEST_BYTES = 100_000


def recall_colors(path: Path, box: ColorBox) -> None:
    """Put what the file holds into the box. What is missing or damaged is left as it is."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ValueError("too large")
        kept = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(kept, dict):
            raise ValueError("no object")
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        _LOG.warning("The colors in %s cannot be read (%s): the defaults are used.", path, error)
        return
    swatches = _colors(kept.get("swatches"))
    if swatches is not None:
        box.swatches = swatches
    box.recall(_colors(kept.get("recent")) or [])
    pair = _colors([kept.get("foreground"), kept.get("background")]) or []
    if len(pair) == 2:
        box.foreground, box.background = pair


def colors_as_bytes(box: ColorBox) -> bytes:
    """What the file should hold now."""
    kept = {
        "foreground": to_hex(box.foreground),
        "background": to_hex(box.background),
        "swatches": [to_hex(color) for color in box.swatches],
        "recent": [to_hex(color) for color in box.recent],
    }
    return (json.dumps(kept, indent=1) + "\n").encode()


def write_colors(path: Path, data: bytes) -> None:
    """Replace the file. Raises StorageError. Any thread."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)


def _colors(codes: object) -> list[Color] | None:
    """The readable ones of a list of codes; None if it is no list."""
    if not isinstance(codes, list):
        return None
    found = [from_hex(code) for code in codes if isinstance(code, str)]
    return [color for color in found if color is not None]
