"""Where settings come from, which wins, and what is refused."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.money import usd_to_micros
from aipaint.settings.errors import SettingsError
from aipaint.settings.load_settings import load_settings
from aipaint.settings.settings import CapSetting

SECRET = "sk-very-secret-0123456789"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


def environment(home: Path, **more: str) -> dict[str, str]:
    return {"AIPAINT_HOME": str(home), **more}


def test_defaults_are_those_of_the_design(home: Path) -> None:
    settings = load_settings(environment(home), {})
    assert settings.openai_base_url == "https://api.openai.com/v1"
    assert settings.openai_model == "gpt-image-2.5-flare"
    assert settings.openai_timeout_seconds == 600.0
    assert settings.refine_model == "gpt-5.4-nano"
    assert settings.daily_cap == CapSetting(10_000_000, "default")
    assert settings.monthly_cap == CapSetting(100_000_000, "default")
    assert settings.session_cap == CapSetting(5_000_000, "default")
    assert (settings.rate_limit_seconds, settings.dedupe_ttl_seconds) == (10, 86_400)
    assert (settings.home, settings.source_of("home")) == (home, "environment")
    assert settings.openai_api_key == ""


def test_command_line_beats_environment_beats_file_beats_default(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(
        'openai_model = "from-file"\nrefine_model = "from-file"\n'
        "daily_cap = 3\nsession_cap = 1.25\n"
    )
    environ = environment(
        home, AIE_OPENAI_MODEL="from-env", AIE_REFINE_MODEL="", AIE_BUDGET_DAILY_CAP="0.5"
    )
    settings = load_settings(environ, {"openai_model": "from-line"})
    assert (settings.openai_model, settings.source_of("openai_model")) == (
        "from-line",
        "command line",
    )
    assert (settings.refine_model, settings.source_of("refine_model")) == ("from-file", "settings")
    assert settings.daily_cap == CapSetting(500_000, "environment")
    assert settings.session_cap == CapSetting(1_250_000, "settings")
    assert settings.monthly_cap.source == "default"


def test_every_environment_name_of_the_design_is_read(home: Path) -> None:
    environ = environment(
        home,
        AIE_OPENAI_API_KEY=f" {SECRET}\n",
        AIE_OPENAI_BASE_URL="http://127.0.0.1:8080/openai/v1/",
        AIE_OPENAI_MODEL="m",
        AIE_OPENAI_TIMEOUT_S="12.5",
        AIE_REPLICATE_API_TOKEN="r8_a",
        AIE_REPLICATE_BASE_URL="https://replicate.example/v1",
        AIE_REFINE_MODEL="n",
        AIE_BUDGET_DAILY_CAP="1",
        AIE_BUDGET_MONTHLY_CAP="2",
        AIE_BUDGET_SESSION_CAP="0",
        AIE_RATE_LIMIT_SECONDS="0",
        AIE_DEDUPE_TTL_S="60",
    )
    settings = load_settings(environ, {})
    assert settings.openai_api_key == SECRET
    assert settings.openai_base_url == "http://127.0.0.1:8080/openai/v1"
    assert (settings.openai_model, settings.refine_model) == ("m", "n")
    assert settings.openai_timeout_seconds == 12.5
    assert settings.replicate_api_token == "r8_a"
    assert settings.replicate_base_url == "https://replicate.example/v1"
    caps = (settings.daily_cap, settings.monthly_cap, settings.session_cap)
    assert [cap.micros for cap in caps] == [1_000_000, 2_000_000, 0]
    assert {cap.source for cap in caps} == {"environment"}
    assert (settings.rate_limit_seconds, settings.dedupe_ttl_seconds) == (0, 60)


def test_the_plain_replicate_variable_counts_after_our_own(home: Path) -> None:
    both = environment(home, REPLICATE_API_TOKEN="plain", AIE_REPLICATE_API_TOKEN="ours")
    assert load_settings(both, {}).replicate_api_token == "ours"
    plain = environment(home, REPLICATE_API_TOKEN="plain")
    assert load_settings(plain, {}).replicate_api_token == "plain"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("AIE_OPENAI_BASE_URL", "api.openai.com"),
        ("AIE_OPENAI_BASE_URL", "ftp://host/v1"),
        ("AIE_OPENAI_BASE_URL", "https://"),
        ("AIE_OPENAI_BASE_URL", "https://host:99999/v1"),
        ("AIE_OPENAI_BASE_URL", "https://host/v1?key=1"),
        ("AIE_OPENAI_BASE_URL", "https://[host/v1"),
        ("AIE_OPENAI_TIMEOUT_S", "0"),
        ("AIE_OPENAI_TIMEOUT_S", "nan"),
        ("AIE_OPENAI_TIMEOUT_S", "ten"),
        ("AIE_BUDGET_DAILY_CAP", ""),
        ("AIE_BUDGET_DAILY_CAP", "-1"),
        ("AIE_BUDGET_DAILY_CAP", "10,5"),
        ("AIE_BUDGET_MONTHLY_CAP", "inf"),
        ("AIE_BUDGET_MONTHLY_CAP", "NaN"),
        ("AIE_BUDGET_SESSION_CAP", "1e999999"),
        ("AIE_BUDGET_SESSION_CAP", "1_0"),
        ("AIE_BUDGET_SESSION_CAP", "$5"),
        ("AIE_RATE_LIMIT_SECONDS", "1.5"),
        ("AIE_RATE_LIMIT_SECONDS", "-1"),
        ("AIE_DEDUPE_TTL_S", "a day"),
        ("AIE_DEDUPE_TTL_S", "9" * 400),
    ],
)
def test_a_malformed_value_is_an_error_that_names_it(home: Path, name: str, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environment(home, **{name: text}), {})
    assert name in caught.value.message
    assert caught.value.hint
    assert len(str(caught.value)) < 400


def test_a_malformed_command_line_value_is_named_as_it_was_typed(home: Path) -> None:
    with pytest.raises(SettingsError, match="--openai-base-url"):
        load_settings(environment(home), {"openai_base_url": "nonsense"})


@pytest.mark.parametrize("key", [SECRET + "\nx", SECRET + "é", "sk very " + SECRET, SECRET + "\0"])
def test_a_malformed_key_is_never_shown(home: Path, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environment(home, AIE_OPENAI_API_KEY=key), {})
    assert "AIE_OPENAI_API_KEY" in caught.value.message
    assert "secret" not in str(caught.value)


def test_a_password_in_an_address_is_refused_and_not_shown(home: Path) -> None:
    environ = environment(home, AIE_OPENAI_BASE_URL="https://me:secret@host/v1")
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, {})
    assert "secret" not in str(caught.value)


def test_no_key_in_repr(home: Path) -> None:
    environ = environment(home, AIE_OPENAI_API_KEY=SECRET, AIE_REPLICATE_API_TOKEN=SECRET)
    assert SECRET not in repr(load_settings(environ, {}))


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b'openai_api_key = "sk-x"', "openai_api_key"),
        (b"daily_capp = 3", "daily_capp"),
        (b"daily_cap = true", "daily_cap"),
        (b"daily_cap = [1]", "daily_cap"),
        (b"daily_cap = -2", "daily_cap"),
        (b"daily_cap = ", "settings.toml"),
        (b"\xff\xfe", "settings.toml"),
        (b"x = " + b"[" * 50_000, "settings.toml"),
    ],
)
def test_a_bad_settings_file_is_an_error_that_names_it(
    home: Path, content: bytes, named: str
) -> None:
    home.mkdir()
    (home / "settings.toml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(environment(home), {})
    assert named in caught.value.message


def test_tables_in_the_file_belong_to_others(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("refine_model = 'm'\n[window]\ntheme = 'dark'\n")
    assert load_settings(environment(home), {}).refine_model == "m"


def test_a_stored_key_gives_way_to_the_environment(home: Path) -> None:
    from_store = load_settings(environment(home), {}).with_stored_key("openai_api_key", "sk-store")
    assert from_store.openai_api_key == "sk-store"
    assert from_store.source_of("openai_api_key") == "settings"
    given_one = load_settings(environment(home, AIE_OPENAI_API_KEY="sk-env"), {})
    assert given_one.with_stored_key("openai_api_key", "sk-store") == given_one


def test_settings_are_frozen(home: Path) -> None:
    settings = load_settings(environment(home), {})
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.openai_model = "other"  # type: ignore[misc]


@given(st.decimals(min_value=0, max_value=10**6, places=6))
def test_caps_are_exact_micro_dollars(amount: object) -> None:
    text = f"{amount:f}"
    settings = load_settings({"AIPAINT_HOME": "/nonexistent", "AIE_BUDGET_DAILY_CAP": text}, {})
    assert settings.daily_cap.micros == usd_to_micros(text)
