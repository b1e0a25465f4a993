"""`AccountSetting`: one more account at a provider, as `[[accounts]]` in settings.toml holds it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aipaint.settings.checked_values import checked_model, checked_url
from aipaint.settings.errors import SettingsError

ACCOUNT_KINDS = ("openai", "replicate")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_TAKEN = ("offline", "openai", "replicate", "rehearsal")
_FIELDS = ("name", "kind", "preset", "base_url", "model")
_SLOT = "account:"


@dataclass(frozen=True)
class AccountSetting:
    """`name` is what `--provider` takes. `preset` names the dialect of an OpenAI-compatible server,
    "" goes by its address. The key is in the key store under `key_slot`, never here."""

    name: str
    kind: str = "openai"
    preset: str = ""
    base_url: str = ""
    model: str = ""

    @property
    def key_slot(self) -> str:
        return f"{_SLOT}{self.name}"


def is_account_slot(slot: str) -> bool:
    """Whether a name in the key store is an account's."""
    return slot.startswith(_SLOT) and _NAME.fullmatch(slot.removeprefix(_SLOT)) is not None


def checked_account(account: AccountSetting) -> AccountSetting:
    """With a usable address. Raises SettingsError that names what is wrong."""
    if not _NAME.fullmatch(account.name):
        raise SettingsError(
            f'"{account.name[:40]}" is not a name for an account.',
            "Use small letters, digits, dots and dashes, such as work or local-ai.",
        )
    if account.name in _TAKEN:
        raise SettingsError(
            f'"{account.name}" is the name of a built-in provider.', "Choose another name."
        )
    if account.kind not in ACCOUNT_KINDS:
        raise SettingsError(
            f'The account "{account.name}" is of the unknown kind "{account.kind[:40]}".',
            f"Use one of: {', '.join(ACCOUNT_KINDS)}.",
        )
    where = f'The account "{account.name}"'
    url = checked_url(f"{where}: base_url", account.base_url) if account.base_url else ""
    model = checked_model(f"{where}: model", account.model)
    return AccountSetting(account.name, account.kind, account.preset, url, model)


def stored_accounts(rows: Any) -> tuple[AccountSetting, ...]:
    """From the tree of `[[accounts]]`. Raises SettingsError that names the entry."""
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise SettingsError(
            "accounts in settings.toml is not a list of tables.", 'Write [[accounts]], name = "x".'
        )
    return checked_accounts(tuple(_read(row) for row in rows))


def checked_accounts(accounts: tuple[AccountSetting, ...]) -> tuple[AccountSetting, ...]:
    """Each of them checked, no name twice. Raises SettingsError."""
    checked = tuple(checked_account(account) for account in accounts)
    names = [account.name for account in checked]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f'There are two accounts "{name}".', "Give one another name.")
    return checked


def _read(row: Mapping[str, Any]) -> AccountSetting:
    if "key" in row or "api_key" in row:
        raise SettingsError(
            "A key is written in settings.toml, where everybody can read it.",
            "Take it out there and add it in the settings dialog.",
        )
    if unknown := sorted(set(row) - set(_FIELDS)):
        raise SettingsError(
            f'"{unknown[0]}" in [[accounts]] is not known.', f"There are: {', '.join(_FIELDS)}."
        )
    texts = {name: row[name] for name in _FIELDS if name in row}
    if "name" not in texts or not all(isinstance(text, str) for text in texts.values()):
        raise SettingsError(
            "An account in settings.toml has no name, or a field that is no text.",
            'Write name = "work", kind = "openai", base_url = "https://…/v1".',
        )
    return AccountSetting(**texts)
