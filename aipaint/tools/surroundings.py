"""`Surroundings`: what a tool can ask of the window without knowing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from aipaint.pixels.rect import Rect

if TYPE_CHECKING:
    from aipaint.pixels.transform import Progress

Answer = TypeVar("Answer")


class Runner(Protocol):
    """Runs `call` on a worker and `done` with its answer on the main thread, later."""

    def __call__(
        self, call: Callable[[], Answer], done: Callable[[Answer], None], message: str = ""
    ) -> None: ...


class WatchedRunner(Protocol):
    """The same for what takes long: a box shows how far it is, lets nothing else happen, and stops
    it when the user wants that."""

    def __call__(
        self, call: "Callable[[Progress], Answer]", done: Callable[[Answer], None], message: str
    ) -> None: ...


@dataclass(frozen=True)
class ZoomWish:
    """Closer to (or away from) a point by one step; or, with an `area`, show just that."""

    x: float = 0.0
    y: float = 0.0
    steps: int = 1
    area: Rect | None = None


class Surroundings:
    """Without a window everything is done at once and sentences go nowhere; the window puts its
    own in their place."""

    def __init__(self) -> None:
        self.run: Runner = _run_at_once
        self.run_watched: WatchedRunner = _run_watched_at_once
        self.tell: Callable[[str], None] = _tell_nobody
        self.overlay_changed: Callable[[], None] = _do_nothing
        self.visible: Callable[[], Rect | None] = _everything  # what is seen; None: all of it
        self.zoom: Callable[[ZoomWish], None] = _zoom_nothing


def _run_at_once(
    call: Callable[[], Answer], done: Callable[[Answer], None], message: str = ""
) -> None:
    del message
    done(call())


def _run_watched_at_once(
    call: "Callable[[Progress], Answer]", done: Callable[[Answer], None], message: str
) -> None:
    from aipaint.pixels.transform import Progress

    del message
    done(call(Progress()))


def _tell_nobody(sentence: str) -> None:
    del sentence


def _do_nothing() -> None:
    pass


def _everything() -> Rect | None:
    return None


def _zoom_nothing(wish: ZoomWish) -> None:
    del wish
