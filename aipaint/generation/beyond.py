"""Where the frame reaches beyond what is painted: there the picture can be painted on."""

from aipaint.document.picture import Picture
from aipaint.pixels.rect import EMPTY_RECT, Rect

_SAMPLES = 9
_SOLID_SHARE = 0.9
_SOLID_ALPHA = 250


def painted_bounds(picture: Picture) -> Rect:
    """Around everything on visible layers, inside the frame or not; no pixel is composed."""
    bounds = EMPTY_RECT
    for layer in picture.layers:
        if layer.style.is_visible and not layer.is_group:
            bounds = bounds.united(layer.tiles.bounds())
    return bounds


def beyond_area(picture: Picture) -> Rect:
    """The part of the frame that nothing reaches, as one rectangle; the frame where it is on
    several sides, empty where there is none."""
    frame = picture.frame
    inner = painted_bounds(picture).intersected(frame)
    if inner == frame:
        return EMPTY_RECT
    if inner.is_empty:
        return frame
    gaps = [
        Rect.from_edges(frame.x, frame.y, inner.x, frame.bottom),
        Rect.from_edges(inner.right, frame.y, frame.right, frame.bottom),
        Rect.from_edges(frame.x, frame.y, frame.right, inner.y),
        Rect.from_edges(frame.x, inner.bottom, frame.right, frame.bottom),
    ]
    area = EMPTY_RECT
    for gap in gaps:
        area = area.united(gap)
    return area


def reaches_beyond(picture: Picture) -> bool:
    """Whether Generate, without a mask, means to paint the picture on: a solid picture ends inside
    the frame. A sketch on transparent ground is no such picture. Quick, on the main thread."""
    if len(picture.mask):
        return False
    inner = painted_bounds(picture).intersected(picture.frame)
    return not inner.is_empty and inner != picture.frame and _is_solid(picture, inner)


def _is_solid(picture: Picture, inner: Rect) -> bool:
    """By pixels here and there."""
    steps = [(step + 0.5) / _SAMPLES for step in range(_SAMPLES)]
    solid = 0
    for down in steps:
        for along in steps:
            x, y = inner.x + int(inner.width * along), inner.y + int(inner.height * down)
            solid += _is_solid_at(picture, Rect(x, y, 1, 1))
    return solid >= _SOLID_SHARE * _SAMPLES * _SAMPLES


def _is_solid_at(picture: Picture, pixel: Rect) -> bool:
    return any(
        layer.style.is_visible and layer.tiles.read(pixel)[0, 0, 3] >= _SOLID_ALPHA
        for layer in picture.layers
        if not layer.is_group
    )
