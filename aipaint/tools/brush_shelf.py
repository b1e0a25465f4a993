"""`BrushShelf`: the brushes one can choose, and with which values each was used last."""

from collections.abc import Callable, Sequence
from typing import Protocol

from aipaint.pixels.brush import Brush
from aipaint.pixels.brush_preset import BrushPreset, is_same_name
from aipaint.tools.tool import Tool


class ToolBrushes(Protocol):
    """The toolbox, as the shelf needs it."""

    @property
    def current(self) -> Tool: ...

    @property
    def is_masking(self) -> bool: ...

    def choose(self, tool_id: str) -> Tool: ...

    def current_brush(self) -> Brush: ...

    def set_brush(self, brush: Brush) -> None: ...


class BrushShelf:
    """Knows nothing of files: whoever reads and writes them fills it and asks it what is new.

    Each tool has a brush of its own in hand. Main thread only.
    """

    def __init__(self, tools: ToolBrushes) -> None:
        self._tools = tools
        self._presets: tuple[BrushPreset, ...] = ()
        self._in_hand: dict[str, str] = {}  # tool id -> name
        self._used: dict[str, Brush] = {}  # folded name -> the values it was used with last
        self._unsaved: set[str] = set()
        self._watchers: list[Callable[[], None]] = []

    @property
    def presets(self) -> tuple[BrushPreset, ...]:
        return self._presets

    @property
    def current(self) -> BrushPreset | None:
        """The brush in the current tool's hand; None while it holds none of these."""
        if self._tools.is_masking:
            return None
        return self.find(self._in_hand.get(self._tools.current.id, ""))

    @property
    def is_changed(self) -> bool:
        """The current brush has other values than it is saved with."""
        current = self.current
        return current is not None and self._tools.current_brush() != current.brush

    def fill(self, presets: Sequence[BrushPreset], used: Sequence[BrushPreset] = ()) -> None:
        """These are the brushes now. What is in a hand stays as it is, if it still exists."""
        self._presets = tuple(presets)
        for preset in used:
            self._used.setdefault(_key(preset.name), preset.brush)
        self._tell()

    def find(self, name: str) -> BrushPreset | None:
        return next((one for one in self._presets if is_same_name(one.name, name)), None)

    def choose(self, name: str) -> BrushPreset:
        """Take a brush with the values it was used with last, and its tool. KeyError if there is
        none of that name."""
        preset = self.find(name)
        if preset is None:
            raise KeyError(name)
        self.note_values()
        if self._tools.current.id != preset.tool:
            self._tools.choose(preset.tool)
        self._in_hand[preset.tool] = preset.name
        self._tools.set_brush(self._used.get(_key(preset.name), preset.brush))
        self._tell()
        return preset

    def hold(self, name: str) -> None:
        """Take a brush into the hand of its tool without taking up the tool. An unknown name is
        ignored: it may have been deleted since."""
        preset = self.find(name)
        if preset is None:
            return
        self._in_hand[preset.tool] = preset.name
        if self._tools.current.id == preset.tool:
            self._tools.set_brush(self._used.get(_key(preset.name), preset.brush))
        self._tell()

    def note_values(self) -> None:
        """The current brush may have other values now: they are its own from here on."""
        current, values = self.current, self._tools.current_brush()
        if current is None:
            return
        if values != self._used.get(_key(current.name), current.brush):
            self._used[_key(current.name)] = values
            self._unsaved.add(_key(current.name))
        self._tell()

    def reset(self) -> None:
        """The current brush gets the values back that it is saved with."""
        current = self.current
        if current is not None:
            self._tools.set_brush(current.brush)
            self.note_values()

    def renamed(self, name: str, new_name: str) -> None:
        """A brush has another name: whoever holds it holds it still."""
        for tool_id, held in self._in_hand.items():
            if is_same_name(held, name):
                self._in_hand[tool_id] = new_name
        values = self._used.pop(_key(name), None)
        if values is not None:
            self._used[_key(new_name)] = values

    def take_unsaved(self) -> tuple[BrushPreset, ...]:
        """Brushes whose last values nobody has kept yet; from now on they count as kept."""
        unsaved, self._unsaved = self._unsaved, set()
        return tuple(
            BrushPreset(one.name, one.tool, self._used[_key(one.name)], one.about)
            for one in self._presets
            if _key(one.name) in unsaved and _key(one.name) in self._used
        )

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever brushes, the one in hand or its values may be others."""
        self._watchers.append(changed)

    def _tell(self) -> None:
        for changed in self._watchers:
            changed()


def _key(name: str) -> str:
    return name.strip().casefold()
