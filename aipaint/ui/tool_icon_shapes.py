"""The outlines of the icons of the tools: Lucide, as in `icon_shapes`, which joins them."""

from typing import Final

TOOL_ICON_SHAPES: Final[dict[str, str]] = {
    "arrow-left-right": (
        "<path d='M8 3 4 7l4 4'/><path d='M4 7h16'/><path d='m16 21 4-4-4-4'/><path d='M20 17H4'/>"
    ),
    "blend": ("<circle cx='15' cy='9' r='7'/><circle cx='9' cy='15' r='7'/>"),
    "bold": "<path d='M6 12h9a4 4 0 0 1 0 8H7a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h7a4 4 0 0 1 0 8'/>",
    "circle": "<circle cx='12' cy='12' r='10'/>",
    "italic": (
        "<line x1='19' x2='10' y1='4' y2='4'/>"
        "<line x1='14' x2='5' y1='20' y2='20'/>"
        "<line x1='15' x2='9' y1='4' y2='20'/>"
    ),
    "paint-bucket": (
        "<path d='M11 7 6 2'/>"
        "<path d='M18.992 12H2.041'/>"
        "<path d='M21.145 18.38A3.34 3.34 0 0 1 20 16.5a3.3 3.3 0 0 1-1.145 1.88c-.575.46-.855 "
        "1.02-.855 1.595A2 2 0 0 0 20 22a2 2 0 0 0 2-2.025c0-.58-.285-1.13-.855-1.595'/>"
        "<path d='m8.5 4.5 2.148-2.148a1.205 1.205 0 0 1 1.704 0l7.296 7.296a1.205 1.205 0 0 1 "
        "0 1.704l-7.592 7.592a3.615 3.615 0 0 1-5.112 0l-3.888-3.888a3.615 3.615 0 0 1 "
        "0-5.112L5.67 7.33'/>"
    ),
    "palette": (
        "<path d='M12 22a1 1 0 0 1 0-20 10 9 0 0 1 10 9 5 5 0 0 1-5 5h-2.25a1.75 1.75 0 0 "
        "0-1.4 2.8l.3.4a1.75 1.75 0 0 1-1.4 2.8z'/>"
        "<circle cx='13.5' cy='6.5' r='.5' fill='currentColor'/>"
        "<circle cx='17.5' cy='10.5' r='.5' fill='currentColor'/>"
        "<circle cx='6.5' cy='12.5' r='.5' fill='currentColor'/>"
        "<circle cx='8.5' cy='7.5' r='.5' fill='currentColor'/>"
    ),
    "pencil": (
        "<path d='M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 "
        "4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z'/>"
        "<path d='m15 5 4 4'/>"
    ),
    "pentagon": (
        "<path d='M10.83 2.38a2 2 0 0 1 2.34 0l8 5.74a2 2 0 0 1 .73 2.25l-3.04 9.26a2 2 0 0 "
        "1-1.9 1.37H7.04a2 2 0 0 1-1.9-1.37L2.1 10.37a2 2 0 0 1 .73-2.25z'/>"
    ),
    "pipette": (
        "<path d='m12 9-8.414 8.414A2 2 0 0 0 3 18.828v1.344a2 2 0 0 1-.586 1.414A2 2 0 0 1 "
        "3.828 21h1.344a2 2 0 0 0 1.414-.586L15 12'/>"
        "<path d='m18 9 .4.4a1 1 0 1 1-3 3l-3.8-3.8a1 1 0 1 1 3-3l.4.4 3.4-3.4a1 1 0 1 1 3 "
        "3z'/>"
        "<path d='m2 22 .414-.414'/>"
    ),
    "pointer": (
        "<path d='M22 14a8 8 0 0 1-8 8'/>"
        "<path d='M18 11v-1a2 2 0 0 0-2-2a2 2 0 0 0-2 2'/>"
        "<path d='M14 10V9a2 2 0 0 0-2-2a2 2 0 0 0-2 2v1'/>"
        "<path d='M10 9.5V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v10'/>"
        "<path d='M18 11a2 2 0 1 1 4 0v3a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 "
        "2 0 0 1 2.83-2.82L7 15'/>"
    ),
    "rotate-ccw": (
        "<path d='M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8'/><path d='M3 3v5h5'/>"
    ),
    "slash": "<path d='M22 2 2 22'/>",
    "square": "<rect width='18' height='18' x='3' y='3' rx='2'/>",
    "stamp": (
        "<path d='M14 13V8.5C14 7 15 7 15 5a3 3 0 0 0-6 0c0 2 1 2 1 3.5V13'/>"
        "<path d='M20 15.5a2.5 2.5 0 0 0-2.5-2.5h-11A2.5 2.5 0 0 0 4 15.5V17a1 1 0 0 0 1 "
        "1h14a1 1 0 0 0 1-1z'/>"
        "<path d='M5 22h14'/>"
    ),
    "text-align-center": ("<path d='M21 5H3'/><path d='M17 12H7'/><path d='M19 19H5'/>"),
    "text-align-end": ("<path d='M21 5H3'/><path d='M21 12H9'/><path d='M21 19H7'/>"),
    "text-align-start": ("<path d='M21 5H3'/><path d='M15 12H3'/><path d='M17 19H3'/>"),
    "type": (
        "<path d='M12 4v16'/><path d='M4 7V5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v2'/><path d='M9 20h6'/>"
    ),
}
