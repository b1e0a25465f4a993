"""Which parts of a picture are needed to fill the holes in it."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.coverage import bounds
from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import Rect

_LEAST_CONTEXT = 64
_MOST_GROUPS = 200


def hole_crops(mask: npt.NDArray[np.uint8]) -> list[tuple[Rect, npt.NDArray[np.bool_]]]:
    """Crops of the picture, each with the hole pixels (as an array of its size) to fill from it.

    Holes near each other share a crop. A crop holds its holes and as much around them on each side
    as they are large themselves: two spots in the corners of a large photograph do not make all of
    it be searched.
    """
    height, width = mask.shape
    whole = Rect(0, 0, width, height)
    one = part_around(mask)
    groups = _near_groups(mask, whole)
    crops = [(_with_context(box, whole), box, own) for box, own in groups]
    if len(crops) < 2 or sum(crop.area for crop, _box, _own in crops) >= one.area:
        return [(one, mask[one.slices(whole)] > 0)]
    return [(crop, _placed(own, box, crop)) for crop, box, own in crops]


def part_around(mask: npt.NDArray[np.uint8]) -> Rect:
    """The part of the picture that holds every crop of its holes, of which there are some."""
    return _with_context(bounds(mask), Rect(0, 0, mask.shape[1], mask.shape[0]))


def _near_groups(
    mask: npt.NDArray[np.uint8], whole: Rect
) -> list[tuple[Rect, npt.NDArray[np.bool_]]]:
    """The box of each group of near holes and its pixels there; none if there are too many."""
    kernel = np.ones((_LEAST_CONTEXT + 1, _LEAST_CONTEXT + 1), np.uint8)
    wide = cv2.dilate(mask, kernel)
    count, labels, stats, _centers = cv2.connectedComponentsWithStats(wide, ltype=cv2.CV_32S)
    groups = []
    for label in range(1, count if count <= _MOST_GROUPS else 1):
        x, y, width, height = (int(number) for number in stats[label][:4])
        around = Rect(x, y, width, height)
        part = around.slices(whole)
        own = np.asarray((labels[part] == label) & (mask[part] > 0))
        tight = bounds(own.astype(np.uint8))
        inside = own[tight.slices(Rect(0, 0, width, height))]
        groups.append((tight.translated(x, y), inside))
    return groups


def _placed(own: npt.NDArray[np.bool_], box: Rect, crop: Rect) -> npt.NDArray[np.bool_]:
    placed = np.zeros((crop.height, crop.width), bool)
    placed[box.slices(crop)] = own
    return placed


def _with_context(here: Rect, whole: Rect) -> Rect:
    wide, high = max(_LEAST_CONTEXT, here.width), max(_LEAST_CONTEXT, here.height)
    return Rect.from_edges(
        here.x - wide, here.y - high, here.right + wide, here.bottom + high
    ).intersected(whole)
