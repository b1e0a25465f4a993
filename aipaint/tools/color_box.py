"""`ColorBox`: foreground and background color, and the colors painted with lately."""

from collections.abc import Callable, Sequence

from aipaint.pixels.brush import Color

DEFAULT_FOREGROUND = Color(0, 0, 0)
DEFAULT_BACKGROUND = Color(255, 255, 255)
RECENT_LIMIT = 16
SWATCH_LIMIT = 256
DEFAULT_SWATCHES = tuple(
    Color(number >> 16, number >> 8 & 255, number & 255)
    for number in (
        0x000000, 0x404040, 0x808080, 0xBFBFBF, 0xFFFFFF, 0x5C3A21, 0xA56B3A, 0xE3B98A,
        0xB3261E, 0xF05A28, 0xF7B32B, 0xFFE873, 0x3E7C36, 0x7DBE4D, 0x1E9E8A, 0x7FD6D2,
        0x164A87, 0x2F7FDB, 0x8DC4F4, 0x4B3A8F, 0x8E5BC9, 0xC9318C, 0xF48FB1, 0xF2D6C9,
    )
)  # fmt: skip


class ColorBox:
    """Whoever shows colors asks to be told with `watch`. Main thread only."""

    def __init__(self) -> None:
        self._foreground = DEFAULT_FOREGROUND
        self._background = DEFAULT_BACKGROUND
        self._recent: list[Color] = []
        self._swatches: list[Color] = list(DEFAULT_SWATCHES)
        self._watchers: list[Callable[[], None]] = []

    @property
    def foreground(self) -> Color:
        return self._foreground

    @foreground.setter
    def foreground(self, color: Color) -> None:
        self._set(color, self._background)

    @property
    def background(self) -> Color:
        return self._background

    @background.setter
    def background(self, color: Color) -> None:
        self._set(self._foreground, color)

    @property
    def recent(self) -> tuple[Color, ...]:
        """Newest first, each once, at most `RECENT_LIMIT`."""
        return tuple(self._recent)

    @property
    def swatches(self) -> tuple[Color, ...]:
        """The colors the user keeps, in their order, each once."""
        return tuple(self._swatches)

    @swatches.setter
    def swatches(self, colors: Sequence[Color]) -> None:
        kept = list(dict.fromkeys(colors))[:SWATCH_LIMIT]
        if kept != self._swatches:
            self._swatches = kept
            self._tell()

    def swap(self) -> None:
        """Foreground becomes background and the other way round."""
        self._set(self._background, self._foreground)

    def reset(self) -> None:
        """Black on white."""
        self._set(DEFAULT_FOREGROUND, DEFAULT_BACKGROUND)

    def note_use(self, color: Color) -> None:
        """This color has been painted with."""
        if self._recent[:1] == [color]:
            return
        others = [one for one in self._recent if one != color]
        self._recent = [color, *others][:RECENT_LIMIT]
        self._tell()

    def recall(self, recent: Sequence[Color]) -> None:
        """The colors of an earlier session, newest first."""
        self._recent = list(dict.fromkeys(recent))[:RECENT_LIMIT]
        self._tell()

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever one of the colors is another one."""
        self._watchers.append(changed)

    def _set(self, foreground: Color, background: Color) -> None:
        if (foreground, background) != (self._foreground, self._background):
            self._foreground, self._background = foreground, background
            self._tell()

    def _tell(self) -> None:
        for changed in self._watchers:
            changed()
