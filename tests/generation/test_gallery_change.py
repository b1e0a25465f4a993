"""What is done to a list of jobs makes it the wanted one, and touches nothing else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from aipaint.generation.gallery import GalleryItem
from aipaint.generation.gallery_change import gallery_change
from aipaint.history.records import JobStatus


def _item(number: int, cost: int) -> GalleryItem:
    return GalleryItem(
        job_id=str(number),
        label="",
        prompt="",
        operation="edit",
        provider="",
        model="",
        status=JobStatus.SUCCEEDED,
        message="",
        when_micros=-number,
        cost_micros=cost,
        pictures=(),
        thumbnail=None,
    )


_LISTS = st.dictionaries(st.integers(0, 30), st.integers(0, 1)).map(
    lambda found: [_item(number, found[number]) for number in sorted(found)]
)


@given(_LISTS, _LISTS)
def test_what_is_shown_becomes_what_is_wanted(
    before: list[GalleryItem], wanted: list[GalleryItem]
) -> None:
    """As the panel does it, row by row."""
    change = gallery_change({item.job_id: item for item in before}, wanted)
    rows = [item for item in before if item.job_id not in change.removed]
    for place, item in change.put:
        ids = [row.job_id for row in rows]
        if item.job_id in ids:
            rows[ids.index(item.job_id)] = item
        else:
            rows.insert(place, item)
    assert rows == wanted
    assert change.count == len(wanted)
    touched = {item.job_id for _, item in change.put}
    assert all(item.job_id not in touched for item in wanted if item in before)


def test_another_picture_of_the_same_job_is_a_change() -> None:
    item = _item(1, 0)
    again = replace(item, picture_hash="b")
    assert gallery_change({"1": item}, [again]).put == ((0, again),)


def test_if_nearly_all_goes_the_rest_is_made_anew() -> None:
    before = {str(number): _item(number, 0) for number in range(500)}
    wanted = list(before.values())[::50]
    change = gallery_change(before, wanted)
    assert change.removed == tuple(before)
    assert [item for _, item in change.put] == wanted
