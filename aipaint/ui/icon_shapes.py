"""The outlines of our icons: Lucide, (c) Lucide Contributors, ISC; parts (c) Cole Bemis, MIT.

Kept here because asking the `lucide` package costs 90 ms before the first window (it opens a
database of 1900 icons and imports urllib). A test holds this table equal to the package.
"""

from typing import Final

from aipaint.ui.area_icon_shapes import AREA_ICON_SHAPES
from aipaint.ui.brush_icon_shapes import BRUSH_ICON_SHAPES
from aipaint.ui.layer_icon_shapes import LAYER_ICON_SHAPES
from aipaint.ui.money_icon_shapes import MONEY_ICON_SHAPES
from aipaint.ui.place_icon_shapes import PLACE_ICON_SHAPES
from aipaint.ui.prompt_icon_shapes import PROMPT_ICON_SHAPES
from aipaint.ui.result_icon_shapes import RESULT_ICON_SHAPES
from aipaint.ui.tool_icon_shapes import TOOL_ICON_SHAPES

ICON_SHAPES: Final[dict[str, str]] = {
    "arrow-down": ("<path d='M12 5v14'/><path d='m19 12-7 7-7-7'/>"),
    "arrow-up": ("<path d='m5 12 7-7 7 7'/><path d='M12 19V5'/>"),
    "ban": ("<circle cx='12' cy='12' r='10'/><path d='M4.929 4.929 19.07 19.071'/>"),
    "brush": (
        "<path d='m11 10 3 3'/>"
        "<path d='M6.5 21A3.5 3.5 0 1 0 3 17.5a2.62 2.62 0 0 1-.708 1.792A1 1 0 0 0 3 21z'/>"
        "<path d='M9.969 17.031 21.378 5.624a1 1 0 0 0-3.002-3.002L6.967 14.031'/>"
    ),
    "check": ("<path d='M20 6 9 17l-5-5'/>"),
    "chevron-down": ("<path d='m6 9 6 6 6-6'/>"),
    "chevron-right": ("<path d='m9 18 6-6-6-6'/>"),
    "chevron-up": ("<path d='m18 15-6-6-6 6'/>"),
    "circle-alert": (
        "<circle cx='12' cy='12' r='10'/>"
        "<line x1='12' x2='12' y1='8' y2='12'/>"
        "<line x1='12' x2='12.01' y1='16' y2='16'/>"
    ),
    "circle-check": ("<circle cx='12' cy='12' r='10'/><path d='m16 9-5.5 5.5L8 12'/>"),
    "circle-dashed": (
        "<path d='M10.1 2.182a10 10 0 0 1 3.8 0'/>"
        "<path d='M13.9 21.818a10 10 0 0 1-3.8 0'/>"
        "<path d='M17.609 3.721a10 10 0 0 1 2.69 2.7'/>"
        "<path d='M2.182 13.9a10 10 0 0 1 0-3.8'/>"
        "<path d='M20.279 17.609a10 10 0 0 1-2.7 2.69'/>"
        "<path d='M21.818 10.1a10 10 0 0 1 0 3.8'/>"
        "<path d='M3.721 6.391a10 10 0 0 1 2.7-2.69'/>"
        "<path d='M6.391 20.279a10 10 0 0 1-2.69-2.7'/>"
    ),
    "circle-x": ("<circle cx='12' cy='12' r='10'/><path d='m15 9-6 6'/><path d='m9 9 6 6'/>"),
    "clipboard-paste": (
        "<path d='M11 14h10'/>"
        "<path d='M16 4h2a2 2 0 0 1 2 2v1.344'/>"
        "<path d='m17 18 4-4-4-4'/>"
        "<path d='M8 4H6a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h12a2 2 0 0 0 1.793-1.113'/>"
        "<rect x='8' y='2' width='8' height='4' rx='1'/>"
    ),
    "clock": ("<circle cx='12' cy='12' r='10'/><path d='M12 6v6l4 2'/>"),
    "contrast": ("<circle cx='12' cy='12' r='10'/><path d='M12 18a6 6 0 0 0 0-12v12z'/>"),
    "copy": (
        "<rect width='14' height='14' x='8' y='8' rx='2' ry='2'/>"
        "<path d='M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2'/>"
    ),
    "eraser": (
        "<path d='M21 21H8a2 2 0 0 1-1.42-.587l-3.994-3.999a2 2 0 0 1 0-2.828l10-10a2 2 0 0 1 "
        "2.829 0l5.999 6a2 2 0 0 1 0 2.828L12.834 21'/>"
        "<path d='m5.082 11.09 8.828 8.828'/>"
    ),
    "eye": (
        "<path d='M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 "
        "10.75 10.75 0 0 1-19.876 0'/>"
        "<circle cx='12' cy='12' r='3'/>"
    ),
    "eye-off": (
        "<path d='M10.733 5.076a10.744 10.744 0 0 1 11.205 6.575 1 1 0 0 1 0 .696 10.747 "
        "10.747 0 0 1-1.444 2.49'/>"
        "<path d='M14.084 14.158a3 3 0 0 1-4.242-4.242'/>"
        "<path d='M17.479 17.499a10.75 10.75 0 0 1-15.417-5.151 1 1 0 0 1 0-.696 10.75 10.75 0 "
        "0 1 4.446-5.143'/>"
        "<path d='m2 2 20 20'/>"
    ),
    "file-output": (
        "<path d='M4.226 20.925A2 2 0 0 0 6 22h12a2 2 0 0 0 2-2V8a2.4 2.4 0 0 "
        "0-.706-1.706l-3.588-3.588A2.4 2.4 0 0 0 14 2H6a2 2 0 0 0-2 2v3.127'/>"
        "<path d='M14 2v5a1 1 0 0 0 1 1h5'/>"
        "<path d='m5 11-3 3'/>"
        "<path d='m5 17-3-3h10'/>"
    ),
    "file-pen": (
        "<path d='M12.659 22H18a2 2 0 0 0 2-2V8a2.4 2.4 0 0 0-.706-1.706l-3.588-3.588A2.4 2.4 "
        "0 0 0 14 2H6a2 2 0 0 0-2 2v9.34'/>"
        "<path d='M14 2v5a1 1 0 0 0 1 1h5'/>"
        "<path d='M10.378 12.622a1 1 0 0 1 3 3.003L8.36 20.637a2 2 0 0 "
        "1-.854.506l-2.867.837a.5.5 0 0 1-.62-.62l.836-2.869a2 2 0 0 1 .506-.853z'/>"
    ),
    "file-plus": (
        "<path d='M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 "
        "3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z'/>"
        "<path d='M14 2v5a1 1 0 0 0 1 1h5'/>"
        "<path d='M9 15h6'/>"
        "<path d='M12 18v-6'/>"
    ),
    "folder-open": (
        "<path d='m6 14 1.5-2.9A2 2 0 0 1 9.24 10H20a2 2 0 0 1 1.94 2.5l-1.54 6a2 2 0 0 1-1.95 "
        "1.5H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h3.9a2 2 0 0 1 1.69.9l.81 1.2a2 2 0 0 0 "
        "1.67.9H18a2 2 0 0 1 2 2v2'/>"
    ),
    "hand": (
        "<path d='M18 11V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2'/>"
        "<path d='M14 10V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v2'/>"
        "<path d='M10 10.5V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2v8'/>"
        "<path d='M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 "
        "0 0 1 2.83-2.82L7 15'/>"
    ),
    "highlighter": (
        "<path d='m9 11-6 6v3h9l3-3'/>"
        "<path d='m22 12-4.6 4.6a2 2 0 0 1-2.8 0l-5.2-5.2a2 2 0 0 1 0-2.8L14 4'/>"
    ),
    "image": (
        "<rect width='18' height='18' x='3' y='3' rx='2' ry='2'/>"
        "<circle cx='9' cy='9' r='2'/>"
        "<path d='m21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21'/>"
    ),
    "image-plus": (
        "<path d='M16 5h6'/>"
        "<path d='M19 2v6'/>"
        "<path d='M21 11.5V19a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7.5'/>"
        "<path d='m21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21'/>"
        "<circle cx='9' cy='9' r='2'/>"
    ),
    "images": (
        "<path d='m22 11-1.296-1.296a2.4 2.4 0 0 0-3.408 0L11 16'/>"
        "<path d='M4 8a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2'/>"
        "<circle cx='13' cy='7' r='1' fill='currentColor'/>"
        "<rect x='8' y='2' width='14' height='14' rx='2'/>"
    ),
    "info": ("<circle cx='12' cy='12' r='10'/><path d='M12 16v-4'/><path d='M12 8h.01'/>"),
    "keyboard": (
        "<path d='M10 8h.01'/>"
        "<path d='M12 12h.01'/>"
        "<path d='M14 8h.01'/>"
        "<path d='M16 12h.01'/>"
        "<path d='M18 8h.01'/>"
        "<path d='M6 8h.01'/>"
        "<path d='M7 16h10'/>"
        "<path d='M8 12h.01'/>"
        "<rect width='20' height='16' x='2' y='4' rx='2'/>"
    ),
    "layers": (
        "<path d='M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 "
        "1.66 0l8.58-3.9a1 1 0 0 0 0-1.83z'/>"
        "<path d='M2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 12'/>"
        "<path d='M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 17'/>"
    ),
    "layers-plus": (
        "<path d='M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 "
        ".83.18 2 2 0 0 0 .83-.18l8.58-3.9a1 1 0 0 0 0-1.831z'/>"
        "<path d='M16 17h6'/>"
        "<path d='M19 14v6'/>"
        "<path d='M2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 .825.178'/>"
        "<path d='M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l2.116-.962'/>"
    ),
    "list-checks": (
        "<path d='M13 5h8'/>"
        "<path d='M13 12h8'/>"
        "<path d='M13 19h8'/>"
        "<path d='m3 17 2 2 4-4'/>"
        "<path d='m3 7 2 2 4-4'/>"
    ),
    "loader": (
        "<path d='M12 2v4'/>"
        "<path d='m16.2 7.8 2.9-2.9'/>"
        "<path d='M18 12h4'/>"
        "<path d='m16.2 16.2 2.9 2.9'/>"
        "<path d='M12 18v4'/>"
        "<path d='m4.9 19.1 2.9-2.9'/>"
        "<path d='M2 12h4'/>"
        "<path d='m4.9 4.9 2.9 2.9'/>"
    ),
    "log-out": (
        "<path d='m16 17 5-5-5-5'/>"
        "<path d='M21 12H9'/>"
        "<path d='M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4'/>"
    ),
    "maximize": (
        "<path d='M8 3H5a2 2 0 0 0-2 2v3'/>"
        "<path d='M21 8V5a2 2 0 0 0-2-2h-3'/>"
        "<path d='M3 16v3a2 2 0 0 0 2 2h3'/>"
        "<path d='M16 21h3a2 2 0 0 0 2-2v-3'/>"
    ),
    "minus": ("<path d='M5 12h14'/>"),
    "monitor": (
        "<rect width='20' height='14' x='2' y='3' rx='2'/>"
        "<line x1='8' x2='16' y1='21' y2='21'/>"
        "<line x1='12' x2='12' y1='17' y2='21'/>"
    ),
    "moon": (
        "<path d='M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 "
        "8.268 8.268c.344-.215.825-.004.803.401'/>"
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
    "panel-right": ("<rect width='18' height='18' x='3' y='3' rx='2'/><path d='M15 3v18'/>"),
    "plus": ("<path d='M5 12h14'/><path d='M12 5v14'/>"),
    "redo-2": (
        "<path d='m15 14 5-5-5-5'/>"
        "<path d='M20 9H9.5A5.5 5.5 0 0 0 4 14.5A5.5 5.5 0 0 0 9.5 20H13'/>"
    ),
    "rotate-ccw-clock": (
        "<path d='M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8'/>"
        "<path d='M3 3v5h5'/>"
        "<path d='M12 7v5l4 2'/>"
    ),
    "save": (
        "<path d='M15.2 3a2 2 0 0 1 1.4.6l3.8 3.8a2 2 0 0 1 .6 1.4V19a2 2 0 0 1-2 2H5a2 2 0 0 "
        "1-2-2V5a2 2 0 0 1 2-2z'/>"
        "<path d='M17 21v-7a1 1 0 0 0-1-1H8a1 1 0 0 0-1 1v7'/>"
        "<path d='M7 3v4a1 1 0 0 0 1 1h7'/>"
    ),
    "save-all": (
        "<path d='M10 2v3a1 1 0 0 0 1 1h5'/>"
        "<path d='M18 18v-6a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6'/>"
        "<path d='M18 22H4a2 2 0 0 1-2-2V6'/>"
        "<path d='M8 18a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h9.172a2 2 0 0 1 1.414.586l2.828 2.828A2 "
        "2 0 0 1 22 6.828V16a2 2 0 0 1-2.01 2z'/>"
    ),
    "scan": (
        "<path d='M3 7V5a2 2 0 0 1 2-2h2'/>"
        "<path d='M17 3h2a2 2 0 0 1 2 2v2'/>"
        "<path d='M21 17v2a2 2 0 0 1-2 2h-2'/>"
        "<path d='M7 21H5a2 2 0 0 1-2-2v-2'/>"
    ),
    "sparkles": (
        "<path d='M11.017 2.814a1 1 0 0 1 1.966 0l1.051 5.558a2 2 0 0 0 1.594 1.594l5.558 "
        "1.051a1 1 0 0 1 0 1.966l-5.558 1.051a2 2 0 0 0-1.594 1.594l-1.051 5.558a1 1 0 0 "
        "1-1.966 0l-1.051-5.558a2 2 0 0 0-1.594-1.594l-5.558-1.051a1 1 0 0 1 "
        "0-1.966l5.558-1.051a2 2 0 0 0 1.594-1.594z'/>"
        "<path d='M20 2v4'/>"
        "<path d='M22 4h-4'/>"
        "<circle cx='4' cy='20' r='2'/>"
    ),
    "square-dashed": (
        "<path d='M5 3a2 2 0 0 0-2 2'/>"
        "<path d='M19 3a2 2 0 0 1 2 2'/>"
        "<path d='M21 19a2 2 0 0 1-2 2'/>"
        "<path d='M5 21a2 2 0 0 1-2-2'/>"
        "<path d='M9 3h1'/>"
        "<path d='M9 21h1'/>"
        "<path d='M14 3h1'/>"
        "<path d='M14 21h1'/>"
        "<path d='M3 9v1'/>"
        "<path d='M21 9v1'/>"
        "<path d='M3 14v1'/>"
        "<path d='M21 14v1'/>"
    ),
    "sun": (
        "<circle cx='12' cy='12' r='4'/>"
        "<path d='M12 2v2'/>"
        "<path d='M12 20v2'/>"
        "<path d='m4.93 4.93 1.41 1.41'/>"
        "<path d='m17.66 17.66 1.41 1.41'/>"
        "<path d='M2 12h2'/>"
        "<path d='M20 12h2'/>"
        "<path d='m6.34 17.66-1.41 1.41'/>"
        "<path d='m19.07 4.93-1.41 1.41'/>"
    ),
    "trash": (
        "<path d='M10 11v6'/>"
        "<path d='M14 11v6'/>"
        "<path d='M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6'/>"
        "<path d='M3 6h18'/>"
        "<path d='M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2'/>"
    ),
    "triangle-alert": (
        "<path d='m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3'/>"
        "<path d='M12 9v4'/>"
        "<path d='M12 17h.01'/>"
    ),
    "undo-2": (
        "<path d='M9 14 4 9l5-5'/>"
        "<path d='M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11'/>"
    ),
    "wallet": (
        "<path d='M19 7V4a1 1 0 0 0-1-1H5a2 2 0 0 0 0 4h15a1 1 0 0 1 1 1v4h-3a2 2 0 0 0 0 "
        "4h3a1 1 0 0 0 1-1v-2a1 1 0 0 0-1-1'/>"
        "<path d='M3 5v14a2 2 0 0 0 2 2h15a1 1 0 0 0 1-1v-4'/>"
    ),
    "wand-sparkles": (
        "<path d='m21.64 3.64-1.28-1.28a1.21 1.21 0 0 0-1.72 0L2.36 18.64a1.21 1.21 0 0 0 0 "
        "1.72l1.28 1.28a1.2 1.2 0 0 0 1.72 0L21.64 5.36a1.2 1.2 0 0 0 0-1.72'/>"
        "<path d='m14 7 3 3'/>"
        "<path d='M5 6v4'/>"
        "<path d='M19 14v4'/>"
        "<path d='M10 2v2'/>"
        "<path d='M7 8H3'/>"
        "<path d='M21 16h-4'/>"
        "<path d='M11 3H9'/>"
    ),
    "x": ("<path d='M18 6 6 18'/><path d='m6 6 12 12'/>"),
    "zoom-in": (
        "<circle cx='11' cy='11' r='8'/>"
        "<line x1='21' x2='16.65' y1='21' y2='16.65'/>"
        "<line x1='11' x2='11' y1='8' y2='14'/>"
        "<line x1='8' x2='14' y1='11' y2='11'/>"
    ),
    "zoom-out": (
        "<circle cx='11' cy='11' r='8'/>"
        "<line x1='21' x2='16.65' y1='21' y2='16.65'/>"
        "<line x1='8' x2='14' y1='11' y2='11'/>"
    ),
    **PLACE_ICON_SHAPES,
    **TOOL_ICON_SHAPES,
    **AREA_ICON_SHAPES,
    **BRUSH_ICON_SHAPES,
    **LAYER_ICON_SHAPES,
    **MONEY_ICON_SHAPES,
    **RESULT_ICON_SHAPES,
    **PROMPT_ICON_SHAPES,
}
