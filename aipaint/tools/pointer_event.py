"""`PointerEvent`: mouse or pen, as every tool sees it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PointerEvent:
    """Canvas pixels; pressure 0..1 (a mouse is always 1). `is_secondary` is the right button,
    `is_eraser_tip` the other end of a pen. `tilt` is 0 for an upright pen and 1 for one that lies
    flat; it leans towards `lean_degrees` (0 right, 90 down). A pixel of the screen is
    `screen_pixel` pixels of the canvas. Space, pressed in a drag, moves what is dragged."""

    x: float
    y: float
    pressure: float = 1.0
    is_secondary: bool = False
    is_eraser_tip: bool = False
    has_shift: bool = False
    has_control: bool = False
    has_alt: bool = False
    tilt: float = 0.0
    lean_degrees: float = 0.0
    screen_pixel: float = 1.0
    has_space: bool = False
