"""The main job against a real server on loopback: what is sent, kept, spent and changed."""

import base64
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.generation.desk import Desk
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.history.records import JobStatus
from aipaint.ledger.entry import CostSource, EntryState
from aipaint.pixels.coverage import feather_inside
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.request import Operation
from tests.generation.workshop import QUIET, do, edit, open_desk, opened, photograph, picture_of
from tests.servers import images_api
from tests.servers.images_api import ImagesApi, pictures

_MASK = Rect(300, 200, 120, 90)


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def desk(api: ImagesApi, tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "home", api)


def _states(desk: Desk) -> list[EntryState]:
    return [entry.state for entry in desk.ledger.entries(100)]


def test_a_server_that_repaints_everything_changes_nothing_outside_the_mask(
    desk: Desk, api: ImagesApi
) -> None:
    rgba = photograph(800, 600)
    outcome = do(Job(edit(), picture_of(rgba, _MASK), original=rgba), desk)
    assert outcome.status is JobStatus.SUCCEEDED
    result = opened(desk.history.absolute(outcome.images[0]))
    inside = np.zeros((600, 800), bool)
    inside[_MASK.slices(Rect(0, 0, 800, 600))] = True
    assert (result[~inside] == rgba[~inside]).all()
    assert tuple(result[245, 360][:3]) == images_api.PAINT
    assert outcome.candidates[0].drift > 0.9


def test_the_feather_lies_inside_the_mask(desk: Desk) -> None:
    rgba = photograph(800, 600)
    outcome = do(Job(edit(feather_pixels=8), picture_of(rgba, _MASK), original=rgba), desk)
    result = opened(desk.history.absolute(outcome.images[0])).astype(int)
    coverage = picture_of(rgba, _MASK).mask.read(Rect(0, 0, 800, 600))
    soft = feather_inside(coverage, 8)[..., None] / 255
    expected = rgba[..., :3] * (1 - soft) + np.array(images_api.PAINT) * soft
    assert np.abs(result[..., :3] - expected).max() <= 1.6
    assert (soft[_MASK.y, _MASK.x : _MASK.right] < 0.5).all()


def test_the_request_is_what_the_images_api_wants(desk: Desk, api: ImagesApi) -> None:
    rgba = photograph(800, 600)
    do(Job(edit(), picture_of(rgba, _MASK)), desk)
    (sent,) = api.paid
    names = [part.name for part in sent.parts]
    assert names.count("image") == 1
    assert names.count("mask") == 1
    assert "response_format" not in sent.fields
    image, mask = opened(sent.part("image").data), opened(sent.part("mask").data)
    assert image.shape == mask.shape
    height, width = image.shape[:2]
    assert sent.fields["size"] == f"{width}x{height}"
    assert width % 16 == 0
    assert height % 16 == 0
    assert width * height >= 655_360
    assert (image[:600, :800] == rgba).all()
    change = np.zeros((height, width), bool)
    change[_MASK.slices(Rect(0, 0, width, height))] = True
    assert (mask[change] == (255, 255, 255, 0)).all()
    assert (mask[~change] == (0, 0, 0, 255)).all()
    assert sent.headers["Authorization"] == "Bearer sk-test-canary"


def test_rows_files_and_ledger_are_there_and_the_price_is_settled_from_usage(
    desk: Desk, api: ImagesApi
) -> None:
    outcome = do(Job(edit(), picture_of(photograph(800, 600), _MASK)), desk)
    job = desk.history.job(outcome.job_id)
    assert job is not None
    assert (job.status, job.prompt, job.model) == (
        JobStatus.SUCCEEDED, "a red barn", "gpt-image-2.5-flare",
    )  # fmt: skip
    assert job.fingerprint == outcome.fingerprint
    # 30 text, 1100 image tokens in and 196 out at $5, $8 and $30 per million
    assert job.actual_micros == 30 * 5 + 1100 * 8 + 196 * 30 == 14_830
    (entry,) = desk.ledger.entries(10)
    assert (entry.state, entry.actual_micros) == (EntryState.SETTLED, 14_830)
    assert entry.cost_source is CostSource.USAGE
    assert entry.sent_at is not None
    roles = sorted(image.role for image in desk.history.images(outcome.job_id))
    assert roles == ["input", "mask", "raw", "result"]
    for image in desk.history.images(outcome.job_id):
        assert desk.history.absolute(image).is_file()
    thumbnail = desk.history.images(outcome.job_id, "result")[0].thumbnail_path
    assert thumbnail is not None
    assert (desk.history.absolute(outcome.images[0]).parents[2] / thumbnail).is_file()


def test_all_pictures_that_were_bought_are_kept(desk: Desk, api: ImagesApi) -> None:
    outcome = do(Job(edit(count=3), picture_of(photograph(800, 600), _MASK)), desk)
    assert len(outcome.candidates) == 3
    raw = desk.history.images(outcome.job_id, "raw")
    assert len(raw) == 3
    sent = tuple(int(side) for side in api.paid[0].fields["size"].split("x"))
    assert {(image.width, image.height) for image in raw} == {sent}
    assert api.paid[0].fields["n"] == "3"


def test_a_result_of_another_size_is_fitted_back_without_stretching(
    desk: Desk, api: ImagesApi
) -> None:
    rgba = photograph(1024, 1024)
    mask = Rect(400, 400, 200, 200)
    api.script(pictures(size=(512, 512)), pictures(size=(1536, 1024)))
    same_shape = do(Job(edit(), picture_of(rgba, mask), original=rgba), desk)
    other_shape = do(Job(edit("other"), picture_of(rgba, mask), original=rgba), desk)
    assert same_shape.warnings == ()
    assert any("1536" in warning for warning in other_shape.warnings)
    for outcome in (same_shape, other_shape):
        result = opened(desk.history.absolute(outcome.images[0]))
        outside = np.ones((1024, 1024), bool)
        outside[mask.slices(Rect(0, 0, 1024, 1024))] = False
        assert (result[outside] == rgba[outside]).all()


def test_a_small_mask_in_a_large_photograph_sends_a_small_crop_at_full_detail(
    desk: Desk, api: ImagesApi
) -> None:
    rgba = photograph(3000, 2000)
    mask = Rect(2500, 1500, 200, 200)
    outcome = do(Job(edit(), picture_of(rgba, mask), original=rgba), desk)
    sent = opened(api.paid[0].part("image").data)
    assert sent.shape[0] * sent.shape[1] < 1_000_000
    x, y = outcome.candidates[0].rect.x, outcome.candidates[0].rect.y
    height, width = sent.shape[:2]
    assert (sent == rgba[y : y + height, x : x + width]).all()
    result = opened(desk.history.absolute(outcome.images[0]))
    assert tuple(result[1600, 2600][:3]) == images_api.PAINT
    assert (result[:1500] == rgba[:1500]).all()


def test_half_transparent_pixels_outside_the_mask_stay_as_they_were(desk: Desk) -> None:
    rgba = photograph(900, 800)
    rgba[..., 3] = np.random.default_rng(1).integers(0, 256, (800, 900), np.uint8)
    outcome = do(Job(edit(), picture_of(rgba, _MASK), original=rgba), desk)
    result = opened(desk.history.absolute(outcome.images[0]))
    outside = np.ones((800, 900), bool)
    outside[_MASK.slices(Rect(0, 0, 900, 800))] = False
    assert (result[outside] == rgba[outside]).all()


def test_offline_remove_costs_nothing_and_touches_only_the_mask(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "home", None)
    rgba = photograph(500, 400)
    mask = Rect(200, 150, 60, 50)
    options = GenerateOptions(Operation.REMOVE, "offline", feather_pixels=0)
    outcome = do(Job(options, picture_of(rgba, mask), original=rgba), desk)
    result = opened(desk.history.absolute(outcome.images[0]))
    inside = np.zeros((400, 500), bool)
    inside[mask.slices(Rect(0, 0, 500, 400))] = True
    assert (result[~inside] == rgba[~inside]).all()
    assert (result[inside] != rgba[inside]).any()
    (entry,) = desk.ledger.entries(10)
    assert (entry.state, entry.actual_micros, entry.cost_source) == (
        EntryState.SETTLED, 0, CostSource.FREE,
    )  # fmt: skip


def test_the_same_request_is_not_bought_twice_unless_asked_to(desk: Desk, api: ImagesApi) -> None:
    picture = picture_of(photograph(800, 600), _MASK)
    first = do(Job(edit(), picture), desk)
    again = do(Job(edit(), picture), desk)
    assert (again.duplicate_of, again.actual_micros) == (first.job_id, 0)
    third = do(Job(edit(), picture), desk)
    assert third.duplicate_of == first.job_id  # not the one that only used its pictures
    assert len(again.candidates) == 1
    assert len(api.paid) == 1
    fresh = do(Job(edit(is_fresh=True), picture), desk)
    other_letter = do(Job(edit("A red barn"), picture), desk)
    assert fresh.duplicate_of is other_letter.duplicate_of is None
    assert len(api.paid) == 3


def test_a_cap_blocks_before_anything_is_sent(api: ImagesApi, tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "home", api, {**QUIET, "AIE_BUDGET_DAILY_CAP": "0.001"})
    outcome = do(Job(edit(), picture_of(photograph(800, 600), _MASK)), desk)
    assert outcome.status is JobStatus.BLOCKED_BUDGET
    assert outcome.error is not None
    assert "daily cap" in outcome.error.message
    assert api.paid == []
    assert _states(desk) == []
    job = desk.history.job(outcome.job_id)
    assert job is not None
    assert job.status is JobStatus.BLOCKED_BUDGET


@pytest.mark.parametrize(
    ("behavior", "charged", "status", "state"),
    [
        (images_api.wrong_key, Charged.NO, JobStatus.FAILED, EntryState.RELEASED),
        (images_api.no_quota, Charged.NO, JobStatus.FAILED, EntryState.RELEASED),
        (images_api.moderated, Charged.NO, JobStatus.FAILED, EntryState.RELEASED),
        (images_api.server_error, Charged.UNKNOWN, JobStatus.UNKNOWN, EntryState.UNKNOWN),
        (images_api.cuts, Charged.UNKNOWN, JobStatus.UNKNOWN, EntryState.UNKNOWN),
        (images_api.malformed_json, Charged.YES, JobStatus.FAILED, EntryState.SETTLED),
        (images_api.no_image, Charged.YES, JobStatus.FAILED, EntryState.SETTLED),
    ],
)
def test_every_failure_puts_the_money_right(
    desk: Desk, api: ImagesApi, behavior: object, charged: Charged, status: JobStatus,
    state: EntryState,
) -> None:  # fmt: skip
    assert callable(behavior)
    api.script(behavior())
    outcome = do(Job(edit(), picture_of(photograph(800, 600), _MASK)), desk)
    assert isinstance(outcome.error, ProviderError)
    assert (outcome.error.charged, outcome.status) == (charged, status)
    assert _states(desk) == [state]
    assert len(api.paid) == 1
    job = desk.history.job(outcome.job_id)
    assert job is not None
    assert job.error is not None
    assert job.error["charged"] == charged.value


def test_bytes_that_cannot_be_used_are_kept(desk: Desk, api: ImagesApi) -> None:
    api.script(images_api.no_image())
    outcome = do(Job(edit(), picture_of(photograph(800, 600), _MASK)), desk)
    kept = [desk.history.absolute(image) for image in desk.history.images(outcome.job_id, "raw")]
    assert [path.read_bytes() for path in kept] == [b"this is a text and not a picture"]


def test_a_picture_that_would_fill_the_memory_is_kept_and_not_opened(
    desk: Desk, api: ImagesApi
) -> None:
    out = io.BytesIO()
    Image.new("1", (6000, 5000)).save(out, "PNG")  # a few kilobytes
    data = [{"b64_json": base64.b64encode(out.getvalue()).decode()}]
    api.script(images_api.fixed(200, json.dumps({"data": data}).encode()))
    outcome = do(Job(edit(), picture_of(photograph(96, 80), Rect(30, 20, 24, 20))), desk)
    assert outcome.status is JobStatus.FAILED
    assert "6000 x 5000 pixels" in str(outcome.error)
    (raw,) = desk.history.images(outcome.job_id, "raw")
    assert desk.history.absolute(raw).read_bytes() == out.getvalue()
    assert desk.ledger.entries(1)[0].state is EntryState.SETTLED


def test_cancel_after_sending_is_cancelled_with_the_money_in_doubt(
    desk: Desk, api: ImagesApi
) -> None:
    api.script(images_api.never_answers())
    job = Job(edit(), picture_of(photograph(800, 600), _MASK))

    def cancel_when_sent() -> None:
        api.wait_for_request()
        job.cancelled.set()

    watcher = threading.Thread(target=cancel_when_sent)
    watcher.start()
    outcome = do(job, desk)
    watcher.join()
    assert outcome.status is JobStatus.CANCELLED
    assert _states(desk) == [EntryState.UNKNOWN]


def test_cancel_before_sending_gives_the_money_back(desk: Desk, api: ImagesApi) -> None:
    job = Job(edit(), picture_of(photograph(800, 600), _MASK))
    job.cancelled.set()
    outcome = do(job, desk)
    assert outcome.status is JobStatus.CANCELLED
    assert _states(desk) == [EntryState.RELEASED]
    assert api.paid == []


def test_a_bug_in_a_provider_leaves_no_money_reserved(
    desk: Desk, api: ImagesApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.providers["openai"], "predict", broken)
    with pytest.raises(ZeroDivisionError):
        do(Job(edit(), picture_of(photograph(800, 600), _MASK)), desk)
    assert _states(desk) == [EntryState.RELEASED]


def test_zero_usage_keeps_the_estimate_and_says_so(desk: Desk, api: ImagesApi) -> None:
    api.script(pictures(usage=images_api.ZERO_USAGE))
    outcome = do(Job(edit(), picture_of(photograph(800, 600), _MASK)), desk)
    assert outcome.cost_source is CostSource.ESTIMATE
    assert outcome.actual_micros == outcome.estimated_micros


def test_no_key_reaches_the_database_or_a_file(desk: Desk, api: ImagesApi, tmp_path: Path) -> None:
    api.script(images_api.wrong_key())
    do(Job(edit(), picture_of(photograph(800, 600), _MASK)), desk)
    do(Job(edit("more"), picture_of(photograph(800, 600), _MASK)), desk)
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not [path for path in files if b"sk-test-canary" in path.read_bytes()]
    assert "sk-test-canary" not in json.dumps(str(desk.providers))
