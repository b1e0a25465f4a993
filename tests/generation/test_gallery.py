"""The history as a gallery: what is listed, deleted, brought back and done again."""

from pathlib import Path

import pytest

from aipaint.errors import AipaintError, UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.gallery import Gallery, GalleryFilter
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.history.records import JobStatus
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from tests.generation.workshop import do, edit, open_desk, photograph, picture_of
from tests.servers.images_api import ImagesApi

_MASK = Rect(30, 20, 40, 30)


def _done(desk: Desk, options: GenerateOptions) -> str:
    return do(Job(options, picture_of(photograph(96, 80), _MASK)), desk).job_id


def _gallery(desk: Desk, told: list[str] | None = None) -> Gallery:
    return Gallery(desk, lambda: (told if told is not None else []).append("changed"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "home", None)


_REMOVE = GenerateOptions(Operation.REMOVE, "offline")


def test_jobs_are_listed_newest_first_with_their_pictures(tmp_path: Path) -> None:
    with ImagesApi() as api:
        desk = open_desk(tmp_path / "home", api)
        first = _done(desk, _REMOVE)
        second = _done(desk, edit("a red barn", count=2))
    items = _gallery(desk).items(GalleryFilter.ALL, 10)
    assert [item.job_id for item in items] == [second, first]
    assert items[0].prompt == "a red barn"
    assert len(items[0].pictures) == 2
    assert all(path.read_bytes()[:4] == b"\x89PNG" for path in items[0].pictures)
    assert items[0].thumbnail is not None
    assert items[0].thumbnail.is_file()
    assert items[0].cost_micros
    assert items[1].cost_micros == 0
    assert [item.job_id for item in _gallery(desk).items(GalleryFilter.ALL, 1)] == [second]


def test_the_filter_parts_what_came_from_what_did_not(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with ImagesApi() as api:
        good = _done(open_desk(home, api), edit("a red barn"))
        desk = open_desk(home, api, {"AIE_BUDGET_DAILY_CAP": "0.0001"})
        bad = _done(desk, edit("a blue barn"))
    gallery = _gallery(desk)
    assert [one.job_id for one in gallery.items(GalleryFilter.SUCCEEDED, 9)] == [good]
    failed = gallery.items(GalleryFilter.FAILED, 9)
    assert [one.job_id for one in failed] == [bad]
    assert failed[0].status is JobStatus.BLOCKED_BUDGET
    assert failed[0].message
    assert not failed[0].pictures
    assert len(gallery.items(GalleryFilter.ALL, 9)) == 2


def test_words_are_searched_in_the_prompt_and_the_model(tmp_path: Path) -> None:
    with ImagesApi() as api:
        desk = open_desk(tmp_path / "home", api)
        barn = _done(desk, edit("a Red barn, 100% oak"))
        lake = _done(desk, edit("a lake"))
        gone = _done(desk, _REMOVE)

    def found(words: str, shown: GalleryFilter = GalleryFilter.ALL) -> list[str]:
        return [item.job_id for item in _gallery(desk).items(shown, 9, words)]

    assert found("red BARN") == [barn]
    assert found("barn lake") == []
    assert found("gpt-image") == [lake, barn]
    assert found("offline") == found("remove") == [gone]
    assert found("100%") == [barn]  # a sign of its own, not a wildcard
    assert found("_") == []
    assert found("  ") == [gone, lake, barn]
    assert found("barn", GalleryFilter.SUCCEEDED) == [barn]
    assert found("barn", GalleryFilter.FAILED) == []


def test_deleted_jobs_lie_in_the_trash_and_come_back(desk: Desk) -> None:
    told: list[str] = []
    gallery = _gallery(desk, told)
    job_id = _done(desk, _REMOVE)
    item = gallery.items(GalleryFilter.ALL, 9)[0]
    gallery.delete(job_id)
    assert gallery.items(GalleryFilter.ALL, 9) == ()
    assert not item.pictures[0].exists()
    gallery.bring_back((job_id,))
    assert gallery.items(GalleryFilter.ALL, 9) == (item,)
    assert item.pictures[0].is_file()
    assert told == ["changed", "changed"]


def test_clearing_leaves_what_is_open(desk: Desk) -> None:
    gallery = _gallery(desk)
    waiting = Job(_REMOVE, picture_of(photograph(96, 80), _MASK))
    from aipaint.generation.enter_job import enter_job

    enter_job(waiting, desk)
    ended = {_done(desk, _REMOVE) for _ in range(3)}
    assert set(gallery.clear()) == ended
    assert [item.job_id for item in gallery.items(GalleryFilter.ALL, 9)] == [waiting.id]
    assert gallery.items(GalleryFilter.ALL, 9)[0].is_open


def test_again_is_a_new_job_on_the_same_picture(desk: Desk) -> None:
    from aipaint.generation.stored_job import store_job

    gallery = _gallery(desk)
    first = Job(_REMOVE, picture_of(photograph(96, 80), _MASK))
    store_job(first, desk)
    do_it = gallery.again(first.id)
    assert do_it.id != first.id
    assert do_it.picture.mask.bounds() == _MASK
    assert do_it.options == first.options
    assert gallery.price(first.id) == 0


def test_what_cannot_be_done_again_says_why(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with ImagesApi() as api:
        desk = open_desk(home, api)
        from aipaint.generation.stored_job import store_job

        paid = Job(edit("a red barn"), picture_of(photograph(96, 80), _MASK))
        store_job(paid, desk)
        assert _gallery(desk).price(paid.id) > 0
    keyless = _gallery(open_desk(home, None))
    with pytest.raises(UsageError, match="key"):
        keyless.price(paid.id)
    with pytest.raises(AipaintError):
        keyless.again("0" * 32)
