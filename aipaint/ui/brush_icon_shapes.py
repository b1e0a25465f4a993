"""The outlines of the icons around brushes: Lucide, as in `icon_shapes`, which joins them."""

from typing import Final

BRUSH_ICON_SHAPES: Final[dict[str, str]] = {
    "ellipsis-vertical": (
        "<circle cx='12' cy='12' r='1'/><circle cx='12' cy='5' r='1'/>"
        "<circle cx='12' cy='19' r='1'/>"
    ),
    "import": (
        "<path d='M12 3v12'/><path d='m8 11 4 4 4-4'/>"
        "<path d='M8 5H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2h-4'/>"
    ),
    "sliders-horizontal": (
        "<path d='M10 5H3'/><path d='M12 19H3'/><path d='M14 3v4'/><path d='M16 17v4'/>"
        "<path d='M21 12h-9'/><path d='M21 19h-5'/><path d='M21 5h-7'/><path d='M8 10v4'/>"
        "<path d='M8 12H3'/>"
    ),
}
