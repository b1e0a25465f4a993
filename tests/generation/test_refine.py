"""Refining goes through the guard like every purchase: held, sent, settled, in the history."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.errors import UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.generation.refine import RefineAsk, refine_price, refine_provider, run_refine
from aipaint.generation.refine_offer import refine_offer
from aipaint.generation.refine_text import DEFAULT_INSTRUCTIONS, read_refined
from aipaint.history.records import JobStatus
from aipaint.ledger.entry import CostSource, EntryState
from aipaint.ledger.price import Tier
from aipaint.ledger.tiers import Tiers
from tests.generation.workshop import open_desk, quiet
from tests.servers import images_api
from tests.servers.images_api import ImagesApi

ASK = RefineAsk("fox in snow", "openai")
ROOT = Path(__file__).parents[2]


class Place:
    """Where a server of another process is."""

    def __init__(self, url: str) -> None:
        self.url = url


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, api: ImagesApi) -> Desk:
    return open_desk(tmp_path, api)


def test_an_idea_becomes_a_prompt_and_is_settled_by_its_tokens(desk: Desk, api: ImagesApi) -> None:
    refined = run_refine(ASK, desk, quiet)
    assert refined.error is None
    assert (refined.prompt, refined.negative_prompt) == ("a red fox in morning light", "text")
    # 40 tokens at $0.20 and 20 at $1.25 a million
    assert (refined.actual_micros, refined.cost_source) == (33, CostSource.USAGE)
    assert refined.estimated_micros is not None
    assert refined.estimated_micros >= 33
    (entry,) = desk.ledger.entries(9)
    assert (entry.state, entry.operation, entry.model) == (
        EntryState.SETTLED, "refine", "gpt-5.4-nano",
    )  # fmt: skip
    record = desk.history.job(refined.job_id)
    assert record is not None
    assert (record.status, record.prompt) == (JobStatus.SUCCEEDED, "fox in snow")
    sent = api.received[0].json["messages"]
    assert [message["content"] for message in sent] == [DEFAULT_INSTRUCTIONS, "fox in snow"]


def test_the_same_question_is_answered_from_the_history(desk: Desk, api: ImagesApi) -> None:
    first = run_refine(ASK, desk, quiet)
    for _ in range(2):
        again = run_refine(ASK, desk, quiet)
        assert again.duplicate_of == first.job_id
        assert (again.prompt, again.actual_micros) == (first.prompt, 0)
    assert len(api.paid) == 1
    fresh = run_refine(replace(ASK, is_fresh=True), desk, quiet)
    assert fresh.duplicate_of is None
    other = run_refine(replace(ASK, instructions="Be brief."), desk, quiet)
    assert other.duplicate_of is None
    assert len(api.paid) == 3


def test_a_cap_blocks_it_and_nothing_is_sent(tmp_path: Path, api: ImagesApi) -> None:
    desk = open_desk(tmp_path, api, {"AIE_BUDGET_DAILY_CAP": "0.0001"})
    refined = run_refine(ASK, desk, quiet)
    assert refined.status is JobStatus.BLOCKED_BUDGET
    assert refined.error is not None
    assert refined.error.kind == "budget"
    assert api.received == []


def test_it_is_not_rate_limited(tmp_path: Path, api: ImagesApi) -> None:
    desk = open_desk(tmp_path, api, {"AIE_RATE_LIMIT_SECONDS": "600"})
    asks = [run_refine(replace(ASK, intent=f"idea {n}"), desk, quiet) for n in range(3)]
    assert [refined.status for refined in asks] == [JobStatus.SUCCEEDED] * 3


@pytest.mark.parametrize(
    ("behavior", "status", "state"),
    [
        (images_api.wrong_key(), JobStatus.FAILED, EntryState.RELEASED),
        (images_api.server_error(), JobStatus.UNKNOWN, EntryState.UNKNOWN),
        (images_api.malformed_json(), JobStatus.FAILED, EntryState.SETTLED),
    ],
)
def test_a_failure_puts_the_money_right(
    desk: Desk, api: ImagesApi, behavior: images_api.Behavior, status: JobStatus, state: EntryState
) -> None:
    api.script_chat(behavior)
    refined = run_refine(ASK, desk, quiet)
    assert refined.status is status
    assert refined.prompt == ""
    assert [entry.state for entry in desk.ledger.entries(9)] == [state]


def test_a_cancel_beforehand_sends_nothing(desk: Desk, api: ImagesApi) -> None:
    cancelled = threading.Event()
    cancelled.set()
    refined = run_refine(ASK, desk, quiet, cancelled)
    assert refined.status is JobStatus.CANCELLED
    assert api.received == []
    assert [entry.state for entry in desk.ledger.entries(9)] == [EntryState.RELEASED]


def test_zero_usage_is_settled_at_the_estimate(desk: Desk, api: ImagesApi) -> None:
    api.script_chat(images_api.pictures(usage=images_api.ZERO_USAGE))
    refined = run_refine(ASK, desk, quiet)
    assert refined.cost_source is CostSource.ESTIMATE
    assert refined.actual_micros == refined.estimated_micros


def test_the_estimate_counts_the_instructions_and_is_a_bound(desk: Desk) -> None:
    short = refine_price(ASK, desk).micros
    long = refine_price(replace(ASK, instructions="word " * 1000), desk).micros
    assert long > short
    assert short >= 4_000 * 1.25  # the longest answer alone


def test_who_refines(desk: Desk, tmp_path: Path) -> None:
    assert refine_provider(desk) == "openai"
    assert refine_provider(open_desk(tmp_path / "bare", None)) == ""
    with pytest.raises(UsageError, match="words no prompts"):
        refine_price(replace(ASK, provider="replicate"), desk)
    rehearsed = run_refine(replace(ASK, provider="rehearsal"), desk, quiet)
    assert "rehearsal" in rehearsed.prompt
    assert rehearsed.actual_micros == 0


@pytest.mark.parametrize(
    ("step", "status", "state"),
    [
        ("sent", JobStatus.UNKNOWN, EntryState.UNKNOWN),
        ("fetched", JobStatus.FAILED, EntryState.SETTLED),
    ],
)
def test_a_killed_program_leaves_the_money_right(
    tmp_path: Path, api: ImagesApi, step: str, status: JobStatus, state: EntryState
) -> None:
    script = f"""
import os, sys
from dataclasses import replace
from pathlib import Path
from tests.generation.workshop import open_desk, quiet
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.generation.refine import RefineAsk, run_refine
from tests.generation.test_refine import Place
desk = open_desk(Path({str(tmp_path)!r}), Place({api.url!r}))
def reached(name):
    if name == {step!r}:
        os._exit(9)
run_refine(RefineAsk("fox", "openai"), replace(desk, reached=reached), quiet)
"""
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 9
    desk = open_desk(tmp_path, api)
    recover_jobs(desk)
    (record,) = desk.history.jobs(9)
    (entry,) = desk.ledger.entries(9)
    assert (record.status, entry.state) == (status, state)
    if state is EntryState.SETTLED:
        assert entry.actual_micros == 33
        assert record.error is not None
        assert record.error["charged"] == "yes"


def test_an_empty_idea_is_refused(desk: Desk, api: ImagesApi) -> None:
    refined = run_refine(replace(ASK, intent="  "), desk, quiet)
    assert isinstance(refined.error, UsageError)
    assert api.received == []


@pytest.mark.parametrize(
    ("answer", "prompt", "negative"),
    [
        ('{"prompt": "a fox", "negative_prompt": "fog"}', "a fox", "fog"),
        ('```json\n{"prompt": "a fox", "negative_prompt": ""}\n```', "a fox", ""),
        ('<think>{not json}</think> {"prompt": " a fox "} done', "a fox", "mine"),
        ("A fox in snow.", "A fox in snow.", "mine"),
        ('{"negative_prompt": "fog"}', '{"negative_prompt": "fog"}', "mine"),
        ('{"prompt": 5}', '{"prompt": 5}', "mine"),
    ],
)
def test_answers_are_understood(answer: str, prompt: str, negative: str) -> None:
    found = read_refined(answer, "mine")
    assert (found.prompt, found.negative_prompt) == (prompt, negative)


@given(st.text() | st.text(alphabet='{}"[]: \\promt,'))
def test_no_answer_is_too_odd(answer: str) -> None:
    assert isinstance(read_refined(answer).prompt, str)


def test_the_offer_names_who_paid_and_what(desk: Desk, api: ImagesApi) -> None:
    assert refine_offer(ASK, desk) is None
    first = run_refine(ASK, desk, quiet)
    again = run_refine(replace(ASK, job_id="a" * 32), desk, quiet)
    assert (again.job_id, again.duplicate_of) == ("a" * 32, first.job_id)
    offer = refine_offer(ASK, desk)
    assert offer is not None
    assert (offer.job_id, offer.cost_micros, offer.words) == (
        first.job_id, first.actual_micros, first.prompt,
    )  # fmt: skip
    assert str(offer).startswith("The same was bought a moment ago for $0.0")
    assert str(offer).endswith("take its words, or buy new ones.")
    for other in (
        replace(ASK, is_fresh=True),
        replace(ASK, intent="a bear"),
        replace(ASK, provider="rehearsal"),
    ):
        assert refine_offer(other, desk) is None
    assert len(api.paid) == 1


def test_the_tier_goes_by_the_limits_that_are_set(desk: Desk) -> None:
    assert refine_price(ASK, desk).tier is Tier.LOW
    desk.ledger.set_guard(replace(desk.ledger.guard, tiers=Tiers(1_000, 2_000)), source="a test")
    assert refine_price(ASK, desk).tier is Tier.HIGH
