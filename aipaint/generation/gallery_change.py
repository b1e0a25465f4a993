"""`GalleryChange`: what is to be done to a list of jobs so that it shows others: little, if little
has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aipaint.generation.gallery import GalleryItem

_MANY = 100  # rows; taken out one by one they take longer than making all anew


@dataclass(frozen=True)
class GalleryChange:
    """First `removed` goes, then each of `put` is at its place, counted from 0 in the new list: a
    new row, or one that is there and looks different now. `count` rows there are then."""

    removed: tuple[str, ...]
    put: tuple[tuple[int, GalleryItem], ...]
    count: int


def gallery_change(
    before: Mapping[str, GalleryItem], items: Sequence[GalleryItem]
) -> GalleryChange:
    """From what is shown, in its order, to `items`; those that are in both stay in their order. On
    a worker: thousands are compared."""
    wanted = {item.job_id for item in items}
    removed = tuple(job_id for job_id in before if job_id not in wanted)
    if len(removed) > _MANY:
        return GalleryChange(tuple(before), tuple(enumerate(items)), len(items))
    put = tuple(
        (place, item) for place, item in enumerate(items) if before.get(item.job_id) != item
    )
    return GalleryChange(removed, put, len(items))
