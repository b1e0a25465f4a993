"""The colors of the two themes, as plain hex strings; every text pair reaches 4.5:1."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ThemeColors:
    """One theme. `control` outlines what can be operated and reaches 3:1 on every ground."""

    is_dark: bool
    window: str  # bars and the ground between panels
    panel: str  # docks
    base: str  # fields and lists
    button: str
    hover: str
    line: str  # hairlines that carry no meaning
    groove: str  # the empty part of sliders and bars
    control: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selection: str  # selected rows, keeps `text` readable
    focus: str
    link: str
    tooltip: str
    success: str
    warning: str
    danger: str
    surround: str  # the neutral gray around the picture


DARK = ThemeColors(
    is_dark=True,
    window="#1f2124",
    panel="#26282c",
    base="#191a1d",
    button="#34373d",
    hover="#3d4047",
    line="#34363b",
    groove="#4d515a",
    control="#80858f",
    text="#e8eaed",
    muted="#a9afb9",
    disabled="#7a808a",
    accent="#2f6fe0",
    accent_hover="#2868d8",
    accent_pressed="#1f5bc4",
    on_accent="#ffffff",
    selection="#2b4168",
    focus="#7aacff",
    link="#8ab6ff",
    tooltip="#34373d",
    success="#6fd08c",
    warning="#f0b95a",
    danger="#ff8a80",
    surround="#2e2e2e",
)

LIGHT = ThemeColors(
    is_dark=False,
    window="#eceef1",
    panel="#f7f8fa",
    base="#ffffff",
    button="#e4e7eb",
    hover="#d9dde3",
    line="#d3d7dd",
    groove="#b9bfc8",
    control="#7d838d",
    text="#1b1e23",
    muted="#565d68",
    disabled="#8d939d",
    accent="#2462d3",
    accent_hover="#1f59c4",
    accent_pressed="#1a4dac",
    on_accent="#ffffff",
    selection="#cfe0fc",
    focus="#1f5bd0",
    link="#1d55bd",
    tooltip="#ffffff",
    success="#1d6b39",
    warning="#7f4f00",
    danger="#b3261e",
    surround="#b4b4b4",
)
