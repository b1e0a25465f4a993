"""The part of a picture that never leaves this computer, whatever is asked of whom."""

from aipaint.document.picture import Picture
from aipaint.pixels.hidden_fill import filled_hidden, grown_hidden
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels

NEVER_SEND = "Never send"
"""The name under which the area is kept with the document."""


def hidden_in(picture: Picture, rect: Rect) -> Pixels | None:
    """(h, w) of `rect`, 255 where nothing may be sent; None if all of it may."""
    area = picture.kept.get(NEVER_SEND)
    if area is None or rect.is_empty:
        return None
    hidden = grown_hidden(area.read(rect))
    return hidden if hidden.any() else None


def without_hidden(rgba: Pixels, hidden: Pixels | None) -> Pixels:
    """The pixels as they may be sent: (h, w, 4), filled from the surroundings where hidden."""
    return rgba if hidden is None else filled_hidden(rgba, hidden)
