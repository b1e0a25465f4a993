"""The main job with Replicate from a shell: files, rows, cost, exit codes, options of the model."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aipaint.pixels.rect import Rect
from tests.cli.in_process import InProcess
from tests.cli.shell import MASK, Shell, shell_in
from tests.generation.workshop import opened
from tests.servers import replicate_orders as service
from tests.servers.replicate_api import ReplicateApi
from tests.servers.replicate_painter import PAINT

_EDIT = ("edit", "photo.png", "a red barn", "--mask", "mask.png", "--provider", "replicate")
_TOKEN = "r8_canary0123456789"


@pytest.fixture
def api() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, api: ReplicateApi) -> Shell:
    made = shell_in(tmp_path, None)
    mine = {"AIE_REPLICATE_BASE_URL": api.url, "AIE_REPLICATE_API_TOKEN": _TOKEN}
    return replace(made, environ={**made.environ, **mine})


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


def test_edit_orders_follows_and_fetches_and_pays_by_the_time_it_ran(
    shell: Shell, api: ReplicateApi
) -> None:
    words = ("--option", "prompt_strength=0.7", "--option", "scheduler=DDIM", "--seed", "7")
    said = shell(*_EDIT, *words, "-o", "out.png", "--json")
    assert said.code == 0, said.err
    found = said.json
    assert (found["status"], found["model"]) == ("succeeded", "stability-ai/sdxl")
    # 2.5 seconds at 975 micro-dollars.
    assert (found["actual_cost_usd"], found["cost_source"]) == ("0.002438", "time")
    sent = api.orders[0]["input"]
    assert (sent["prompt_strength"], sent["scheduler"], sent["seed"]) == (0.7, "DDIM", 7)
    before, after = opened(shell.folder / "photo.png"), opened(shell.folder / "out.png")
    outside = np.ones((480, 640), bool)
    outside[MASK.slices(Rect(0, 0, 640, 480))] = False
    assert (before[outside] == after[outside]).all()
    assert (before[200, 260] != after[200, 260]).any()
    ledger = _rows(shell, "select state, actual_micros, cost_source, provider from budget_ledger")
    assert ledger == [("settled", 2_438, "time", "replicate")]
    jobs = _rows(shell, "select status, provider, model, remote_id, actual_micros from jobs")
    assert jobs == [
        ("succeeded", "replicate", "stability-ai/sdxl", next(iter(api.predictions)), 2_438)
    ]
    raw = _rows(shell, "select path from images where role = 'raw'")
    assert len(raw) == 1
    picture = opened(shell.folder / "home" / raw[0][0])
    assert (
        tuple(picture[picture.shape[0] // 2, picture.shape[1] // 2][:3]) != PAINT or picture.any()
    )
    kept = [path.read_bytes() for path in (shell.folder / "home").rglob("*") if path.is_file()]
    assert not any(_TOKEN.encode() in data for data in kept)


def test_an_official_model_is_paid_by_the_picture(here: InProcess, api: ReplicateApi) -> None:
    said = here(
        *_EDIT,
        "--model",
        "black-forest-labs/flux-fill-dev",
        "--count",
        "2",
        "-o",
        "a.png",
        "--yes",
        "--json",
    )
    assert said.code == 0, said.err
    assert (said.json["actual_cost_usd"], said.json["cost_source"]) == ("0.10", "usage")
    assert len(said.json["images"]) == 2
    assert tuple(opened(Path("a.png"))[200, 260][:3]) == PAINT


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--option", "prompt_strenght=0.7"), "prompt_strength"),
        (("--option", "prompt_strength=2"), "0 to 1"),
        (("--option", "scheduler=FAST"), "DDIM"),
        (("--option", "num_outputs=3"), "--count"),
        (("--model", "flux"), "owner/name"),
        (("--count", "9"), "1 to 4"),
    ],
)
def test_a_wrong_option_is_exit_2_and_nothing_is_sent(
    here: InProcess, api: ReplicateApi, words: tuple[str, ...], part: str
) -> None:
    said = here(*_EDIT, *words)
    assert said.code == 2, said.err
    assert part in said.err
    assert api.received == []


@pytest.mark.parametrize(
    ("order", "code", "ledger"),
    [
        (service.no_credit(), 4, [("released", 0)]),
        (service.server_error(), 5, [("unknown", None)]),
        (service.aborted(), 4, [("released", 0)]),
        (service.expired(), 7, [("settled", 2_438)]),
        (service.moderated(), 7, [("settled", 2_438)]),
    ],
)
def test_exit_codes_and_rows_say_what_it_cost(
    shell: Shell,
    here: InProcess,
    api: ReplicateApi,
    order: service.Order,
    code: int,
    ledger: list[Any],
) -> None:
    api.script(order)
    said = here(*_EDIT, "-o", "out.png")
    assert said.code == code, said.err
    assert _rows(shell, "select state, actual_micros from budget_ledger") == ledger
    assert not (shell.folder / "out.png").exists()


def test_without_a_key_it_says_how_to_add_one(here: InProcess, api: ReplicateApi) -> None:
    said = here(*_EDIT, AIE_REPLICATE_API_TOKEN="")
    assert said.code == 2
    assert "AIE_REPLICATE_API_TOKEN" in said.err
    other = here(*_EDIT, "-o", "out.png", AIE_REPLICATE_API_TOKEN="", REPLICATE_API_TOKEN=_TOKEN)
    assert other.code == 0, other.err


def test_variations_need_no_words(here: InProcess, api: ReplicateApi) -> None:
    said = here("variations", "photo.png", "--provider", "replicate", "-o", "v.png", "--json")
    assert said.code == 0, said.err
    assert api.orders[0]["input"]["prompt"] == "another version of the same picture"
    assert here("edit", "photo.png", "", "--provider", "replicate").code == 2


def test_a_model_by_name_needs_a_ceiling_and_then_works(here: InProcess, api: ReplicateApi) -> None:
    uri = {"type": "string", "format": "uri"}
    fields = {"prompt": {"type": "string"}, "img": uri, "mask": uri, "steps": {"type": "integer"}}
    schema = {"components": {"schemas": {"Input": {"properties": fields}}}}
    api.models["somebody/painter"] = {"latest_version": {"id": "cd" * 32, "openapi_schema": schema}}
    words = (*_EDIT, "--model", "somebody/painter", "-o", "out.png")
    assert here(*words).code == 3
    assert here(*words, "--option", "stebs=4").code == 2
    assert api.paid == []
    ceiling = ("prices", "set", "somebody/painter", "--ceiling", "0.05", "--provider", "replicate")
    assert here(*ceiling).code == 0
    said = here(*words, "--option", "steps=4", "--json")
    assert said.code == 0, said.err
    assert (said.json["actual_cost_usd"], said.json["cost_source"]) == ("0.05", "estimate")
    assert api.orders[0]["input"]["steps"] == 4


def test_models_lists_the_presets(here: InProcess) -> None:
    said = here("models", "--provider", "replicate", "--json")
    found = {model["id"]: model["operations"] for model in said.json["models"]}
    assert found["nightmareai/real-esrgan"] == ["upscale"]
    assert found["851-labs/background-remover"] == ["cutout"]
    assert found["bria/eraser"] == ["remove"]


def test_remove_takes_the_eraser_unless_told_otherwise(here: InProcess, api: ReplicateApi) -> None:
    words = ("remove", "photo.png", "--mask", "mask.png", "--provider", "replicate", "-o", "o.png")
    said = here(*words, "--json")
    assert said.code == 0, said.err
    assert said.json["model"] == "bria/eraser"
    assert set(api.orders[0]["input"]) == {"image", "mask"}
