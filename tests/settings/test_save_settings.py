"""Settings written back: read again as meant, all else kept, nothing written that is wrong."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.errors import StorageError
from aipaint.settings.errors import SettingsError
from aipaint.settings.load_settings import SETTINGS_FILE, load_settings
from aipaint.settings.save_settings import save_settings
from aipaint.settings.settings import CapSetting, EnvelopeSetting, Settings

POSTER = EnvelopeSetting("project", "my poster", 250_000)
OPENAI = EnvelopeSetting("provider", "openai", 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / SETTINGS_FILE


def loaded(path: Path, **environ: str) -> Settings:
    return load_settings({"AIPAINT_HOME": str(path.parent), **environ}, {})


def test_what_is_saved_is_what_is_loaded(path: Path) -> None:
    changes = {
        "daily_cap": "2.50",
        "rate_limit_seconds": "0",
        "dedupe_ttl_seconds": "60",
        "openai_model": 'odd "model" ü',
        "fuse": "3",
        "fuse_minutes": "5",
        "tier_high": "0.5",
        "jobs_at_once": "4",
    }
    save_settings(path, changes, [OPENAI, POSTER])
    found = loaded(path)
    assert found.daily_cap == CapSetting(2_500_000, "settings")
    assert (found.rate_limit_seconds, found.dedupe_ttl_seconds) == (0, 60)
    assert found.openai_model == 'odd "model" ü'
    assert (found.fuse_micros, found.fuse_minutes) == (3_000_000, 5)
    assert (found.tier_medium_micros, found.tier_high_micros) == (20_000, 500_000)
    assert found.jobs_at_once == 4
    assert set(found.envelopes) == {POSTER, OPENAI}
    assert found.source_of("envelopes") == "settings"
    save_settings(path, dict.fromkeys(changes), [])
    assert path.read_text() == ""
    assert loaded(path).source_of("daily_cap") == "default"


MINE = """\
# my own notes
daily_cap = 3  # not more
refine_model = "x"

[window]
daily_cap = "of the window"
[envelopes.project]
old = 9
[other.envelopes]
kept = true
"""


def test_other_keys_tables_and_comments_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(MINE)
    save_settings(path, {"daily_cap": "4", "session_cap": "1"})
    assert path.read_text() == MINE.replace("daily_cap = 3  # not more", "daily_cap = 4").replace(
        '"x"\n\n', '"x"\n\nsession_cap = 1\n'
    )
    save_settings(path, {"daily_cap": None}, [POSTER])
    assert path.read_text() == (
        '# my own notes\nrefine_model = "x"\n\nsession_cap = 1\n'
        '[window]\ndaily_cap = "of the window"\n'
        "[other.envelopes]\nkept = true\n\n"
        '[envelopes.project]\n"my poster" = 0.25\n'
    )
    assert loaded(path).envelopes == (POSTER,)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"daily_cap": "much"}, "not an amount in US dollars"),
        ({"daily_cap": "-1"}, "not an amount in US dollars"),
        ({"jobs_at_once": "0"}, "jobs_at_once is 0"),
        ({"jobs_at_once": "9"}, "jobs_at_once is 9"),
        ({"fuse_minutes": "0"}, "not a number of minutes"),
        ({"ask_from_count": "100"}, "not a count"),
        ({"openai_api_key": "sk-x"}, "never written into a file"),
    ],
)
def test_a_wrong_value_is_not_written(path: Path, changes: dict[str, str], complaint: str) -> None:
    path.parent.mkdir()
    path.write_text(MINE)
    with pytest.raises(SettingsError, match=complaint):
        save_settings(path, {"session_cap": "1", **changes})
    assert path.read_text() == MINE


@pytest.mark.parametrize(
    "envelopes",
    [
        [EnvelopeSetting("day", "x", 1)],
        [EnvelopeSetting("project", " ", 1)],
        [EnvelopeSetting("project", "two\nlines", 1)],
        [EnvelopeSetting("project", "x", -1)],
        [POSTER, EnvelopeSetting("project", "my poster", 9)],
    ],
)
def test_a_wrong_envelope_is_not_written(path: Path, envelopes: list[EnvelopeSetting]) -> None:
    with pytest.raises(SettingsError):
        save_settings(path, {}, envelopes)
    assert not path.exists()


@pytest.mark.parametrize(
    "text",
    [
        'refine_model = """\ndaily_cap = 3\n"""\n',
        "envelopes = { project = { x = 1 } }\n",
        "envelopes.project.x = 1\n",
    ],
)
def test_a_file_that_cannot_be_changed_safely_is_left_alone(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(SettingsError, match="cannot be changed from here"):
        save_settings(path, {"daily_cap": "4"}, [POSTER])
    assert path.read_text() == text


def test_a_damaged_file_is_said_so_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("daily_cap = = 3")
    with pytest.raises(SettingsError, match="damaged"):
        save_settings(path, {"daily_cap": "4"})
    assert path.read_text() == "daily_cap = = 3"


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises((StorageError, SettingsError)):
        save_settings(tmp_path / "data" / SETTINGS_FILE, {"daily_cap": "4"})


def test_what_the_environment_says_is_fixed(path: Path) -> None:
    save_settings(path, {"daily_cap": "4"})
    found = loaded(path, AIE_BUDGET_DAILY_CAP="7")
    assert found.is_fixed("daily_cap")
    assert found.daily_cap == CapSetting(7_000_000, "environment")
    assert not found.is_fixed("session_cap")
    assert not loaded(path).is_fixed("daily_cap")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("envelopes = 3", "is neither|not a table|not a setting"),
        ("[envelopes.day]\nx = 1", "not a kind of envelope"),
        ("[envelopes]\nproject = 3", "envelopes.project in settings.toml is not a table"),
        ('[envelopes.project]\nx = "much"', 'The envelope "x" is "much"'),
        ("[envelopes.project]\nx = true", 'The envelope "x" is "True"'),
        ('[envelopes.project]\n"" = 1', "unusable name"),
    ],
)
def test_wrong_envelopes_in_the_file_are_named(path: Path, text: str, complaint: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(SettingsError, match=complaint):
        loaded(path)


NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=20
).filter(lambda name: name.strip() and name.isprintable())
AMOUNTS = st.integers(0, 10**12)


@settings(max_examples=40)
@given(
    caps=st.lists(AMOUNTS, min_size=3, max_size=3),
    model=NAMES.map(str.strip),
    envelopes=st.dictionaries(
        st.tuples(st.sampled_from(["project", "provider"]), NAMES), AMOUNTS, max_size=4
    ),
)
def test_any_settings_come_back(
    caps: list[int], model: str, envelopes: dict[tuple[str, str], int]
) -> None:
    wanted = [EnvelopeSetting(kind, name, micros) for (kind, name), micros in envelopes.items()]
    names = ("daily_cap", "monthly_cap", "session_cap")
    changes = {n: str(Decimal(micros) / 10**6) for n, micros in zip(names, caps, strict=True)}
    with TemporaryDirectory() as folder:
        path = Path(folder) / SETTINGS_FILE
        path.write_text(MINE)
        save_settings(path, {**changes, "openai_model": model}, wanted)
        found = loaded(path)
    assert [getattr(found, name).micros for name in names] == caps
    assert found.openai_model == model
    assert set(found.envelopes) == set(wanted)
