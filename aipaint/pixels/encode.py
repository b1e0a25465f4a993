"""Pictures to file bytes: PNG, JPEG, WebP, grey masks, thumbnails."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aipaint.errors import UsageError
from aipaint.pixels.cv import cv2

WRITABLE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
_THUMBNAIL_QUALITY = 85
_SMALL_COLOR_QUALITY = 90


def encode_image(rgba: npt.NDArray[np.uint8], suffix: str, quality: int = 92) -> bytes:
    """Straight RGBA (h, w, 4) as a file of the kind `suffix` names (".png", ".jpg", ".webp").

    An opaque picture is written without an alpha channel; JPEG puts transparency on white.
    `quality` is 1-100 and means nothing to PNG. Raises UsageError for another suffix or a side the
    format cannot hold.
    """
    suffix = suffix.lower()
    check_suffix(suffix)
    if suffix == ".png":
        return _encode(suffix, _without_idle_alpha(rgba), [])
    if suffix == ".webp":
        return _encode(suffix, _without_idle_alpha(rgba), [cv2.IMWRITE_WEBP_QUALITY, quality])
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    if quality >= _SMALL_COLOR_QUALITY:  # who asks for quality wants sharp color edges too
        options += [
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
        ]
    return _encode(suffix, _to_bgr(flatten_on_white(rgba)), options)


def check_suffix(suffix: str) -> None:
    """Raises UsageError for a kind of file that `encode_image` cannot make."""
    if suffix.lower() not in WRITABLE_SUFFIXES:
        raise UsageError(
            f"Pictures cannot be written as {suffix or 'a file without a suffix'}.",
            "Use a name that ends in .png, .jpg or .webp.",
        )


def encode_coverage(coverage: npt.NDArray[np.uint8]) -> bytes:
    """Coverage (h, w), 0-255, as an 8-bit grey PNG."""
    return _encode(".png", coverage, [])


def thumbnail_jpeg(rgba: npt.NDArray[np.uint8], side: int = 256) -> bytes:
    """Straight RGBA as a small JPEG on white that fits in `side` x `side`; never enlarged."""
    small = shrink_to_fit(flatten_on_white(rgba), side)
    return _encode(".jpg", _to_bgr(small), [cv2.IMWRITE_JPEG_QUALITY, _THUMBNAIL_QUALITY])


def shrink_to_fit(picture: npt.NDArray[np.uint8], side: int) -> npt.NDArray[np.uint8]:
    """`picture` (h, w, any channels) made small enough for `side` x `side`, its shape kept."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    if scale >= 1.0:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def flatten_on_white(rgba: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Straight RGBA (h, w, 4) laid on white: RGB (h, w, 3)."""
    alpha = rgba[..., 3:]
    if alpha.size and alpha.min() == 255:
        return np.ascontiguousarray(rgba[..., :3])
    opaque = alpha.astype(np.uint16)
    mixed = rgba[..., :3] * opaque + (255 - opaque) * 255
    mixed += 127  # at most 65152: no overflow
    mixed //= 255
    return mixed.astype(np.uint8)


def _without_idle_alpha(rgba: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """BGRA, or BGR where every pixel is opaque."""
    if rgba.size and rgba[..., 3].min() == 255:
        return _to_bgr(rgba[..., :3])
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(rgba), cv2.COLOR_RGBA2BGRA), dtype=np.uint8)


def _to_bgr(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _encode(suffix: str, pixels: npt.NDArray[np.uint8], options: Sequence[int]) -> bytes:
    height, width = pixels.shape[:2]
    try:
        done, data = cv2.imencode(suffix, np.ascontiguousarray(pixels), list(options))
    except cv2.error:  # says only which of its assertions failed
        done = False
    if not done:
        raise UsageError(
            f"A picture of {width} x {height} pixels does not fit into a {suffix} file.",
            "Save it as PNG, or make it smaller.",
        )
    return data.tobytes()
