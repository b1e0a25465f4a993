"""Defects of an earlier program, each shown to be absent on the whole way from job to meter."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, JobOutcome
from aipaint.history.records import JobStatus
from aipaint.ledger.entry import CostSource, EntryState
from aipaint.ledger.errors import BudgetBlocked, BudgetPaused, UnpricedModel
from aipaint.ledger.guard import Envelope, EnvelopeKind, Fuse
from aipaint.ledger.report import ReportBy
from aipaint.pixels.rect import Rect
from tests.generation.workshop import QUIET, do, edit, open_desk, photograph, picture_of
from tests.ledger.rig import ask
from tests.servers import images_api
from tests.servers.images_api import ImagesApi, pictures

PICTURE = picture_of(photograph(320, 240), Rect(80, 60, 100, 90))
DEAR = {"input_tokens": 1130, "output_tokens": 3000, "total_tokens": 4130}


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def desk(api: ImagesApi, tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "home", api)


def buy(desk: Desk, prompt: str = "a red barn", project: str = "", **more: object) -> JobOutcome:
    return do(Job(edit(prompt, **more), PICTURE, project=project), desk)


def capped(desk: Desk, usd_micros: int) -> None:
    """A daily cap of this much, as the window sets it."""
    caps = desk.ledger.guard.caps
    day = replace(caps.day, limit_micros=usd_micros)
    desk.ledger.set_guard(replace(desk.ledger.guard, caps=replace(caps, day=day)), source="window")


def test_1_todays_spending_counts_against_todays_cap(desk: Desk, api: ImagesApi) -> None:
    first = buy(desk)
    assert first.actual_micros is not None
    assert first.estimated_micros is not None
    capped(desk, first.actual_micros + first.estimated_micros - 1)
    second = buy(desk, "a tin barn")
    assert second.status is JobStatus.BLOCKED_BUDGET
    assert isinstance(second.error, BudgetBlocked)
    assert second.error.period == "day"
    assert len(api.paid) == 1
    assert second.error.left_micros == first.estimated_micros - 1


def test_2_two_jobs_at_once_cannot_both_pass_a_check(desk: Desk, api: ImagesApi) -> None:
    estimate = desk.estimate(PICTURE, edit()).micros
    capped(desk, 2 * estimate - 1)
    api.script(images_api.never_answers(), images_api.never_answers())
    jobs = [Job(edit(f"a barn, {number}"), PICTURE) for number in range(2)]
    outcomes: list[JobOutcome] = []
    threads = [
        threading.Thread(target=lambda job=job: outcomes.append(do(job, desk))) for job in jobs
    ]
    for thread in threads:
        thread.start()
    api.wait_for_request()
    for job in jobs:
        job.cancelled.set()
    for thread in threads:
        thread.join()
    assert len(api.paid) == 1
    assert desk.ledger.status().caps[1].used_micros <= 2 * estimate - 1


def test_3_a_lost_answer_is_not_free(desk: Desk, api: ImagesApi) -> None:
    api.script(images_api.server_error())
    outcome = buy(desk)
    (entry,) = desk.ledger.entries(9)
    assert (outcome.status, entry.state) == (JobStatus.UNKNOWN, EntryState.UNKNOWN)
    assert desk.ledger.status().caps[1].unknown_micros == outcome.estimated_micros
    assert len(api.paid) == 1  # and it was not asked for again


def test_4_the_actual_cost_is_the_providers_not_the_estimate(desk: Desk) -> None:
    outcome = buy(desk)
    assert outcome.cost_source is CostSource.USAGE
    assert outcome.actual_micros == 14_830
    assert outcome.estimated_micros != outcome.actual_micros
    (row,) = desk.ledger.report(ReportBy.DAY)
    assert row.settled_micros == 14_830


def test_4_a_cost_above_the_rule_is_said_and_raises_the_next_estimate(
    desk: Desk, api: ImagesApi
) -> None:
    api.script(pictures(usage=DEAR))
    first = buy(desk, quality="low")
    assert first.actual_micros is not None
    assert first.estimated_micros is not None
    assert first.actual_micros > first.estimated_micros
    assert any("more than the" in warning for warning in first.warnings)
    quote = desk.estimate(PICTURE, edit("another", quality="low"))
    assert quote.micros == first.actual_micros
    assert quote.seen is not None
    assert quote.seen.words() == "your last one: $0.10"
    assert desk.estimate(PICTURE, edit("another", quality="low", count=2)).micros >= (
        2 * first.actual_micros
    )
    assert desk.estimate(PICTURE, edit("another", quality="high")).seen is None


def test_5_edits_are_priced_by_quality_and_what_has_no_price_is_blocked(
    desk: Desk, api: ImagesApi
) -> None:
    by_quality = [
        desk.estimate(PICTURE, edit(quality=quality)).micros
        for quality in ("low", "medium", "high", "xhigh", "max")
    ]
    assert by_quality == sorted(set(by_quality))
    outcome = buy(desk, model="an-unheard-of-model")
    assert isinstance(outcome.error, UnpricedModel)
    assert api.paid == []


def test_6_another_letter_is_another_picture(desk: Desk, api: ImagesApi) -> None:
    buy(desk, "write HELLO")
    capped(desk, 1)
    other = buy(desk, "write hello")
    assert isinstance(other.error, BudgetBlocked)  # it was about to be bought
    again = buy(desk, "write HELLO")
    assert again.duplicate_of is not None
    assert again.actual_micros == 0
    assert len(api.paid) == 1


def test_10_a_day_is_the_users_own(desk: Desk) -> None:
    desk.ledger.reserve(ask(100))
    (entry,) = desk.ledger.entries(9)
    assert entry.local_day == desk.clock().astimezone().date().isoformat()
    today = date.fromisoformat(entry.local_day)
    assert desk.ledger.report(ReportBy.DAY, since=today + timedelta(days=1)) == []


def test_what_is_paused_sends_nothing_until_a_person_goes_on(desk: Desk, api: ImagesApi) -> None:
    estimate = desk.estimate(PICTURE, edit()).micros
    fuse = replace(desk.ledger.guard, fuse=Fuse(estimate, 10))
    desk.ledger.set_guard(fuse, source="window")
    assert buy(desk).status is JobStatus.SUCCEEDED
    blocked = buy(desk, "a tin barn")
    assert (blocked.status, type(blocked.error)) == (JobStatus.BLOCKED_BUDGET, BudgetPaused)
    assert len(api.paid) == 1
    assert len(desk.ledger.resume_spending()) == 1
    assert desk.ledger.status().pauses == ()


def test_a_projects_envelope_is_for_its_own_jobs(desk: Desk, api: ImagesApi) -> None:
    envelopes = (Envelope(EnvelopeKind.PROJECT, "poster", 20_000),)
    desk.ledger.set_guard(replace(desk.ledger.guard, envelopes=envelopes), source="window")
    blocked = buy(desk, project="poster", quality="max")
    assert isinstance(blocked.error, BudgetBlocked)
    assert (blocked.error.period, blocked.error.name) == ("project", "poster")
    assert api.paid == []
    desk.ledger.reserve(ask(900_000))  # without the project, nothing is in its way
    assert desk.ledger.status().envelopes[0].used_micros == 0


def test_receipts_add_up_to_the_meter_after_every_kind_of_end(desk: Desk, api: ImagesApi) -> None:
    api.script(pictures(), images_api.server_error(), images_api.wrong_key())
    for prompt in ("one", "two", "three"):
        buy(desk, prompt)
    receipts = desk.ledger.receipts()
    assert [receipt.entry.state for receipt in reversed(receipts)] == [
        EntryState.SETTLED,
        EntryState.UNKNOWN,
        EntryState.RELEASED,
    ]
    meter = desk.ledger.status().caps[1].used_micros
    assert sum(receipt.counts_micros for receipt in receipts) == meter > 0
    assert desk.ledger.audit() == ()


def test_the_rate_limit_counts_every_desk_on_the_folder(api: ImagesApi, tmp_path: Path) -> None:
    limited = {**QUIET, "AIE_RATE_LIMIT_SECONDS": "60"}
    one, two = (open_desk(tmp_path / "home", api, limited) for _ in range(2))
    assert buy(one).status is JobStatus.SUCCEEDED
    refused = buy(two, "a tin barn")
    assert refused.error is not None
    assert refused.error.kind == "rate_limit"
    assert len(api.paid) == 1
