"""Colors as people and files write them: #rrggbb, with two digits more for the alpha."""

import re

from aipaint.pixels.brush import Color

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)


def to_hex(color: Color) -> str:
    """ "#rrggbb"; "#rrggbbaa" where the color is not opaque."""
    code = f"#{color.red:02x}{color.green:02x}{color.blue:02x}"
    return code if color.alpha == 255 else f"{code}{color.alpha:02x}"


def from_hex(text: str) -> Color | None:
    """Three, six or eight digits, with or without the sign; None for anything else."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found.group(1)
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return Color(*(int(digits[start : start + 2], 16) for start in range(0, len(digits), 2)))
