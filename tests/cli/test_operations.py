"""`edit`, `remove`, `generate` from a shell: files, JSON, exit codes, the bill."""

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.pixels.rect import Rect
from tests.cli.shell import MASK, PATIENCE_SECONDS, Shell, shell_in
from tests.generation.workshop import opened
from tests.servers import images_api
from tests.servers.images_api import ImagesApi

_EDIT = ("edit", "photo.png", "a red barn", "--mask", "mask.png")
_JSON_KEYS = {
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


def _ledger(shell: Shell) -> list[tuple[str, int | None]]:
    database = sqlite3.connect(shell.folder / "home" / "aipaint.db")
    try:
        return database.execute("select state, actual_micros from budget_ledger").fetchall()
    finally:
        database.close()


def _outside() -> np.ndarray:
    outside = np.ones((480, 640), bool)
    outside[MASK.slices(Rect(0, 0, 640, 480))] = False
    return outside


def test_edit_writes_the_picture_and_tells_scripts_everything(shell: Shell, api: ImagesApi) -> None:
    said = shell(*_EDIT, "-o", "out.png", "--json")
    assert said.code == 0, said.err
    assert set(said.json) == _JSON_KEYS
    assert (said.json["status"], said.json["operation"]) == ("succeeded", "edit")
    assert (said.json["actual_cost_usd"], said.json["cost_source"]) == ("0.01483", "usage")
    (image,) = said.json["images"]
    assert (image["width"], image["height"]) == (640, 480)
    assert Path(image["path"]).read_bytes() == (shell.folder / "out.png").read_bytes()
    before, after = opened(shell.folder / "photo.png"), opened(shell.folder / "out.png")
    assert (before[_outside()] == after[_outside()]).all()
    assert tuple(after[200, 260][:3]) == images_api.PAINT
    assert _ledger(shell) == [("settled", 14_830)]
    assert len(api.paid) == 1


def test_remove_needs_no_key_and_names_its_own_result(tmp_path: Path) -> None:
    shell = shell_in(tmp_path, None)
    said = shell("remove", "photo.png", "--mask", "mask.png")
    assert said.code == 0, said.err
    assert said.out.split() == ["photo-remove.png"]
    before, after = opened(tmp_path / "photo.png"), opened(tmp_path / "photo-remove.png")
    assert (before[_outside()] == after[_outside()]).all()
    assert (before != after).any()
    assert "Nothing was spent" in said.err
    again = shell("remove", "photo.png", "--mask", "mask.png")
    assert again.out.split() == ["photo-remove-2.png"]


def test_generate_writes_every_picture_that_was_bought(shell: Shell, api: ImagesApi) -> None:
    said = shell("generate", "a tree", "--count", "2", "--size", "1024x768", "-o", "tree.webp")
    assert said.code == 0, said.err
    assert said.out.split() == ["tree.webp", "tree-2.webp"]
    assert opened(shell.folder / "tree-2.webp").shape[:2] == (768, 1024)
    assert api.paid[0].json["size"] == "1024x768"
    assert "response_format" not in api.paid[0].json


def test_a_duplicate_is_returned_at_no_cost(shell: Shell, api: ImagesApi) -> None:
    first = shell(*_EDIT, "-o", "a.png", "--json").json
    again = shell(*_EDIT, "-o", "b.png", "--json")
    assert again.code == 0
    assert (again.json["duplicate_of"], again.json["actual_cost_usd"]) == (first["job_id"], "0.00")
    assert (shell.folder / "a.png").read_bytes() == (shell.folder / "b.png").read_bytes()
    assert len(api.paid) == 1
    assert shell(*_EDIT, "-o", "c.png", "--fresh").code == 0
    assert len(api.paid) == 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("edit", "missing.png", "x", "--mask", "mask.png"), "missing.png"),
        (("edit", "text.png", "x", "--mask", "mask.png"), "text.png"),
        (("edit", "photo.png", "x", "--mask", "small.png"), "640x480"),
        (("edit", "photo.png", "x", "--mask", "black.png"), "black"),
        (("edit", "photo.png", "x", "--provider", "nobody"), "nobody"),
        (("edit", "photo.png", "x", "--provider", "offline"), "offline"),
        (("edit", "photo.png", "   "), "prompt"),
        (("edit", "photo.png", "x", "--model", "gpt-image-1"), "gpt-image"),
        (("edit", "photo.png", "x", "-o", "no-such-folder/out.png"), "no-such-folder"),
        (("edit", "photo.png", "x", "-o", "out.txt"), "out.txt"),
        (("edit", "photo.png", "x", "--quality", "superb"), "superb"),
        (("edit", "photo.png", "x", "--option", "nonsense"), "nonsense"),
        (("edit", "photo.png", "x", "--count", "99"), "10"),
        (("generate", "x", "--size", "tall"), "tall"),
        (("remove", "photo.png"), "--mask"),
        (("edit",), "IMAGE"),
    ],
)
def test_bad_input_is_one_sentence_exit_2_and_nothing_sent(
    shell: Shell, api: ImagesApi, words: tuple[str, ...], part: str
) -> None:
    (shell.folder / "text.png").write_text("not a picture")
    Image.new("L", (10, 10), 255).save(shell.folder / "small.png")
    Image.new("L", (640, 480), 0).save(shell.folder / "black.png")
    said = shell(*words)
    assert said.code == 2
    assert part in said.err
    assert said.out == ""
    assert len([line for line in said.err.splitlines() if line.startswith("aipaint")]) == 1
    assert api.paid == []
    if (shell.folder / "home" / "aipaint.db").exists():
        assert _ledger(shell) == []


def test_without_a_key_it_says_how_to_add_one(tmp_path: Path) -> None:
    said = shell_in(tmp_path, None)("edit", "photo.png", "x", "--mask", "mask.png")
    assert said.code == 2
    assert "AIE_OPENAI_API_KEY" in said.err


def test_an_unreachable_server_costs_nothing(shell: Shell, api: ImagesApi) -> None:
    said = shell(*_EDIT, "--json", "--openai-base-url", "http://127.0.0.1:9/v1")
    assert said.code == 4
    assert said.json["error"]["charged"] == "no"
    assert _ledger(shell) == [("released", 0)]


def test_a_malformed_setting_is_named(shell: Shell) -> None:
    said = shell("budget", "status", AIE_BUDGET_DAILY_CAP="lots")
    assert said.code == 2
    assert "AIE_BUDGET_DAILY_CAP" in said.err


@pytest.mark.parametrize(
    ("behavior", "code", "charged", "state"),
    [
        (images_api.moderated, 4, "no", "released"),
        (images_api.server_error, 5, "unknown", "unknown"),
        (images_api.no_image, 7, "yes", "settled"),
    ],
)
def test_exit_codes_say_what_became_of_the_money(
    shell: Shell, api: ImagesApi, behavior: object, code: int, charged: str, state: str
) -> None:
    assert callable(behavior)
    api.script(behavior())
    said = shell(*_EDIT, "--json")
    assert said.code == code
    assert said.json["error"]["charged"] == charged
    assert [row[0] for row in _ledger(shell)] == [state]
    assert not (shell.folder / "photo-edit.png").exists()


def test_a_dear_call_needs_yes(shell: Shell, api: ImagesApi) -> None:
    dear = (*_EDIT, "--quality", "max")
    said = shell(*dear)
    assert said.code == 3
    assert "--yes" in said.err
    assert api.paid == []
    assert shell(*dear, "--yes", "-o", "out.png").code == 0


def test_a_cap_blocks_and_the_job_says_so(shell: Shell, api: ImagesApi) -> None:
    said = shell(*_EDIT, "--json", AIE_BUDGET_SESSION_CAP="0.001")
    assert said.code == 3
    assert said.json["status"] == "blocked_budget"
    assert "session cap" in said.json["error"]["message"]
    assert api.paid == []


def test_the_rate_limit_says_how_long_to_wait(shell: Shell, api: ImagesApi) -> None:
    assert shell(*_EDIT).code == 0
    said = shell("edit", "photo.png", "other", "--mask", "mask.png", AIE_RATE_LIMIT_SECONDS="60")
    assert said.code == 3
    assert "seconds" in said.err
    assert len(api.paid) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_after_sending_is_exit_5_and_unknown(
    shell: Shell, api: ImagesApi, number: signal.Signals
) -> None:
    api.script(images_api.never_answers())
    process = subprocess.Popen(
        shell.command(*_EDIT),
        cwd=shell.folder,
        env=shell.surroundings(),
        stderr=subprocess.PIPE,
        text=True,
    )
    api.wait_for_request()
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 5, err
    assert "may still be charged" in err
    assert _ledger(shell) == [("unknown", None)]
