"""`refine`, `models`, references, streams, rehearsals and accounts from a shell."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aipaint.settings.account import AccountSetting
from aipaint.settings.save_settings import save_settings
from tests.cli.in_process import InProcess
from tests.cli.shell import Shell, shell_in
from tests.servers import images_api
from tests.servers.images_api import ImagesApi

_EDIT = ("edit", "photo.png", "a red barn", "--mask", "mask.png")
_OPERATION_KEYS = {
    "job_id", "status", "operation", "provider", "model", "fingerprint", "duplicate_of",
    "estimated_cost_usd", "actual_cost_usd", "cost_source", "images", "drift", "warnings", "error",
}  # fmt: skip


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, api: ImagesApi) -> Shell:
    return shell_in(tmp_path, api)


@pytest.fixture
def here(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> InProcess:
    return InProcess(shell, monkeypatch, capsys)


def _rows(shell: Shell, question: str) -> list[Any]:
    database = sqlite3.connect(shell.folder / "home" / "aipaint.db")
    try:
        return database.execute(question).fetchall()
    finally:
        database.close()


def test_refine_tells_scripts_everything_and_is_paid_through_the_guard(
    shell: Shell, api: ImagesApi
) -> None:
    said = shell("refine", "fox in snow", "--json", "-o", "prompt.txt")
    assert said.code == 0, said.err
    assert set(said.json) == _OPERATION_KEYS | {"prompt", "negative_prompt"}
    assert said.json["prompt"] == "a red fox in morning light"
    assert said.json["negative_prompt"] == "text"
    assert (said.json["actual_cost_usd"], said.json["cost_source"]) == ("0.000033", "usage")
    assert said.json["model"] == "gpt-5.4-nano"
    assert (shell.folder / "prompt.txt").read_text() == "a red fox in morning light\n"
    assert _rows(shell, "select operation, state, actual_micros from budget_ledger") == [
        ("refine", "settled", 33)
    ]
    assert _rows(shell, "select operation, status, prompt from jobs") == [
        ("refine", "succeeded", "fox in snow")
    ]
    again = shell("refine", "fox in snow", "--json")
    assert again.json["duplicate_of"] == said.json["job_id"]
    assert again.json["actual_cost_usd"] == "0.00"
    assert len(api.paid) == 1


def test_refine_for_people_and_by_another_model(here: InProcess, api: ImagesApi) -> None:
    said = here("refine", "fox", "--seed", "4", AIE_REFINE_MODEL="gpt-4o-mini")
    assert said.code == 0, said.err
    assert said.out.splitlines() == ["a red fox in morning light", "Avoid: text"]
    assert "Spent $0.001" in said.err
    assert "no use for --seed" in said.err
    assert api.paid[0].json["model"] == "gpt-4o-mini"
    other = here("refine", "fox", "--model", "gpt-4o-mini-2024", "--instructions", "Be brief.")
    assert other.code == 0, other.err
    assert api.paid[1].json["messages"][0]["content"] == "Be brief."


@pytest.mark.parametrize(
    ("behavior", "code", "charged"),
    [
        (images_api.wrong_key(), 4, "no"),
        (images_api.cuts(), 5, "unknown"),
        (images_api.malformed_json(), 7, "yes"),
    ],
)
def test_refine_fails_with_the_exit_code_of_what_it_cost(
    here: InProcess, api: ImagesApi, behavior: images_api.Behavior, code: int, charged: str
) -> None:
    api.script_chat(behavior)
    said = here("refine", "fox", "--json")
    assert said.code == code
    assert said.json["error"]["charged"] == charged
    assert said.json["prompt"] == ""


def test_refine_is_refused_before_anything_is_sent(here: InProcess, api: ImagesApi) -> None:
    assert here("refine", "fox", "--model", "unheard-of").code == 3
    assert here("refine", "fox", "--provider", "replicate").code == 2
    assert here("refine", "fox", "--provider", "nobody").code == 2
    bare = here("refine", "fox", AIE_OPENAI_API_KEY="")
    assert bare.code == 2
    assert "AIE_OPENAI_API_KEY" in bare.err
    assert here("refine", "fox", AIE_BUDGET_DAILY_CAP="0.0001").code == 3
    assert api.received == []


def test_models_are_listed_once_and_say_what_they_can(here: InProcess, api: ImagesApi) -> None:
    said = here("models", "--json")
    assert said.code == 0, said.err
    rows = {(row["provider"], row["id"]): row for row in said.json["models"]}
    assert set(rows["openai", "gpt-image-2"]) == {"id", "provider", "operations", "retires_at"}
    assert rows["openai", "gpt-5.4-nano"]["operations"] == ["refine"]
    assert "upscale" in rows["rehearsal", "rehearsal"]["operations"]
    assert {provider for provider, _ in rows} >= {"offline", "openai", "replicate", "rehearsal"}
    here("models", "--provider", "openai")
    assert len(api.received) == 1
    here("models", "--provider", "openai", "--fresh")
    assert len(api.received) == 2


def test_references_are_sent_and_make_another_purchase(here: InProcess, api: ImagesApi) -> None:
    plain = here(*_EDIT, "--json", "-o", "a.png")
    with_style = here(*_EDIT, "--reference", "mask.png", "--json", "-o", "b.png")
    assert with_style.code == 0, with_style.err
    names = [part.name for part in api.paid[1].parts if part.filename]
    assert names == ["image[]", "image[]", "mask"]
    assert with_style.json["duplicate_of"] is None
    assert with_style.json["fingerprint"] != plain.json["fingerprint"]
    assert float(with_style.json["estimated_cost_usd"]) > float(plain.json["estimated_cost_usd"])
    assert here(*_EDIT, "--reference", "missing.png").code == 2


def test_a_stream_is_asked_for_as_an_option_and_costs_its_pictures(
    here: InProcess, api: ImagesApi
) -> None:
    plain = here("estimate", *_EDIT[:3], "--json")
    priced = here("estimate", *_EDIT[:3], "--option", "partial_images=2", "--json")
    difference = float(priced.json["estimated_cost_usd"]) - float(plain.json["estimated_cost_usd"])
    assert round(difference, 6) == 0.006  # 200 tokens at $30 a million
    api.script(images_api.streams())
    said = here(*_EDIT, "--option", "partial_images=2", "-o", "out.png", "--json")
    assert said.code == 0, said.err
    assert api.paid[0].fields["partial_images"] == "2"
    assert len(said.json["images"]) == 1
    plainly = here(*_EDIT, "-o", "out.png", "--json")
    assert plainly.json["duplicate_of"] == said.json["job_id"]  # the same picture, shown otherwise


@pytest.mark.parametrize(
    ("fail", "code", "status"),
    [
        ("moderation", 4, "failed"),
        ("timeout", 5, "unknown"),
        ("wrong_bytes", 7, "failed"),
        ("fewer", 0, "succeeded"),
    ],
)
def test_a_rehearsal_costs_nothing_and_fails_as_asked(
    here: InProcess, fail: str, code: int, status: str
) -> None:
    words = ("--provider", "rehearsal", "--option", "delay=0", "--option", f"fail={fail}")
    said = here(*_EDIT, *words, "--count", "2", "-o", "out.png", "--json")
    assert (said.code, said.json["status"]) == (code, status)
    assert said.json["estimated_cost_usd"] == "0.00"
    assert here(*_EDIT, "--provider", "rehearsal", "--option", "fail=never").code == 2


def test_an_account_is_a_provider_of_its_own_name(shell: Shell, here: InProcess) -> None:
    with ImagesApi(dialect="sdcpp") as local:
        account = AccountSetting("mine", preset="sdcpp", base_url=local.url)
        (shell.folder / "home").mkdir(exist_ok=True)
        save_settings(shell.folder / "home" / "settings.toml", {}, accounts=[account])
        said = here(*_EDIT, "--provider", "mine", "--seed", "3", "-o", "out.png", "--json")
        assert said.code == 0, said.err
        assert (said.json["provider"], said.json["cost_source"]) == ("mine", "free")
        assert said.json["model"] == "sd-cpp-local"
        assert "sd_cpp_extra_args" in local.paid[0].fields["prompt"]
        assert here("refine", "fox", "--provider", "mine").code == 2
    other = AccountSetting("work", base_url="https://openrouter.ai/api/v1")
    save_settings(shell.folder / "home" / "settings.toml", {}, accounts=[other])
    blocked = here("estimate", "generate", "x", "--provider", "work", "--model", "a/b")
    assert blocked.code == 3
    assert "--provider work" in blocked.err
    words = ("prices", "set", "a/b", "--ceiling", "0.05", "--provider", "work")
    assert here(*words).code == 0
    priced = here("estimate", "generate", "x", "--provider", "work", "--model", "a/b", "--json")
    assert priced.json["estimated_cost_usd"] == "0.05"
    (shell.folder / "home" / "settings.toml").write_text('[[accounts]]\nname = "openai"\n')
    assert here("models").code == 2
