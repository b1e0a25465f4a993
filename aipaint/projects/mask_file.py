"""A mask as a grey PNG: white is masked. As large as the picture; never stretched."""

from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.errors import UnreadableFileError
from aipaint.pixels.area import area_of
from aipaint.pixels.decode import read_coverage
from aipaint.pixels.encode import encode_coverage
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap


def read_mask(path: Path, frame: Rect) -> TileMap:
    """The mask in a picture file, laid on the frame. Any thread.

    Raises UnreadableFileError, also for a mask of another size.
    """
    coverage = read_coverage(path)
    height, width = coverage.shape
    if (width, height) != (frame.width, frame.height):
        raise UnreadableFileError(
            f"{path.name} is {width} × {height} pixels, the picture {frame.width} × "
            f"{frame.height}.",
            "A mask has the size of its picture. Resize it elsewhere, or change the frame.",
        )
    return area_of(coverage, frame.x, frame.y)


def write_mask(area: TileMap, frame: Rect, path: Path) -> None:
    """What the frame shows of the mask, as an 8-bit grey PNG. Any thread. Raises StorageError."""
    write_atomically(path, encode_coverage(area.read(frame)))
