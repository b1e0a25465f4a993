"""Keys that turn the view: 4 and 6, and 5 to stand upright again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from aipaint.ui.canvas.viewport import Viewport

STEP_DEGREES = 15.0

_TURNS = {"4": -STEP_DEGREES, "6": STEP_DEGREES, "5": None}


def turn_by_key(viewport: Viewport, event: QKeyEvent, *, has_brush: bool) -> bool:
    """On the number pad always; in the row above the letters only while the tool has no brush,
    for there they set its opacity. True if it was one of them."""
    is_keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    others = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if others or event.text() not in _TURNS or (has_brush and not is_keypad):
        return False
    by = _TURNS[event.text()]
    viewport.turn_to(0.0 if by is None else viewport.degrees + by)
    return True
