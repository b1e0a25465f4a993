"""`--project`: the envelope of a project holds on the command line as it does in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Shell, shell_in
from tests.servers.images_api import ImagesApi

SETTINGS = """
rate_limit_seconds = 0
[envelopes.project]
"Harbor" = 0.03
"""


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, api: ImagesApi) -> Shell:
    made = shell_in(tmp_path, api)
    home = Path(made.environ["AIPAINT_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text(SETTINGS)
    return made


def test_a_project_spends_its_envelope_and_not_more(shell: Shell, api: ImagesApi) -> None:
    words = ("generate", "a boat", "--preset", "draft", "--json", "--fresh", "--project")
    codes = [shell(*words, "Harbor", "-o", "out.png").code for _ in range(3)]
    assert codes[0] == 0
    assert codes[-1] == 3
    bought = len(api.paid)
    assert bought == codes.count(0)
    refused = shell(*words, "Harbor")
    assert refused.code == 3
    assert 'project "Harbor"' in refused.json["error"]["message"]
    assert len(api.paid) == bought
    assert shell(*words, "Pier").code == 0  # has no envelope
    entries = shell("budget", "ledger", "--project", "Harbor", "--json").json["entries"]
    assert sum(entry["state"] == "settled" for entry in entries) == bought
    estimate = shell("estimate", "generate", "a boat", "--project", "Harbor")
    assert estimate.out.splitlines()[-1].lstrip().startswith("project  Harbor: $0.0")
    report = shell("budget", "report", "--by", "project", "--json").json
    assert {row["project"] for row in report["rows"]} == {"Harbor", "Pier"}


def test_the_help_says_what_a_project_is_for(shell: Shell) -> None:
    for words in (["edit"], ["refine"], ["estimate", "edit"], ["budget", "ledger"]):
        assert "--project NAME" in shell(*words, "--help").out
