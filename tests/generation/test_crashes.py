"""kill -9 of a real process at each step of a job, and what the next start makes of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aipaint.generation.desk import Desk
from aipaint.generation.recover_jobs import Recovered, recover_jobs
from aipaint.generation.resume_job import resume_job
from aipaint.generation.run_job import run_job
from aipaint.generation.stored_job import stored_job
from aipaint.generation.unknown_outcomes import look_up_unknown, resolve_unknown, unknown_outcomes
from aipaint.history.records import JobRecord, JobStatus, ResultUse
from aipaint.ledger.entry import CostSource, EntryState
from tests.generation.workshop import QUIET, open_desk, quiet
from tests.servers.images_api import ImagesApi
from tests.servers.replicate_api import ReplicateApi

STEPS = {
    "openai": (
        "entered", "prepared", "reserved", "sent", "answered", "arrived", "fetched", "settled",
        "ended",
    ),
    "offline": ("entered", "prepared", "reserved", "arrived", "fetched", "settled", "ended"),
    "replicate": (
        "entered", "prepared", "reserved", "sent", "answered", "accepted", "arrived", "fetched",
        "settled", "ended",
    ),
}  # fmt: skip
CASES = [(provider, step) for provider, steps in STEPS.items() for step in steps]
UNCERTAIN = [("openai", "sent"), ("openai", "answered"), ("replicate", "sent")]


@pytest.fixture(scope="module")
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture(scope="module")
def replicate() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        yield server


@pytest.fixture
def reopen(api: ImagesApi, replicate: ReplicateApi) -> Callable[[Path], Desk]:
    """What the next start of the program has."""
    reached = {
        **QUIET,
        "AIE_REPLICATE_BASE_URL": replicate.url,
        "AIE_REPLICATE_API_TOKEN": "r8_test0123456789",
    }
    return lambda home: open_desk(home, api, reached)


@pytest.fixture(scope="module")
def homes(
    api: ImagesApi, replicate: ReplicateApi, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """A data folder per case, each left by a process that was killed at its step; how many
    purchases the server saw of it is in its file `paid`."""
    folder = tmp_path_factory.mktemp("crashes")
    homes = {case: folder / "-".join(case) for case in CASES}
    asked = [
        {"home": str(home), "provider": provider, "step": step}
        for (provider, step), home in homes.items()
    ]
    environ = {
        **os.environ,
        **QUIET,
        "AIE_OPENAI_BASE_URL": api.url,
        "AIE_OPENAI_API_KEY": "sk-test-canary",
        "AIE_REPLICATE_BASE_URL": replicate.url,
        "AIE_REPLICATE_API_TOKEN": "r8_test0123456789",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    seen = 0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.generation.dying", json.dumps(asked)],
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as dying:
        assert dying.stdout is not None
        for home, line in zip(homes.values(), dying.stdout, strict=True):
            assert line.strip() == str(int(signal.SIGKILL)), f"nobody died in {home.name}"
            bought = len(api.paid) + len(replicate.orders)
            (home / "paid").write_text(str(bought - seen))
            seen = bought
    assert dying.returncode == 0
    return homes


@pytest.fixture
def left(homes: dict[tuple[str, str], Path], tmp_path: Path) -> Callable[[str, str], Path]:
    """A copy of what the process of a case left."""

    def copied(provider: str, step: str) -> Path:
        home = tmp_path / f"{provider}-{step}"
        shutil.copytree(homes[provider, step], home)
        return home

    return copied


def _only_job(desk: Desk) -> JobRecord:
    (record,) = desk.history.jobs()
    return record


def _fetch(recovered: Recovered, desk: Desk) -> None:
    for record in recovered.resumable:
        resume_job(stored_job(record, desk), record, desk, quiet)


def _start_what_waits(recovered: Recovered, desk: Desk) -> None:
    """A person's doing."""
    for record in recovered.paused:
        desk.history.set_paused(record.id, is_paused=False)
        run_job(stored_job(record, desk), desk, quiet)


@pytest.mark.parametrize(("provider", "step"), CASES)
def test_killed_at_a_step_nothing_is_bought_twice_and_nothing_is_lost(
    left: Callable[[str, str], Path],
    reopen: Callable[[Path], Desk],
    api: ImagesApi,
    replicate: ReplicateApi,
    provider: str,
    step: str,
) -> None:
    home = left(provider, step)
    paid_before = int((home / "paid").read_text())
    desk = reopen(home)
    bought_before = len(api.paid) + len(replicate.orders)
    recovered = recover_jobs(desk)
    _fetch(recovered, desk)
    look_up_unknown(desk, threading.Event(), quiet)
    bought = len(api.paid) + len(replicate.orders)
    assert bought == bought_before, "a start bought something by itself"
    _start_what_waits(recovered, desk)
    record = _only_job(desk)
    paid = paid_before + len(api.paid) + len(replicate.orders) - bought_before
    if step == "entered":
        assert record.status is JobStatus.FAILED
        assert paid == 0
    elif (provider, step) in UNCERTAIN:
        assert record.status is JobStatus.UNKNOWN
        (held,) = desk.ledger.open_entries()
        assert held.state is EntryState.UNKNOWN
        assert "1 uncertain ($0." in recovered.sentence
    else:
        assert record.status is JobStatus.SUCCEEDED
        assert paid == (0 if provider == "offline" else 1)
        assert desk.ledger.open_entries() == []
        assert len(desk.history.images(record.id, "raw")) == 1
        assert len(desk.history.images(record.id, "result")) == 1
        use = ResultUse.NONE if provider == "offline" else ResultUse.WAITING
        assert record.result_use is use
    assert desk.ledger.audit() == ()
    again = recover_jobs(desk)
    assert (again.paused, again.resumable, again.uncertain) == ((), (), ())


def test_a_crash_between_the_answer_and_the_books_keeps_the_exact_figure(
    left: Callable[[str, str], Path], api: ImagesApi
) -> None:
    desk = open_desk(left("openai", "fetched"), api)
    _fetch(recover_jobs(desk), desk)
    (entry,) = desk.ledger.entries(5)
    assert (entry.actual_micros, entry.cost_source) == (14_830, CostSource.USAGE)
    desk = open_desk(left("openai", "arrived"), api)
    _fetch(recover_jobs(desk), desk)
    (entry,) = desk.ledger.entries(5)
    assert (entry.actual_micros, entry.cost_source) == (entry.reserved_micros, CostSource.ESTIMATE)


@pytest.mark.parametrize("charged", [True, False])
def test_what_nobody_knows_is_decided_by_a_person(
    left: Callable[[str, str], Path], api: ImagesApi, charged: bool
) -> None:
    desk = open_desk(left("openai", "answered" if charged else "sent"), api)
    recover_jobs(desk)
    (unknown,) = unknown_outcomes(desk)
    assert not unknown.can_check
    resolve_unknown(desk, unknown.ledger_id, charged=charged)
    record = _only_job(desk)
    assert record.status is JobStatus.FAILED
    assert record.error is not None
    assert record.error["charged"] == ("yes" if charged else "no")
    (entry,) = desk.ledger.entries(5)
    assert entry.state is (EntryState.SETTLED if charged else EntryState.RELEASED)
    assert unknown_outcomes(desk) == ()
