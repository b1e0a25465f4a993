"""`load_settings`: command line over environment over settings.toml over defaults."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aipaint.settings.account import AccountSetting, stored_accounts
from aipaint.settings.checked_values import (
    checked_cap_micros,
    checked_count,
    checked_jobs_at_once,
    checked_key,
    checked_minutes,
    checked_model,
    checked_text,
    checked_timeout_seconds,
    checked_url,
    checked_whole_seconds,
)
from aipaint.settings.errors import SettingsError
from aipaint.settings.paths import checked_folder, data_folder
from aipaint.settings.settings import (
    COMMAND_LINE,
    DEFAULT,
    ENVIRONMENT,
    SECRET_NAMES,
    STORED,
    CapSetting,
    EnvelopeSetting,
    Settings,
)
from aipaint.settings.stored_envelopes import stored_envelopes

SETTINGS_FILE = "settings.toml"
_MAX_FILE_BYTES = 1_000_000


@dataclass(frozen=True)
class SettingRule:
    """One setting. `variables`: its names in the environment, strongest first."""

    variables: tuple[str, ...]
    default: str
    check: Callable[[str, str], Any]
    # An empty variable means "not set" where no harm can come of it; an empty cap is a mistake.
    may_be_empty: bool = False


RULES: Mapping[str, SettingRule] = {
    "openai_api_key": SettingRule(("AIE_OPENAI_API_KEY",), "", checked_key, True),
    "openai_base_url": SettingRule(
        ("AIE_OPENAI_BASE_URL",), "https://api.openai.com/v1", checked_url, True
    ),
    "openai_model": SettingRule(("AIE_OPENAI_MODEL",), "gpt-image-2.5-flare", checked_model, True),
    "openai_timeout_seconds": SettingRule(
        ("AIE_OPENAI_TIMEOUT_S",), "600", checked_timeout_seconds
    ),
    "replicate_api_token": SettingRule(
        ("AIE_REPLICATE_API_TOKEN", "REPLICATE_API_TOKEN"), "", checked_key, True
    ),
    "replicate_base_url": SettingRule(
        ("AIE_REPLICATE_BASE_URL",), "https://api.replicate.com/v1", checked_url, True
    ),
    "refine_model": SettingRule(("AIE_REFINE_MODEL",), "gpt-5.4-nano", checked_model, True),
    "refine_instructions": SettingRule((), "", checked_text, True),
    "daily_cap": SettingRule(("AIE_BUDGET_DAILY_CAP",), "10", checked_cap_micros),
    "monthly_cap": SettingRule(("AIE_BUDGET_MONTHLY_CAP",), "100", checked_cap_micros),
    "session_cap": SettingRule(("AIE_BUDGET_SESSION_CAP",), "5", checked_cap_micros),
    "rate_limit_seconds": SettingRule(("AIE_RATE_LIMIT_SECONDS",), "10", checked_whole_seconds),
    "dedupe_ttl_seconds": SettingRule(("AIE_DEDUPE_TTL_S",), "86400", checked_whole_seconds),
    "fuse": SettingRule((), "0", checked_cap_micros),
    "fuse_minutes": SettingRule((), "10", checked_minutes),
    "tier_medium": SettingRule((), "0.02", checked_cap_micros),
    "tier_high": SettingRule((), "0.10", checked_cap_micros),
    "ask_from": SettingRule((), "0", checked_cap_micros),
    "ask_from_count": SettingRule((), "4", checked_count),
    "jobs_at_once": SettingRule((), "2", checked_jobs_at_once),
}
CAPS = ("daily_cap", "monthly_cap", "session_cap")
# Dollars in the file, micro-dollars in the value.
AMOUNTS = ("fuse", "tier_medium", "tier_high", "ask_from")


def load_settings(environ: Mapping[str, str], overrides: Mapping[str, str]) -> Settings:
    """Every setting, checked. `overrides` are the command line's, by field name (also `home`).

    Raises SettingsError for the first malformed value that would be used.
    """
    unknown = set(overrides) - set(RULES) - {"home"}
    if unknown:
        raise ValueError(f"no such settings: {sorted(unknown)}")
    chosen_home = overrides.get("home", "")
    home = checked_folder("--home", chosen_home) if chosen_home else data_folder(environ)
    stored, envelopes, accounts = _read_file(home / SETTINGS_FILE)
    values: dict[str, Any] = {}
    sources = {"home": _home_source(environ, overrides)}
    for name, rule in RULES.items():
        label, text, source = _find(name, rule, (environ, overrides, stored))
        value = rule.check(label, text)
        field = f"{name}_micros" if name in AMOUNTS else name
        values[field] = CapSetting(value, source) if name in CAPS else value
        sources[name] = source
    sources["envelopes"] = STORED if envelopes else DEFAULT
    values["envelopes"] = envelopes
    sources["accounts"] = STORED if accounts else DEFAULT
    values["accounts"] = accounts
    return Settings(**values, home=home, sources=MappingProxyType(sources))


def _find(
    name: str,
    rule: SettingRule,
    places: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]],
) -> tuple[str, str, str]:
    """What to call the setting, its text, and where that came from; the strongest place wins."""
    environ, overrides, stored = places
    candidates = [("--" + name.replace("_", "-"), overrides.get(name), COMMAND_LINE)]
    candidates += [(variable, environ.get(variable), ENVIRONMENT) for variable in rule.variables]
    candidates += [(f"{name} in {SETTINGS_FILE}", stored.get(name), STORED)]
    for label, text, source in candidates:
        if text is None or (rule.may_be_empty and not text.strip()):
            continue
        return label, text, source
    return name, rule.default, DEFAULT


def _home_source(environ: Mapping[str, str], overrides: Mapping[str, str]) -> str:
    if overrides.get("home"):
        return COMMAND_LINE
    return ENVIRONMENT if environ.get("AIPAINT_HOME") else DEFAULT


def _read_file(
    path: Path,
) -> tuple[dict[str, str], tuple[EnvelopeSetting, ...], tuple[AccountSetting, ...]]:
    """The top level of settings.toml as texts, its envelopes and its accounts; other tables belong
    to others."""
    tree = read_tree(path)
    accounts = stored_accounts(tree.pop("accounts", []))
    texts = {
        name: _stored_text(name, value, path)
        for name, value in tree.items()
        if not isinstance(value, dict)
    }
    return texts, stored_envelopes(tree.get("envelopes", {})), accounts


def read_tree(path: Path) -> dict[str, Any]:
    """What settings.toml says, as it stands there; empty without a file. Raises SettingsError."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE_BYTES + 1)
        return tomllib.loads(data.decode("utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            f'The settings file "{path}" cannot be read: {error.strerror or "it is not a file"}.',
            "Make it readable, or move it away.",
        ) from None
    except (ValueError, RecursionError) as error:
        reason = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError) else ""
        raise SettingsError(
            f'The settings file "{path}" is damaged{reason}.', "Correct it, or move it away."
        ) from None


def _stored_text(name: str, value: Any, path: Path) -> str:
    if name in SECRET_NAMES:
        raise SettingsError(
            f'"{name}" is written in "{path}", where everybody can read it.',
            "Take it out there and put it into the environment instead.",
        )
    if name not in RULES:
        raise SettingsError(
            f'"{name}" in "{path}" is not a setting.',
            f"There are: {', '.join(key for key in RULES if key not in SECRET_NAMES)}.",
        )
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise SettingsError(
            f'"{name}" in "{path}" is neither a text nor a number.', "Write one value."
        )
    return str(value)
