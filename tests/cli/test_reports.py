"""`estimate`, `budget`, `jobs`, `models`, `prices`, `selftest`, `--help`."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.in_process import InProcess
from tests.cli.shell import Shell, shell_in
from tests.servers import images_api
from tests.servers.images_api import ImagesApi

_EDIT = ("edit", "photo.png", "a red barn", "--mask", "mask.png")


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, api: ImagesApi) -> Shell:
    return shell_in(tmp_path, api)


def test_an_estimate_spends_nothing_and_is_what_the_job_reserves(
    shell: Shell, api: ImagesApi
) -> None:
    quote = shell("estimate", *_EDIT, "--json")
    assert quote.code == 0, quote.err
    assert set(quote.json) == {
        "operation", "provider", "model", "estimated_cost_usd", "tier", "parts", "source", "as_of",
    }  # fmt: skip
    assert api.paid == []
    assert shell(*_EDIT, "--json").json["estimated_cost_usd"] == quote.json["estimated_cost_usd"]
    assert sum(float(part["usd"]) for part in quote.json["parts"]) == pytest.approx(
        float(quote.json["estimated_cost_usd"])
    )


def test_an_estimate_says_what_the_model_will_not_do(shell: Shell, api: ImagesApi) -> None:
    said = shell("estimate", *_EDIT, "--seed", "7", "--negative", "fog", "--json")
    assert said.code == 0, said.err
    assert said.json["estimated_cost_usd"]
    assert "note: No seed on this model" in said.err
    assert "note: The negative prompt becomes a last sentence" in said.err
    assert "note: The mask is only advice" in said.err
    assert "note:" not in shell("estimate", "remove").err
    assert not api.paid


def test_an_estimate_needs_no_files(shell: Shell) -> None:
    assert shell("estimate", "generate", "a tree", "--size", "1024x1024").code == 0
    assert "free" in shell("estimate", "remove").out


def test_budget_status_adds_up(shell: Shell) -> None:
    assert shell(*_EDIT).code == 0
    caps = shell("budget", "status", "--json", AIE_BUDGET_DAILY_CAP="2.5").json["caps"]
    assert [cap["period"] for cap in caps] == ["session", "day", "month"]
    day = caps[1]
    assert (day["cap_usd"], day["settled_usd"], day["left_usd"], day["source"]) == (
        "2.50", "0.01483", "2.48517", "environment",
    )  # fmt: skip
    assert set(day) == {
        "period", "cap_usd", "settled_usd", "reserved_usd", "unknown_usd", "left_usd",
        "resets_at", "source",
    }  # fmt: skip
    unlimited = shell("budget", "status", "--json", AIE_BUDGET_DAILY_CAP="0").json["caps"][1]
    assert unlimited["left_usd"] is None


def test_an_unknown_outcome_is_resolved_by_hand(shell: Shell, api: ImagesApi) -> None:
    api.script(images_api.server_error())
    assert shell(*_EDIT).code == 5
    (entry,) = shell("budget", "ledger", "--json").json["entries"]
    assert entry["state"] == "unknown"
    assert shell("budget", "resolve", str(entry["id"]), "--not-charged").code == 0
    (entry,) = shell("budget", "ledger", "--json").json["entries"]
    assert entry["state"] == "released"
    assert shell("budget", "resolve", "999", "--charged").code != 0


def test_jobs_are_listed_and_shown(shell: Shell) -> None:
    job_id = shell(*_EDIT, "--json").json["job_id"]
    (job,) = shell("jobs", "list", "--json").json["jobs"]
    assert (job["id"], job["status"], job["prompt"]) == (job_id, "succeeded", "a red barn")
    shown = shell("jobs", "show", job_id[:8], "--json").json
    assert {image["role"] for image in shown["images"]} == {"input", "mask", "raw", "result"}
    assert all(Path(image["path"]).is_file() for image in shown["images"])
    assert "a red barn" in shell("jobs", "list").out
    assert shell("jobs", "show", "ffffffff").code == 2
    assert shell("jobs", "list", "--status", "odd").code == 2


def test_models_are_known_without_a_key_and_listed_with_one(shell: Shell, tmp_path: Path) -> None:
    rows = shell("models", "--json").json["models"]
    assert {"id", "provider", "operations", "retires_at"} == set(rows[0])
    assert {row["provider"] for row in rows} == {"offline", "openai", "replicate", "rehearsal"}
    keyless = shell("models", "--json", AIE_OPENAI_API_KEY="")
    assert keyless.code == 0
    assert any(row["id"] == "gpt-image-2.5-flare" for row in keyless.json["models"])


def test_a_model_without_a_price_is_blocked_until_a_ceiling_is_set(
    shell: Shell, api: ImagesApi
) -> None:
    strange = (*_EDIT, "--model", "strange-painter", "--json")
    said = shell(*strange)
    assert said.code == 3
    assert "aipaint prices set strange-painter" in said.err
    assert api.paid == []
    assert shell("prices", "set", "strange-painter", "--ceiling", "0.05").code == 0
    said = shell(*strange)
    assert said.code == 0, said.err
    assert said.json["estimated_cost_usd"] == "0.05"
    assert "strange-painter" in shell("prices", "list").out


@pytest.mark.parametrize("amount", ["much", "-1", "nan", "1e400", "10000.01"])
def test_a_ceiling_is_an_amount_that_can_be_meant(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], amount: str
) -> None:
    said = InProcess(shell, monkeypatch, capsys)("prices", "set", "x", "--ceiling", amount)
    assert (said.code, said.out) == (2, "")
    assert amount in said.err
    assert not (shell.folder / "home" / "prices.toml").exists()


def test_prices_can_be_asked_for_before_there_is_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = InProcess(shell_in(tmp_path, None), monkeypatch, capsys)
    edit = here("estimate", *_EDIT, "--json").json
    assert (edit["operation"], edit["provider"], edit["tier"]) == ("edit", "openai", "medium")
    refine = here("estimate", "refine", "fox in snow", "--json").json
    assert set(refine) == set(edit)
    assert (refine["operation"], refine["model"]) == ("refine", "gpt-5.4-nano")
    assert 0 < float(refine["estimated_cost_usd"]) < float(edit["estimated_cost_usd"])
    assert "up to $0.006" in here("estimate", "refine").out


def test_the_self_test_passes_here(shell: Shell) -> None:
    said = shell("selftest", "--json")
    assert said.code == 0, said.out
    assert said.json["ok"]
    assert [check["name"] for check in said.json["checks"]] == [
        "opencv", "patchmatch", "keyring", "httpx", "database", "qt_image", "offline_remove",
    ]  # fmt: skip
    assert said.json["versions"]["opencv-python"] != "unknown"


def test_help_loads_no_widgets_and_no_libraries() -> None:
    program = (
        "import sys; sys.argv = ['aipaint', '--help']\n"
        "from aipaint.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in"
        " ('PySide6', 'numpy', 'cv2', 'PIL', 'httpx', 'peewee', 'keyring')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "exit codes" in done.stdout


@pytest.mark.parametrize(
    "words", [("edit",), ("budget", "status"), ("jobs",), ("estimate", "edit")]
)
def test_every_command_has_help(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell(*words, "--help")
    assert said.code == 0
    assert "usage: aipaint" in said.out


def test_a_command_never_loads_widgets(shell: Shell) -> None:
    program = (
        "import sys; sys.argv = ['aipaint', 'remove', 'photo.png', '--mask', 'mask.png']\n"
        "from aipaint.__main__ import main\n"
        "code = main()\n"
        "print(code, 'PySide6.QtWidgets' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=shell.folder,
        env=shell.surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "0 False"
