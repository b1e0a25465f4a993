"""The outlines of the icons for place, shape and color: Lucide, joined by `icon_shapes`."""

from typing import Final

PLACE_ICON_SHAPES: Final[dict[str, str]] = {
    "chart-no-axes-column": ("<path d='M5 21v-6'/><path d='M12 21V3'/><path d='M19 21V9'/>"),
    "compass": (
        "<circle cx='12' cy='12' r='10'/>"
        "<path d='m16.24 7.76-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 "
        "1 1.265-1.265z'/>"
    ),
    "crop": ("<path d='M6 2v14a2 2 0 0 0 2 2h14'/><path d='M18 22V8a2 2 0 0 0-2-2H2'/>"),
    "droplet": (
        "<path d='M12 22a7 7 0 0 0 7-7c0-2-1-3.9-3-5.5s-3.5-4-4-6.5c-.5 2.5-2 4.9-4 6.5C6 11.1 "
        "5 13 5 15a7 7 0 0 0 7 7z'/>"
    ),
    "eclipse": ("<circle cx='12' cy='12' r='10'/><path d='M12 2a7 7 0 1 0 10 10'/>"),
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
    "scissors": (
        "<circle cx='6' cy='6' r='3'/>"
        "<path d='M8.12 8.12 12 12'/>"
        "<path d='M20 4 8.12 15.88'/>"
        "<circle cx='6' cy='18' r='3'/>"
        "<path d='M14.8 14.8 20 20'/>"
    ),
    "frame": (
        "<line x1='22' x2='2' y1='6' y2='6'/>"
        "<line x1='22' x2='2' y1='18' y2='18'/>"
        "<line x1='6' x2='6' y1='2' y2='22'/>"
        "<line x1='18' x2='18' y1='2' y2='22'/>"
    ),
    "image-upscale": (
        "<path d='M16 3h5v5'/>"
        "<path d='M17 21h2a2 2 0 0 0 2-2'/>"
        "<path d='M21 12v3'/>"
        "<path d='m21 3-5 5'/>"
        "<path d='M3 7V5a2 2 0 0 1 2-2'/>"
        "<path d='m5 21 4.144-4.144a1.21 1.21 0 0 1 1.712 0L13 19'/>"
        "<path d='M9 3h3'/>"
        "<rect x='3' y='11' width='10' height='10' rx='1'/>"
    ),
    "link-2": (
        "<path d='M9 17H7A5 5 0 0 1 7 7h2'/>"
        "<path d='M15 7h2a5 5 0 1 1 0 10h-2'/>"
        "<line x1='8' x2='16' y1='12' y2='12'/>"
    ),
    "move": (
        "<path d='M12 2v20'/>"
        "<path d='m15 19-3 3-3-3'/>"
        "<path d='m19 9 3 3-3 3'/>"
        "<path d='M2 12h20'/>"
        "<path d='m5 9-3 3 3 3'/>"
        "<path d='m9 5 3-3 3 3'/>"
    ),
    "refresh-cw": (
        "<path d='M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8'/>"
        "<path d='M21 3v5h-5'/>"
        "<path d='M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16'/>"
        "<path d='M8 16H3v5'/>"
    ),
    "rotate-ccw-square": (
        "<path d='M20 9V7a2 2 0 0 0-2-2h-6'/>"
        "<path d='m15 2-3 3 3 3'/>"
        "<path d='M20 13v5a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2h2'/>"
    ),
    "rotate-cw": (
        "<path d='M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8'/><path d='M21 3v5h-5'/>"
    ),
    "rotate-cw-square": (
        "<path d='M12 5H6a2 2 0 0 0-2 2v3'/>"
        "<path d='m9 8 3-3-3-3'/>"
        "<path d='M4 14v4a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2h-2'/>"
    ),
    "scale": (
        "<path d='M12 3v18'/>"
        "<path d='m19 8 3 8a5 5 0 0 1-6 0zV7'/>"
        "<path d='M3 7h1a17 17 0 0 0 8-2 17 17 0 0 0 8 2h1'/>"
        "<path d='m5 8 3 8a5 5 0 0 1-6 0zV7'/>"
        "<path d='M7 21h10'/>"
    ),
    "scaling": (
        "<path d='M12 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-7'/>"
        "<path d='M14 15H9v-5'/>"
        "<path d='M16 3h5v5'/>"
        "<path d='M21 3 9 15'/>"
    ),
    "search": ("<path d='m21 21-4.34-4.34'/><circle cx='11' cy='11' r='8'/>"),
    "spline": (
        "<circle cx='19' cy='5' r='2'/>"
        "<circle cx='5' cy='19' r='2'/>"
        "<path d='M5 17A12 12 0 0 1 17 5'/>"
    ),
    "square-centerline-dashed-horizontal": (
        "<path d='M8 3H5a2 2 0 0 0-2 2v14c0 1.1.9 2 2 2h3'/>"
        "<path d='M16 3h3a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-3'/>"
        "<path d='M12 20v2'/>"
        "<path d='M12 14v2'/>"
        "<path d='M12 8v2'/>"
        "<path d='M12 2v2'/>"
    ),
    "square-centerline-dashed-vertical": (
        "<path d='M21 8V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v3'/>"
        "<path d='M21 16v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-3'/>"
        "<path d='M4 12H2'/>"
        "<path d='M10 12H8'/>"
        "<path d='M16 12h-2'/>"
        "<path d='M22 12h-2'/>"
    ),
    "sun-medium": (
        "<circle cx='12' cy='12' r='4'/>"
        "<path d='M12 3v1'/>"
        "<path d='M12 20v1'/>"
        "<path d='M3 12h1'/>"
        "<path d='M20 12h1'/>"
        "<path d='m18.364 5.636-.707.707'/>"
        "<path d='m6.343 17.657-.707.707'/>"
        "<path d='m5.636 5.636.707.707'/>"
        "<path d='m17.657 17.657.707.707'/>"
    ),
    "triangle": ("<path d='M13.73 4a2 2 0 0 0-3.46 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3Z'/>"),
    "triangles-centerline-dashed-horizontal": (
        "<path d='M10 12H8'/>"
        "<path d='M16 12h-2'/>"
        "<path d='M22 12h-2'/>"
        "<path d='M4 12H2'/>"
        "<path d='M7.298 20.288A1 1 0 008 22h8a1 1 0 00.703-1.712l-3.991-3.99a1 1 0 "
        "00-1.424-.001z'/>"
        "<path d='M7.298 3.712A1 1 0 018 2h8a1 1 0 01.703 1.712l-3.991 3.99a1 1 0 "
        "01-1.424.001z'/>"
    ),
}
