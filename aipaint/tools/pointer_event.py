"""`PointerEvent`: mouse or pen, as every tool sees it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PointerEvent:
    """Canvas pixels; pressure 0..1 (a mouse is always 1). `is_secondary` is the right button,
    `is_eraser_tip` the other end of a pen."""

    x: float
    y: float
    pressure: float = 1.0
    is_secondary: bool = False
    is_eraser_tip: bool = False
    has_shift: bool = False
    has_control: bool = False
    has_alt: bool = False
