"""`PointerLook`: what the pointer should look like, so that it tells what a press would do."""

from dataclasses import dataclass
from enum import Enum, auto

from aipaint.tools.overlay import Point


class PointerKind(Enum):
    """What a press there would begin."""

    DRAW = auto()
    MOVE = auto()
    STRETCH = auto()
    TURN = auto()
    WRITE = auto()


@dataclass(frozen=True)
class PointerLook:
    """`direction` of a stretch, across and down on the canvas; its length says nothing."""

    kind: PointerKind = PointerKind.DRAW
    direction: Point = (0.0, 0.0)
