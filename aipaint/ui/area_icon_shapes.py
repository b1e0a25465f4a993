"""More of the outlines that `icon_shapes` describes: selecting and masking."""

from typing import Final

AREA_ICON_SHAPES: Final[dict[str, str]] = {
    "bookmark-plus": (
        "<path d='M12 7v6'/>"
        "<path d='M15 10H9'/>"
        "<path d='M17 3a2 2 0 0 1 2 2v15a1 1 0 0 1-1.496.868l-4.512-2.578a2 2 0 0 0-1.984 "
        "0l-4.512 2.578A1 1 0 0 1 5 20V5a2 2 0 0 1 2-2z'/>"
    ),
    "brush-cleaning": (
        "<path d='m16 22-1-4'/>"
        "<path d='M19 14a1 1 0 0 0 1-1v-1a2 2 0 0 0-2-2h-3a1 1 0 0 1-1-1V4a2 2 0 0 0-4 0v5a1 1 0 "
        "0 1-1 1H6a2 2 0 0 0-2 2v1a1 1 0 0 0 1 1'/>"
        "<path d='M19 14H5l-1.973 6.767A1 1 0 0 0 4 22h16a1 1 0 0 0 .973-1.233z'/>"
        "<path d='m8 22 1-4'/>"
    ),
    "droplet": (
        "<path d='M12 22a7 7 0 0 0 7-7c0-2-1-3.9-3-5.5s-3.5-4-4-6.5c-.5 2.5-2 4.9-4 6.5C6 11.1 5 "
        "13 5 15a7 7 0 0 0 7 7z'/>"
    ),
    "expand": (
        "<path d='m15 15 6 6'/>"
        "<path d='m15 9 6-6'/>"
        "<path d='M21 16v5h-5'/>"
        "<path d='M21 8V3h-5'/>"
        "<path d='M3 16v5h5'/>"
        "<path d='m3 21 6-6'/>"
        "<path d='M3 8V3h5'/>"
        "<path d='M9 9 3 3'/>"
    ),
    "focus": (
        "<circle cx='12' cy='12' r='3'/>"
        "<path d='M3 7V5a2 2 0 0 1 2-2h2'/>"
        "<path d='M17 3h2a2 2 0 0 1 2 2v2'/>"
        "<path d='M21 17v2a2 2 0 0 1-2 2h-2'/>"
        "<path d='M7 21H5a2 2 0 0 1-2-2v-2'/>"
    ),
    "frame": (
        "<line x1='22' x2='2' y1='6' y2='6'/>"
        "<line x1='22' x2='2' y1='18' y2='18'/>"
        "<line x1='6' x2='6' y1='2' y2='22'/>"
        "<line x1='18' x2='18' y1='2' y2='22'/>"
    ),
    "import": (
        "<path d='M12 3v12'/>"
        "<path d='m8 11 4 4 4-4'/>"
        "<path d='M8 5H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2h-4'/>"
    ),
    "lasso": (
        "<path d='M3.704 14.467a10 8 0 1 1 3.115 2.375'/>"
        "<path d='M7 22a5 5 0 0 1-2-3.994'/>"
        "<circle cx='5' cy='16' r='2'/>"
    ),
    "lasso-select": (
        "<path d='M7 22a5 5 0 0 1-2-4'/>"
        "<path d='M7 16.93c.96.43 1.96.74 2.99.91'/>"
        "<path d='M3.34 14A6.8 6.8 0 0 1 2 10c0-4.42 4.48-8 10-8s10 3.58 10 8a7.19 7.19 0 0 "
        "1-.33 2'/>"
        "<path d='M5 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4z'/>"
        "<path d='M14.33 22h-.09a.35.35 0 0 1-.24-.32v-10a.34.34 0 0 1 .33-.34c.08 0 "
        ".15.03.21.08l7.34 6a.33.33 0 0 1-.21.59h-4.49l-2.57 3.85a.35.35 0 0 1-.28.14z'/>"
    ),
    "scan-search": (
        "<path d='M3 7V5a2 2 0 0 1 2-2h2'/>"
        "<path d='M17 3h2a2 2 0 0 1 2 2v2'/>"
        "<path d='M21 17v2a2 2 0 0 1-2 2h-2'/>"
        "<path d='M7 21H5a2 2 0 0 1-2-2v-2'/>"
        "<circle cx='12' cy='12' r='3'/>"
        "<path d='m16 16-1.9-1.9'/>"
    ),
    "shrink": (
        "<path d='m15 15 6 6m-6-6v4.8m0-4.8h4.8'/>"
        "<path d='M9 19.8V15m0 0H4.2M9 15l-6 6'/>"
        "<path d='M15 4.2V9m0 0h4.8M15 9l6-6'/>"
        "<path d='M9 4.2V9m0 0H4.2M9 9 3 3'/>"
    ),
    "square-stack": (
        "<path d='M4 10c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h4c1.1 0 2 .9 2 2'/>"
        "<path d='M10 16c-1.1 0-2-.9-2-2v-4c0-1.1.9-2 2-2h4c1.1 0 2 .9 2 2'/>"
        "<rect width='8' height='8' x='14' y='14' rx='2'/>"
    ),
    "square-x": (
        "<rect width='18' height='18' x='3' y='3' rx='2' ry='2'/>"
        "<path d='m15 9-6 6'/>"
        "<path d='m9 9 6 6'/>"
    ),
    "squares-intersect": (
        "<path d='M10 22a2 2 0 0 1-2-2'/>"
        "<path d='M14 2a2 2 0 0 1 2 2'/>"
        "<path d='M16 22h-2'/>"
        "<path d='M2 10V8'/>"
        "<path d='M2 4a2 2 0 0 1 2-2'/>"
        "<path d='M20 8a2 2 0 0 1 2 2'/>"
        "<path d='M22 14v2'/>"
        "<path d='M22 20a2 2 0 0 1-2 2'/>"
        "<path d='M4 16a2 2 0 0 1-2-2'/>"
        "<path d='M8 10a2 2 0 0 1 2-2h5a1 1 0 0 1 1 1v5a2 2 0 0 1-2 2H9a1 1 0 0 1-1-1z'/>"
        "<path d='M8 2h2'/>"
    ),
    "squares-subtract": (
        "<path d='M10 22a2 2 0 0 1-2-2'/>"
        "<path d='M16 22h-2'/>"
        "<path d='M16 4a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h3a1 1 0 0 0 1-1v-5a2 2 0 "
        "0 1 2-2h5a1 1 0 0 0 1-1z'/>"
        "<path d='M20 8a2 2 0 0 1 2 2'/>"
        "<path d='M22 14v2'/>"
        "<path d='M22 20a2 2 0 0 1-2 2'/>"
    ),
    "squares-unite": (
        "<path d='M4 16a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v3a1 1 0 0 0 1 1h3a2 2 0 0 "
        "1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2v-3a1 1 0 0 0-1-1z'/>"
    ),
    "upload": (
        "<path d='M12 3v12'/>"
        "<path d='m17 8-5-5-5 5'/>"
        "<path d='M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4'/>"
    ),
    "wand": (
        "<path d='M15 4V2'/>"
        "<path d='M15 16v-2'/>"
        "<path d='M8 9h2'/>"
        "<path d='M20 9h2'/>"
        "<path d='M17.8 11.8 19 13'/>"
        "<path d='M15 9h.01'/>"
        "<path d='M17.8 6.2 19 5'/>"
        "<path d='m3 21 9-9'/>"
        "<path d='M12.2 6.2 11 5'/>"
    ),
}
