"""Onto a model's canvas and back again, without ever stretching a picture."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import Rect

_ROUNDING_PIXELS = 1.5


def scale_to(picture: npt.NDArray[np.uint8], width: int, height: int) -> npt.NDArray[np.uint8]:
    """Straight RGBA (h, w, 4), RGB or coverage (h, w) resampled to `width` x `height`.

    The caller keeps the proportions. Transparent pixels lend no color to their neighbors; a picture
    that has the size already comes back byte for byte.
    """
    here_height, here_width = picture.shape[:2]
    if (here_width, here_height) == (width, height):
        return picture.copy()
    is_smaller = width * height < here_width * here_height
    way = cv2.INTER_AREA if is_smaller else cv2.INTER_CUBIC
    if picture.ndim == 3 and picture.shape[2] == 4 and picture[..., 3].min() < 255:
        return _resample_transparent(picture, (width, height), way)
    resized = cv2.resize(np.ascontiguousarray(picture), (width, height), interpolation=way)
    return np.asarray(resized, dtype=np.uint8)


def pad_to(
    picture: npt.NDArray[np.uint8], width: int, height: int
) -> tuple[npt.NDArray[np.uint8], Rect]:
    """`picture` in the top left corner of a `width` x `height` canvas, mirrored into the rest.

    Also returns where the picture sits on it. The canvas must be large enough.
    """
    here_height, here_width = picture.shape[:2]
    if here_width > width or here_height > height:
        raise ValueError("the canvas is smaller than the picture")
    margins = [(0, height - here_height), (0, width - here_width)]
    margins += [(0, 0)] * (picture.ndim - 2)
    return np.pad(picture, margins, mode="symmetric"), Rect(0, 0, here_width, here_height)


def take_back(
    answer: npt.NDArray[np.uint8],
    sent_canvas: tuple[int, int],
    inner: Rect,
    wanted: tuple[int, int],
) -> tuple[npt.NDArray[np.uint8], tuple[str, ...]]:
    """Undo `pad_to` and the scaling before it on an answer of any size.

    `answer` (h, w, channels) is fitted onto `sent_canvas` (width, height): scaled evenly, and where
    its proportions differ, its middle is used and a note says so. Then `inner` is cut out and
    brought to `wanted` (width, height).
    """
    canvas, notes = _on_canvas(answer, *sent_canvas)
    rows, columns = inner.slices(Rect(0, 0, *sent_canvas))
    return scale_to(np.ascontiguousarray(canvas[rows, columns]), *wanted), notes


def _on_canvas(
    answer: npt.NDArray[np.uint8], width: int, height: int
) -> tuple[npt.NDArray[np.uint8], tuple[str, ...]]:
    here_height, here_width = answer.shape[:2]
    scale = max(width / here_width, height / here_height)
    scaled_width, scaled_height = here_width * scale, here_height * scale
    if max(scaled_width - width, scaled_height - height) <= _ROUNDING_PIXELS:
        return scale_to(answer, width, height), ()
    # What will not show is cut off first: the rest then has the canvas's proportions.
    keep_width = min(here_width, max(1, round(width / scale)))
    keep_height = min(here_height, max(1, round(height / scale)))
    left, top = (here_width - keep_width) // 2, (here_height - keep_height) // 2
    middle = answer[top : top + keep_height, left : left + keep_width]
    note = (
        f"The answer is {here_width} x {here_height} where {width} x {height} was asked for; "
        "its middle was used, scaled evenly."
    )
    return scale_to(np.ascontiguousarray(middle), width, height), (note,)


def _resample_transparent(
    rgba: npt.NDArray[np.uint8], size: tuple[int, int], way: int
) -> npt.NDArray[np.uint8]:
    weighted = rgba.astype(np.float32)
    weighted[..., :3] *= weighted[..., 3:] / 255
    resized = np.asarray(cv2.resize(weighted, size, interpolation=way), dtype=np.float32)
    # By the alpha as it overshot at edges: color overshot as much, and so it evens out.
    resized[..., :3] *= 255 / np.maximum(resized[..., 3:], 0.5)
    return np.rint(np.clip(resized, 0, 255)).astype(np.uint8)
