"""What was refused before it had a job: the same keys for scripts, and what it would have cost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.in_process import InProcess
from tests.cli.shell import shell_in
from tests.servers.images_api import ImagesApi

_KEYS = {
    "job_id", "status", "operation", "provider", "model", "fingerprint", "duplicate_of",
    "estimated_cost_usd", "actual_cost_usd", "cost_source", "images", "drift", "warnings", "error",
}  # fmt: skip
_EDIT = ("edit", "photo.png", "a red barn", "--mask", "mask.png", "--json")


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def here(
    tmp_path: Path,
    api: ImagesApi,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> InProcess:
    return InProcess(shell_in(tmp_path, api), monkeypatch, capsys)


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ((*_EDIT, "--option", "nonsense=1"), "usage", 2),
        ((*_EDIT, "--model", "nobody-knows"), "unpriced", 3),
        (("remove", "missing.png", "--mask", "mask.png", "--json"), "unreadable", 2),
        (("generate", "x", "--provider", "offline", "--json"), "usage", 2),
        (("cutout", "photo.png", "-o", "out.jpg", "--json"), "usage", 2),
    ],
)
def test_a_refused_operation_has_the_keys_of_one_that_ran(
    here: InProcess, api: ImagesApi, words: tuple[str, ...], kind: str, code: int
) -> None:
    said = here(*words)
    assert (said.code, set(said.json)) == (code, _KEYS)
    assert (said.json["operation"], said.json["status"]) == (words[0], "failed")
    assert (said.json["job_id"], said.json["images"]) == (None, [])
    assert said.json["error"]["kind"] == kind
    assert set(said.json["error"]) == {"kind", "message", "charged", "hint"}
    assert api.paid == []


def test_a_dear_call_says_what_it_would_cost(here: InProcess, api: ImagesApi) -> None:
    said = here(*_EDIT, "--quality", "max")
    assert (said.code, said.json["error"]["kind"]) == (3, "confirmation")
    assert float(said.json["estimated_cost_usd"]) >= 0.10
    assert said.json["actual_cost_usd"] is None
    assert api.paid == []


def test_a_refused_refine_has_its_words_too(here: InProcess) -> None:
    said = here("refine", "fox", "--provider", "offline", "--json")
    assert said.code == 2
    assert set(said.json) == _KEYS | {"prompt", "negative_prompt"}


def test_a_wrong_setting_is_told_in_the_same_keys(here: InProcess) -> None:
    said = here(*_EDIT, AIE_BUDGET_DAILY_CAP="much")
    assert (said.code, set(said.json)) == (2, _KEYS)
    assert "AIE_BUDGET_DAILY_CAP" in said.json["error"]["message"]


def test_other_commands_say_the_error_alone(here: InProcess) -> None:
    assert set(here("jobs", "rerun", "nobody", "--json").json) == _KEYS
    said = here("budget", "resolve", "99", "--charged", "--json")
    assert (said.code, list(said.json)) == (2, ["error"])
    assert "99" in said.json["error"]["message"]
