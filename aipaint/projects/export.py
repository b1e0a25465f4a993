"""The finished picture, flattened, as PNG, JPEG or WebP."""

from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.errors import UsageError
from aipaint.pixels.decode import MAX_PIXELS, MAX_SIDE
from aipaint.pixels.encode import encode_image


def export_picture(picture: Picture, path: Path) -> None:
    """Write what the frame shows; the suffix of `path` says the format. Any thread, on a snapshot.

    Raises UsageError for a suffix or size that cannot be written, StorageError if the disk refuses.
    """
    frame = picture.frame
    is_too_large = max(frame.width, frame.height) > MAX_SIDE or frame.area > MAX_PIXELS
    if frame.is_empty or is_too_large:
        raise UsageError(
            f"A frame of {frame.width} x {frame.height} pixels cannot be exported.",
            f"Make it at most {MAX_SIDE} pixels a side and {MAX_PIXELS // 10**6} megapixels.",
        )
    write_atomically(path, encode_image(render_straight(picture, frame), path.suffix))
