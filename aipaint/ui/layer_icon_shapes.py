"""More of the outlines that `icon_shapes` describes: layers."""

from typing import Final

LAYER_ICON_SHAPES: Final[dict[str, str]] = {
    "corner-left-down": ("<path d='m14 15-5 5-5-5'/><path d='M20 4h-7a4 4 0 0 0-4 4v12'/>"),
    "folder": (
        "<path d='M20 20a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-7.9a2 2 0 0 1-1.69-.9L9.6 3.9A2 2 "
        "0 0 0 7.93 3H4a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2Z'/>"
    ),
    "folder-plus": (
        "<path d='M12 10v6'/>"
        "<path d='M9 13h6'/>"
        "<path d='M20 20a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-7.9a2 2 0 0 1-1.69-.9L9.6 3.9A2 2 "
        "0 0 0 7.93 3H4a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2Z'/>"
    ),
    "grid-2x2": (
        "<path d='M12 3v18'/><path d='M3 12h18'/><rect x='3' y='3' width='18' height='18' rx='2'/>"
    ),
    "group": (
        "<path d='M3 7V5c0-1.1.9-2 2-2h2'/>"
        "<path d='M17 3h2c1.1 0 2 .9 2 2v2'/>"
        "<path d='M21 17v2c0 1.1-.9 2-2 2h-2'/>"
        "<path d='M7 21H5c-1.1 0-2-.9-2-2v-2'/>"
        "<rect width='7' height='5' x='7' y='7' rx='1'/>"
        "<rect width='7' height='5' x='10' y='12' rx='1'/>"
    ),
    "lock": (
        "<rect width='18' height='11' x='3' y='11' rx='2' ry='2'/>"
        "<path d='M7 11V7a5 5 0 0 1 10 0v4'/>"
    ),
    "merge": (
        "<path d='m8 6 4-4 4 4'/>"
        "<path d='M12 2v10.3a4 4 0 0 1-1.172 2.872L4 22'/>"
        "<path d='m20 22-5-5'/>"
    ),
    "pencil-line": (
        "<path d='M13 21h8'/>"
        "<path d='m15 5 4 4'/>"
        "<path d='M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 "
        "4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z'/>"
    ),
    "ungroup": (
        "<rect x='11' y='14' width='10' height='7' rx='2'/>"
        "<rect x='3' y='3' width='10' height='7' rx='2'/>"
    ),
    "venetian-mask": (
        "<path d='M18 11c-1.5 0-2.5.5-3 2'/>"
        "<path d='M4 6a2 2 0 0 0-2 2v4a5 5 0 0 0 5 5 8 8 0 0 1 5 2 8 8 0 0 1 5-2 5 5 0 0 0 "
        "5-5V8a2 2 0 0 0-2-2h-3a8 8 0 0 0-5 2 8 8 0 0 0-5-2z'/>"
        "<path d='M6 11c1.5 0 2.5.5 3 2'/>"
    ),
}
