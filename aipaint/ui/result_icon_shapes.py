"""More of the outlines that `icon_shapes` describes: results and how they are compared."""

from typing import Final

RESULT_ICON_SHAPES: Final[dict[str, str]] = {
    "archive-restore": (
        "<rect width='20' height='5' x='2' y='3' rx='1'/>"
        "<path d='M4 8v11a2 2 0 0 0 2 2h2'/>"
        "<path d='M20 8v11a2 2 0 0 1-2 2h-2'/>"
        "<path d='m9 15 3-3 3 3'/>"
        "<path d='M12 12v9'/>"
    ),
    "chevrons-left-right": ("<path d='m9 7-5 5 5 5'/><path d='m15 7 5 5-5 5'/>"),
    "columns-2": ("<rect width='18' height='18' x='3' y='3' rx='2'/><path d='M12 3v18'/>"),
    "star": (
        "<path d='M11.525 2.295a.53.53 0 0 1 .95 0l2.31 4.679a2.123 2.123 0 0 0 1.595 "
        "1.16l5.166.756a.53.53 0 0 1 .294.904l-3.736 3.638a2.123 2.123 0 0 0-.611 1.878l.882 "
        "5.14a.53.53 0 0 1-.771.56l-4.618-2.428a2.122 2.122 0 0 0-1.973 0L6.396 21.01a.53.53 0 "
        "0 1-.77-.56l.881-5.139a2.122 2.122 0 0 0-.611-1.879L2.16 9.795a.53.53 0 0 1 "
        ".294-.906l5.165-.755a2.122 2.122 0 0 0 1.597-1.16z'/>"
    ),
}
