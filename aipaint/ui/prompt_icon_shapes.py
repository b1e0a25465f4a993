"""The outlines of the icons of words, keys and what is sent: Lucide, ISC, see `icon_shapes`."""

from typing import Final

PROMPT_ICON_SHAPES: Final[dict[str, str]] = {
    "key-round": (
        "<path d='M2.586 17.414A2 2 0 0 0 2 18.828V21a1 1 0 0 0 1 1h3a1 1 0 0 0 1-1v-1a1 1 0 0 1 "
        "1-1h1a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h.172a2 2 0 0 0 1.414-.586l.814-.814a6.5 6.5 0 1 "
        "0-4-4z'/><circle cx='16.5' cy='7.5' r='.5' fill='currentColor'/>"
    ),
    "scan-eye": (
        "<path d='M3 7V5a2 2 0 0 1 2-2h2'/><path d='M17 3h2a2 2 0 0 1 2 2v2'/>"
        "<path d='M21 17v2a2 2 0 0 1-2 2h-2'/><path d='M7 21H5a2 2 0 0 1-2-2v-2'/>"
        "<circle cx='12' cy='12' r='1'/>"
        "<path d='M18.944 12.33a1 1 0 0 0 0-.66 7.5 7.5 0 0 0-13.888 0 1 1 0 0 0 0 .66 7.5 7.5 0 "
        "0 0 13.888 0'/>"
    ),
    "server": (
        "<rect width='20' height='8' x='2' y='2' rx='2' ry='2'/>"
        "<rect width='20' height='8' x='2' y='14' rx='2' ry='2'/>"
        "<line x1='6' x2='6.01' y1='6' y2='6'/><line x1='6' x2='6.01' y1='18' y2='18'/>"
    ),
}
