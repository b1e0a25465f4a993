"""`AccountDraft`: an account as the settings page edits it, and what saving all of them means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aipaint.settings.account import AccountSetting, checked_accounts

if TYPE_CHECKING:
    from aipaint.settings.settings import Settings

OPENAI, REPLICATE = "openai", "replicate"
_KEYS = {OPENAI: "openai_api_key", REPLICATE: "replicate_api_token"}
_VARIABLES = {OPENAI: "AIE_OPENAI_API_KEY", REPLICATE: "AIE_REPLICATE_API_TOKEN"}
_FIELDS = (
    (OPENAI, "openai_base_url", "base_url"),
    (OPENAI, "openai_model", "model"),
    (REPLICATE, "replicate_base_url", "base_url"),
)


@dataclass(frozen=True)
class AccountDraft:
    """`key` is what was typed, None while nothing was; "" takes the stored one away. `fixed` are
    the fields that the command line or the environment says."""

    name: str
    kind: str = OPENAI
    preset: str = ""
    base_url: str = ""
    model: str = ""
    is_built_in: bool = False
    key: str | None = None
    fixed: frozenset[str] = frozenset()

    @property
    def key_slot(self) -> str:
        return _KEYS[self.kind] if self.is_built_in else AccountSetting(self.name).key_slot

    @property
    def key_variable(self) -> str:
        """Where the environment says the key of a built-in one."""
        return _VARIABLES[self.kind] if self.is_built_in else ""


@dataclass(frozen=True, eq=False)
class ProvidersChange:
    """What is to be stored: settings by name, all accounts, keys by slot ("" forgets one)."""

    texts: Mapping[str, str | None]
    accounts: tuple[AccountSetting, ...]
    keys: Mapping[str, str]


def drafts_of(settings: "Settings") -> list[AccountDraft]:
    """The two that are always there, then the user's own."""
    fixed = {kind: set[str]() for kind in _KEYS}
    for kind, name, field in _FIELDS:
        if settings.is_fixed(name):
            fixed[kind].add(field)
    for kind, name in _KEYS.items():
        if settings.is_fixed(name):
            fixed[kind].add("key")
    openai = AccountDraft(
        OPENAI,
        base_url=settings.openai_base_url,
        model=settings.openai_model,
        is_built_in=True,
        fixed=frozenset(fixed[OPENAI]),
    )
    replicate = AccountDraft(
        REPLICATE,
        kind=REPLICATE,
        base_url=settings.replicate_base_url,
        is_built_in=True,
        fixed=frozenset(fixed[REPLICATE]),
    )
    own = (
        AccountDraft(one.name, one.kind, one.preset, one.base_url, one.model)
        for one in settings.accounts
    )
    return [openai, replicate, *own]


def change_of(
    drafts: Sequence[AccountDraft], before: "Settings", forgotten: Sequence[str] = ()
) -> ProvidersChange:
    """`forgotten` are the slots of accounts that were taken away.

    Raises SettingsError for an account that cannot be one.
    """
    texts: dict[str, str | None] = {}
    by_name = {draft.name: draft for draft in drafts if draft.is_built_in}
    for kind, name, field in _FIELDS:
        text = str(getattr(by_name[kind], field)).strip()
        if text != getattr(before, name) and not before.is_fixed(name):
            texts[name] = text or None
    accounts = checked_accounts(tuple(_setting(draft) for draft in drafts if not draft.is_built_in))
    keys = dict.fromkeys(forgotten, "")
    keys |= {draft.key_slot: draft.key.strip() for draft in drafts if draft.key is not None}
    return ProvidersChange(texts, accounts, keys)


def free_name(drafts: Sequence[AccountDraft], wanted: str) -> str:
    """A name for an account that nobody has."""
    taken = {draft.name for draft in drafts}
    plain = "".join(each if each.isalnum() or each in ".-" else "-" for each in wanted.lower())
    plain = plain.strip(".-")[:32] or "account"
    names = (plain, *(f"{plain}-{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in taken)


def _setting(draft: AccountDraft) -> AccountSetting:
    setting = AccountSetting(
        draft.name.strip(), draft.kind, draft.preset, draft.base_url.strip(), draft.model.strip()
    )
    return setting if draft.kind == OPENAI else replace(setting, preset="")
