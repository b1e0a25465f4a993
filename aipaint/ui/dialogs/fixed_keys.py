"""What keys, buttons and wheel do on the canvas and in lists without being actions."""

from dataclasses import dataclass

from aipaint.ui.key_codes import pressed_as


@dataclass(frozen=True)
class FixedKey:
    """`how` is for people. No action can have one of the portable `keys`: it would never get
    them, or take them away from what is said here."""

    what: str
    how: str
    keys: tuple[str, ...] = ()


_ARROWS = ("Left", "Right", "Up", "Down")
_SHIFT_ARROWS = tuple(f"Shift+{arrow}" for arrow in _ARROWS)

FIXED_KEYS: tuple[tuple[str, tuple[FixedKey, ...]], ...] = (
    ("View, with the pointer", (
        FixedKey("Move the view", "Space held and drag", ("Space", "Shift+Space")),
        FixedKey("Move the view", "Middle button and drag"),
        FixedKey("Move the view up and down", "Wheel"),
        FixedKey("Move the view sideways", "Shift + wheel"),
        FixedKey("Turn the view", "Space and Shift held and drag"),
        FixedKey("Zoom at the pointer", "Ctrl + wheel"),
        FixedKey("Turn the view", "4 and 6 on the number pad"),
        FixedKey("Set the view upright", "5 on the number pad"),
    )),
    ("Results", (
        FixedKey("See the picture without the result", "O held", ("O",)),
        FixedKey("Move the line of the slider", "Left and Right while it has the focus"),
    )),
    ("Painting", (
        FixedKey("Pick a color from the picture", "Alt held and click"),
        FixedKey("Straight line from the last point", "Shift and click"),
        FixedKey("Paint along an axis", "Shift while dragging"),
        FixedKey("Brush size", "Ctrl + Alt and drag"),
        FixedKey("Brush size", "Alt + wheel"),
        FixedKey(
            "Brush opacity 10% to 90%", "1 to 9; two digits quickly: 4 5 is 45%",
            tuple("123456789"),
        ),
        FixedKey("Brush opacity 100%", "0", ("0",)),
        FixedKey("Set where the clone stamp copies from", "Alt or Ctrl and click"),
        FixedKey("Brush and recent colors at the pointer", "Right button"),
        FixedKey("Take from the mask while marking it", "Right button and drag"),
        FixedKey("Clear a mask by the bucket", "Right button"),
    )),
    ("Selecting", (
        FixedKey("Add to the selection", "Shift and drag"),
        FixedKey("Take away from the selection", "Alt and drag, or right button"),
        FixedKey("Keep only what both cover", "Shift + Alt and drag"),
        FixedKey("Square or circle", "Ctrl while dragging"),
    )),
    ("Shapes, moving and transforming", (
        FixedKey("Straight steps, or equal sides", "Shift while dragging"),
        FixedKey("Move what is being drawn", "Space while dragging"),
        FixedKey("Shift by one pixel", "Arrow keys", _ARROWS),
        FixedKey("Shift by ten pixels", "Shift + arrow keys", _SHIFT_ARROWS),
        FixedKey("Apply what is under way", "Enter or double click", ("Return",)),
        FixedKey("Take back the last corner", "Backspace", ("Backspace",)),
        FixedKey("Give up what is under way", "Esc", ("Esc",)),
        FixedKey("Finish a text", "Ctrl + Enter"),
    )),
    ("Lists and fields", (
        FixedKey("Show or hide the layer", "Space in the layer list"),
        FixedKey("Show the layer alone", "Alt and click on its eye"),
        FixedKey("Show a layer's mask alone", "Alt and click on the mask"),
        FixedKey("Delete the layer", "Delete in the layer list"),
        FixedKey(
            "Next or previous field in a panel", "Tab, Shift + Tab",
            ("Tab", "Shift+Tab", "Backtab"),
        ),
    )),
)  # fmt: skip


def fixed_use(key: str) -> str:
    """What this key always does, "" if an action may have it."""
    wanted = pressed_as(key)
    for _, entries in FIXED_KEYS:
        for entry in entries:
            if wanted in map(pressed_as, entry.keys):
                return entry.what
    return ""
