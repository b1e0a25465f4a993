"""Accounts in settings.toml: written, read back, and refused with a sentence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.settings.account import AccountSetting, checked_account
from aipaint.settings.errors import SettingsError
from aipaint.settings.load_settings import load_settings
from aipaint.settings.save_settings import save_settings
from aipaint.settings.secrets import KeyStore
from aipaint.settings.settings import EnvelopeSetting, Settings

_TEXT = st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)
_ACCOUNTS = st.lists(
    st.builds(
        AccountSetting,
        name=st.from_regex(r"[a-z0-9][a-z0-9._-]{0,10}", fullmatch=True).filter(
            lambda name: name not in ("offline", "openai", "replicate", "rehearsal")
        ),
        kind=st.sampled_from(["openai", "replicate"]),
        preset=_TEXT,
        base_url=st.sampled_from(
            ["", "https://relay.example/openai/v1", "http://127.0.0.1:8080/v1"]
        ),
        model=_TEXT,
    ),
    max_size=4,
    unique_by=lambda account: account.name,
)


def _settings(home: Path) -> Settings:
    return load_settings({"AIPAINT_HOME": str(home)}, {})


@given(first=_ACCOUNTS, second=_ACCOUNTS)
def test_accounts_come_back_as_they_were_written_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[AccountSetting],
    second: list[AccountSetting],
) -> None:
    home = tmp_path_factory.mktemp("home")
    file = home / "settings.toml"
    file.write_text('# mine\nrate_limit_seconds = 3\n\n[envelopes.project]\n"a" = 5\n')
    save_settings(file, {}, accounts=first)
    assert _settings(home).accounts == tuple(first)
    save_settings(file, {"jobs_at_once": "3"}, accounts=second)
    settings = _settings(home)
    assert settings.accounts == tuple(second)
    assert (settings.rate_limit_seconds, settings.jobs_at_once) == (3, 3)
    assert settings.envelopes == (EnvelopeSetting("project", "a", 5_000_000),)
    assert file.read_text().startswith("# mine")


def test_envelopes_saved_later_leave_accounts_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    account = AccountSetting("work", base_url="https://openrouter.ai/api/v1")
    save_settings(file, {}, accounts=[account])
    save_settings(file, {}, [EnvelopeSetting("provider", "work", 1_000_000)])
    settings = _settings(tmp_path)
    assert settings.accounts == (account,)
    assert settings.envelopes == (EnvelopeSetting("provider", "work", 1_000_000),)


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ('[[accounts]]\nname = "openai"', "built-in"),
        ('[[accounts]]\nname = "My account"', "not a name"),
        ('[[accounts]]\nname = "a"\nkind = "azure"', "azure"),
        ('[[accounts]]\nname = "a"\nbase_url = "ftp://x"', "address"),
        ('[[accounts]]\nname = "a"\nkey = "sk-123"', "everybody"),
        ('[[accounts]]\nname = "a"\nspeed = "1"', "speed"),
        ('[[accounts]]\nkind = "openai"', "no name"),
        ('[[accounts]]\nname = "a"\n[[accounts]]\nname = "a"', "two accounts"),
        ("accounts = 5", "list of tables"),
    ],
)
def test_a_wrong_account_is_a_sentence(tmp_path: Path, table: str, named: str) -> None:
    (tmp_path / "settings.toml").write_text(table)
    with pytest.raises(SettingsError) as caught:
        _settings(tmp_path)
    assert named in str(caught.value)
    assert "sk-123" not in str(caught.value)


def test_the_key_of_an_account_has_a_slot_of_its_own() -> None:
    keys = KeyStore(lambda: None)
    one, other = AccountSetting("one"), AccountSetting("other")
    keys.set(one.key_slot, "sk-one")
    assert keys.get(one.key_slot) == "sk-one"
    assert keys.get(other.key_slot) is None
    with pytest.raises(SettingsError):
        keys.set("account:No Name", "x")


def test_instructions_of_several_lines_survive(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    words = 'Keep the light.\nAnswer in "JSON".'
    save_settings(file, {"refine_instructions": words})
    assert _settings(tmp_path).refine_instructions == words
    assert checked_account(AccountSetting("a", base_url="https://x.example/v1/")).base_url == (
        "https://x.example/v1"
    )
