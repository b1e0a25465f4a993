"""`aipaint jobs`: list, show, cancel, rerun, resume, delete, clear, on a real data folder."""

import json
import signal
import subprocess
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aipaint.app import make_desk, read_settings
from aipaint.cli.main import run
from aipaint.cli.workplace import Workplace
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job
from aipaint.generation.stored_job import store_job
from aipaint.history.records import JobStatus, JobStep, ResultUse
from aipaint.ledger.entry import EntryState, SpendRequest
from aipaint.pixels.encode import encode_image
from aipaint.pixels.rect import Rect
from tests.cli.shell import PATIENCE_SECONDS, Shell, shell_in
from tests.generation.workshop import QUIET, do, edit, open_desk, opened, photograph, picture_of
from tests.servers import images_api
from tests.servers.images_api import ImagesApi

_MASK = Rect(30, 20, 24, 20)
Tell = Callable[..., tuple[int, Any]]


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def tell(api: ImagesApi, home: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Runs a command as a process of its own would, but in this one; its code and its object."""
    environ = {
        **QUIET,
        "AIPAINT_HOME": str(home),
        "AIE_OPENAI_BASE_URL": api.url,
        "AIE_OPENAI_API_KEY": "sk-test-canary",
    }

    def told(*words: str) -> tuple[int, Any]:
        settings = read_settings(Namespace(), environ)
        capsys.readouterr()
        code = run(words, lambda _: Workplace(settings, make_desk, threading.Event()))
        said = capsys.readouterr()
        return code, json.loads(said.out) if "--json" in words else said.out

    return told


def _job(prompt: str = "a red barn") -> Job:
    return Job(edit(prompt), picture_of(photograph(96, 80), _MASK))


def _crashed(desk: Desk) -> None:
    """The desk's process is gone: its lock is free."""
    desk.close()


def test_a_job_is_done_again_from_what_was_stored_with_it(
    tell: Tell, api: ImagesApi, home: Path, tmp_path: Path
) -> None:
    first = do(_job(), open_desk(home, api))
    out = tmp_path / "again.png"
    code, again = tell("jobs", "rerun", first.job_id[:10], "--fresh", "-o", str(out), "--json")
    assert (code, again["status"], len(api.paid)) == (0, "succeeded", 2)
    assert again["job_id"] != first.job_id
    assert again["fingerprint"] == first.fingerprint
    assert api.paid[0].part("image").data == api.paid[1].part("image").data
    assert (opened(out) == opened(first.candidates[0].path)).all()
    assert open_desk(home, api).history.inbox()[0].id == first.job_id
    code, same = tell("jobs", "rerun", first.job_id, "-o", str(out), "--json")
    assert (code, same["duplicate_of"], len(api.paid)) == (0, again["job_id"], 2)


def test_a_waiting_job_of_a_dead_window_is_run_itself(
    tell: Tell, api: ImagesApi, home: Path, tmp_path: Path
) -> None:
    desk = open_desk(home, api)
    job = _job()
    enter_job(job, desk)
    store_job(job, desk)
    out = str(tmp_path / "out.png")
    code, refused = tell("jobs", "rerun", job.id, "-o", out, "--json")
    assert (code, api.paid) == (2, [])
    assert "window that is open" in refused["error"]["message"]
    _crashed(desk)
    code, done = tell("jobs", "rerun", job.id, "-o", out, "--json")
    assert (code, done["job_id"], done["status"]) == (0, job.id, "succeeded")
    code, shown = tell("jobs", "show", job.id, "--json")
    assert [one["outcome"] for one in shown["attempts"]] == ["answered"]
    assert (shown["step"], shown["result_use"]) == ("ended", "applied")


def test_resume_fetches_what_was_bought_and_says_what_is_uncertain(
    tell: Tell, api: ImagesApi, home: Path
) -> None:
    desk = open_desk(home, api)
    bought, lost, waiting = _job(), _job("lost"), _job("waiting")
    for job in (bought, lost, waiting):
        enter_job(job, desk)
        store_job(job, desk)
    for job in (bought, lost):
        _sent(job, desk)
    picture = encode_image(photograph(96, 80), ".png")
    desk.history.store_image(bought.id, "raw", picture, "png", 0, 0)
    _crashed(desk)
    code, said = tell("jobs", "resume", "--json")
    assert (code, api.paid) == (0, [])
    assert [one["status"] for one in said["resumed"]] == ["succeeded"]
    assert (said["uncertain"], said["paused"]) == ([lost.id], [waiting.id])
    assert said["sentence"].startswith(
        "2 jobs were in flight: 1 picked up again (no new charge), 1 uncertain ($0.03)."
    )
    assert (
        f"{lost.id[:8]}  may have cost $0.03: aipaint budget resolve" in tell("jobs", "resume")[1]
    )
    (item,) = open_desk(home, api).history.inbox()
    assert (item.id, item.result_use) == (bought.id, ResultUse.WAITING)


def test_a_job_whose_picture_is_lost_does_not_keep_the_others_from_their_end(
    tell: Tell, api: ImagesApi, home: Path
) -> None:
    desk = open_desk(home, api)
    jobs = (_job("first"), _job("second"))
    for job in jobs:
        enter_job(job, desk)
        store_job(job, desk)
        _sent(job, desk)
        picture = encode_image(photograph(96, 80), ".png")
        desk.history.store_image(job.id, "raw", picture, "png", 0, 0)
    desk.history.set_plan(jobs[0].id, {})
    _crashed(desk)
    code, said = tell("jobs", "resume", "--json")
    assert code == 7
    statuses = {one["job_id"]: one["status"] for one in said["resumed"]}
    assert statuses == {jobs[0].id: "failed", jobs[1].id: "succeeded"}
    later = open_desk(home, api)
    assert {entry.state for entry in later.ledger.entries(5)} == {EntryState.SETTLED}
    assert {item.id for item in later.history.inbox()} == {job.id for job in jobs}


def _sent(job: Job, desk: Desk) -> None:
    ask = SpendRequest(job.id, "openai", "gpt-image-2.5-flare", "edit", 30_000, job.id, True)
    held = desk.ledger.reserve(ask)
    desk.history.start(job.id)
    desk.history.describe(job.id, "gpt-image-2.5-flare", job.id, 30_000)
    desk.ledger.mark_sent(held)
    desk.history.step(job.id, JobStep.SENT)


def test_cancel_ends_what_a_dead_window_left_and_refuses_what_has_ended(
    tell: Tell, api: ImagesApi, home: Path
) -> None:
    desk = open_desk(home, api)
    waiting, sent = _job(), _job("sent")
    for job in (waiting, sent):
        enter_job(job, desk)
        store_job(job, desk)
    _sent(sent, desk)
    _crashed(desk)
    assert tell("jobs", "cancel", waiting.id, "--json")[1]["status"] == "cancelled"
    assert tell("jobs", "cancel", waiting.id)[0] == 2
    # The recovery that went before has found out that this one is uncertain.
    assert tell("jobs", "cancel", sent.id)[0] == 2
    assert open_desk(home, api).ledger.entries(5)[0].state is EntryState.UNKNOWN


def test_deleted_jobs_are_out_of_the_list_and_stay_in_the_ledger(
    tell: Tell, api: ImagesApi, home: Path
) -> None:
    desk = open_desk(home, api)
    first, second, third = (do(_job(word), desk) for word in ("one", "two", "three"))
    assert tell("jobs", "delete", first.job_id)[0] == 0
    listed = [job["id"] for job in tell("jobs", "list", "--json")[1]["jobs"]]
    assert listed == [third.job_id, second.job_id]
    assert tell("jobs", "clear", "--json")[1] == {"deleted_count": 2}
    assert tell("jobs", "list", "--json")[1]["jobs"] == []
    assert len(desk.ledger.entries(10)) == 3


def test_resolving_an_unknown_call_ends_its_job(tell: Tell, api: ImagesApi, home: Path) -> None:
    api.script(images_api.cuts())
    desk = open_desk(home, api)
    outcome = do(_job(), desk)
    assert outcome.status is JobStatus.UNKNOWN
    (entry,) = desk.ledger.entries(5)
    assert tell("budget", "resolve", str(entry.id), "--charged")[0] == 0
    shown = tell("jobs", "show", outcome.job_id, "--json")[1]
    assert (shown["status"], shown["error"]["charged"]) == ("failed", "yes")
    assert shown["actual_cost_usd"] == shown["estimated_cost_usd"]


def test_a_running_job_of_another_process_is_asked_to_end(
    api: ImagesApi, tell: Tell, home: Path, tmp_path: Path
) -> None:
    api.script(images_api.never_answers())
    shell: Shell = shell_in(tmp_path, api)
    running = subprocess.Popen(
        shell.command("edit", "photo.png", "a red barn", "--mask", "mask.png", "--json"),
        cwd=tmp_path,
        env=shell.surroundings(AIPAINT_HOME=str(home)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        api.wait_for_request(PATIENCE_SECONDS)
        (job,) = open_desk(home, api).history.jobs()
        code, said = tell("jobs", "cancel", job.id, "--json")
        out, _ = running.communicate(timeout=PATIENCE_SECONDS)
    finally:
        running.send_signal(signal.SIGKILL)
    assert (code, said["status"]) == (0, "cancelled")
    assert running.returncode == 5
    assert json.loads(out)["error"]["charged"] == "unknown"
