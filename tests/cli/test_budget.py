"""`budget caps`, `report`, `unpause`, on a ledger that was filled by the ledger itself."""

import csv
import io
import json
import threading
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aipaint.app import make_desk, read_settings
from aipaint.cli.main import run
from aipaint.cli.workplace import Workplace
from aipaint.generation.desk import Desk
from aipaint.ledger.entry import CostSource
from tests.ledger.rig import ask

Command = Callable[..., tuple[int, str, str]]

SETTINGS = """
fuse = 0.5
ask_from = 0.03
daily_cap = 2
rate_limit_seconds = 0
[envelopes.provider]
openai = 1
[envelopes.project]
"=poster" = 0.25
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(SETTINGS)
    return home


@pytest.fixture
def desk(home: Path) -> Desk:
    return make_desk(read_settings(Namespace(), {"AIPAINT_HOME": str(home)}))


@pytest.fixture
def aipaint(home: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process: exit code, standard output, standard error."""

    def command(*words: str) -> tuple[int, str, str]:
        def open_workplace(arguments: Namespace) -> Workplace:
            settings = read_settings(arguments, {"AIPAINT_HOME": str(home)})
            return Workplace(settings, lambda _: desk, threading.Event())

        code = run(words, open_workplace)
        said = capsys.readouterr()
        return int(code), said.out, said.err

    return command


def buy(desk: Desk, micros: int, **more: str) -> None:
    desk.ledger.settle(desk.ledger.reserve(ask(micros, **more)), micros - 1, CostSource.USAGE)


def told(answer: tuple[int, str, str]) -> Any:
    code, out, err = answer
    assert (code, err) == (0, "")
    return json.loads(out)


def test_caps_tells_every_limit_with_its_source(aipaint: Command, desk: Desk) -> None:
    buy(desk, 100_000, project="=poster")
    found = told(aipaint("budget", "caps", "--json"))
    assert [cap["period"] for cap in found["caps"]] == ["session", "day", "month"]
    assert (found["caps"][1]["cap_usd"], found["caps"][1]["source"]) == ("2.00", "settings")
    assert {(each["period"], each["name"], each["left_usd"]) for each in found["envelopes"]} == {
        ("project", "=poster", "0.150001"),
        ("provider", "openai", "0.900001"),
    }
    assert found["fuse"] == {"usd": "0.50", "minutes": 10}
    assert found["tiers"] == {"medium_from_usd": "0.02", "high_from_usd": "0.10"}
    assert (found["ask_from_usd"], found["ask_from_count"]) == ("0.03", 4)
    assert (found["rate_limit_seconds"], found["dedupe_ttl_seconds"]) == (0, 86_400)
    assert found["pauses"] == []
    _, out, _ = aipaint("budget", "caps")
    assert "project  =poster: $0.10 spent" in out
    assert "fuse     $0.50 within 10 minutes" in out
    assert "of unlimited" not in out


def test_a_pause_is_shown_and_ended(aipaint: Command, desk: Desk) -> None:
    desk.ledger.pause_provider("openai", "the account\nis empty.")
    (pause,) = told(aipaint("budget", "caps", "--json"))["pauses"]
    assert (pause["provider"], pause["reason"]) == ("openai", "the account\nis empty.")
    for view in ("caps", "status"):
        _, out, _ = aipaint("budget", view)
        assert "paid calls of openai: the account is empty. Go on with" in out.splitlines()[-1]
    assert aipaint("budget", "unpause", "--provider", "other")[1] == "Nothing was paused.\n"
    assert aipaint("budget", "unpause")[1] == "Goes on: paid calls of openai.\n"
    assert told(aipaint("budget", "caps", "--json"))["pauses"] == []
    assert told(aipaint("budget", "unpause", "--json")) == {"ended": []}


def test_a_blown_fuse_is_ended_by_a_person(aipaint: Command, desk: Desk) -> None:
    buy(desk, 400_000)
    with pytest.raises(Exception, match="paused"):
        buy(desk, 400_000)
    (ended,) = told(aipaint("budget", "unpause", "--json"))["ended"]
    assert ended["provider"] is None
    assert "$0.50" in ended["reason"]
    assert "all paid calls" not in aipaint("budget", "status")[1]


def test_status_stays_what_scripts_rely_on(aipaint: Command) -> None:
    found = told(aipaint("budget", "status", "--json"))
    assert list(found) == ["caps"]
    assert set(found["caps"][0]) == {
        "period", "cap_usd", "settled_usd", "reserved_usd", "unknown_usd", "left_usd",
        "resets_at", "source",
    }  # fmt: skip


def test_the_report_groups_and_adds_up(aipaint: Command, desk: Desk) -> None:
    buy(desk, 100_000, model="flare")
    buy(desk, 20_000, model="mini", project="=poster")
    desk.ledger.mark_unknown(desk.ledger.reserve(ask(3_000, model="mini")))
    found = told(aipaint("budget", "report", "--by", "model", "--json"))
    assert [row["model"] for row in found["rows"]] == ["flare", "mini"]
    assert found["rows"][1] == {
        "model": "mini", "calls": 2, "settled_usd": "0.019999", "unknown_usd": "0.003",
        "reserved_usd": "0.00", "released_calls": 0, "kept_usd": "0.00", "discarded_usd": "0.00",
    }  # fmt: skip
    assert found["counts_usd"] == "0.122998"
    _, out, _ = aipaint("budget", "report", "--by", "project")
    assert "(none)" in out
    assert out.splitlines()[-1] == "Together: $0.13"
    today = told(aipaint("budget", "report", "--json"))["rows"][0]["day"]
    assert told(aipaint("budget", "report", "--until", today, "--json"))["rows"]
    assert told(aipaint("budget", "report", "--since", "9000-01-01", "--json"))["rows"] == []
    assert told(aipaint("budget", "report", "--until", "2020-01-01", "--json"))["rows"] == []


def test_receipts_as_a_table_that_no_spreadsheet_runs(
    aipaint: Command, desk: Desk, tmp_path: Path
) -> None:
    buy(desk, 100_000, project="=poster", model='m,"x"')
    held = desk.ledger.reserve(ask(30_000, model="+m"))
    desk.ledger.settle(held, 30_000, CostSource.ESTIMATE)
    code, out, _ = aipaint("budget", "report", "--by", "call", "--csv", "-")
    assert code == 0
    estimated, reported = csv.DictReader(io.StringIO(out))
    assert (reported["project"], reported["model"], reported["reported_usd"]) == (
        "'=poster", 'm,"x"', "0.099999",
    )  # fmt: skip
    assert (estimated["model"], estimated["reported_usd"], estimated["counts_usd"]) == (
        "'+m", "", "0.03",
    )  # fmt: skip
    target = tmp_path / "spend.csv"
    _, out, _ = aipaint("budget", "report", "--by", "call", "--csv", str(target))
    assert len(list(csv.DictReader(target.read_text().splitlines()))) == 2
    assert "actual not reported" in out
    assert out.splitlines()[-1] == "Together: $0.13"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--since", "yesterday"), "--since 'yesterday' is not a day"),
        (("--until", "2026-13-01"), "--until '2026-13-01' is not a day"),
        (("--json", "--csv", "-"), "both want standard output"),
    ],
)
def test_a_wrong_report_is_a_sentence(
    aipaint: Command, words: tuple[str, ...], complaint: str
) -> None:
    code, _, err = aipaint("budget", "report", *words)
    assert code == 2
    assert complaint in err


def test_a_table_that_cannot_be_written_is_a_sentence(
    aipaint: Command, desk: Desk, tmp_path: Path
) -> None:
    buy(desk, 1000)
    code, _, err = aipaint("budget", "report", "--csv", str(tmp_path / "nowhere" / "x.csv"))
    assert code == 4
    assert "the folder does not exist" in err


def test_an_estimate_tells_what_the_last_ones_cost(aipaint: Command, desk: Desk) -> None:
    words = ("estimate", "generate", "a tree", "--provider", "openai", "--quality", "low")
    wish = (*words, "--size", "1024x1024")
    _, before, _ = aipaint(*wish)
    assert "your last" not in before
    buy(desk, 90_000, operation="generate", priced_as="1024x1024 low +0")
    _, after, _ = aipaint(*wish)
    assert "up to $0.09 (medium)" in after
    assert "  your last one: $0.09\n" in after
    quote = told(aipaint(*wish, "--json"))
    assert quote["estimated_cost_usd"] == "0.089999"
    assert [part["what"] for part in quote["parts"]] == ["1 picture", "prompt", "own experience"]


def test_prices_are_listed_with_what_they_are(aipaint: Command) -> None:
    _, out, _ = aipaint("prices", "list")
    assert "$30.00 per M image tokens" in out
    rules = told(aipaint("prices", "list", "--json"))["rules"]
    assert {"provider", "model", "unit", "price", "source", "as_of"} == set(rules[0])


def test_the_ledger_of_a_project_and_what_it_spent_in_all(aipaint: Command, desk: Desk) -> None:
    buy(desk, 100_000, project="=poster", job_id="mine")
    buy(desk, 30_000, project="other", job_id="theirs")
    (entry,) = told(aipaint("budget", "ledger", "--project", "=poster", "--json"))["entries"]
    assert (entry["job_id"], entry["project"]) == ("mine", "=poster")
    assert len(told(aipaint("budget", "ledger", "--json"))["entries"]) == 2
    assert "for nobody" in aipaint("budget", "ledger", "--project", "nobody")[1]
    with_envelope = told(aipaint("budget", "status", "--project", "=poster", "--json"))
    assert [cap["period"] for cap in with_envelope["caps"]] == ["session", "day", "month"]
    assert with_envelope["project"]["left_usd"] == "0.150001"
    without = told(aipaint("budget", "status", "--project", "other", "--json"))["project"]
    assert (without["settled_usd"], without["left_usd"]) == ("0.029999", None)
    said = aipaint("budget", "status", "--project", "other")[1].splitlines()
    assert said[-1].startswith("project  other: $0.03 spent")
    assert "=poster" not in "".join(said)
    assert "project" not in told(aipaint("budget", "status", "--json"))


@pytest.mark.parametrize("name", ["  ", "a\nb", "x" * 201])
def test_a_project_has_a_name_on_one_short_line(aipaint: Command, name: str) -> None:
    assert aipaint("budget", "ledger", "--project", name)[0] == 2
