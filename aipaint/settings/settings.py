"""`Settings`: everything the user chose, checked, with where each value came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from aipaint.settings.account import AccountSetting

COMMAND_LINE, ENVIRONMENT, STORED, DEFAULT = "command line", "environment", "settings", "default"
"""Where a value can come from, strongest first."""

SECRET_NAMES = ("openai_api_key", "replicate_api_token")

Source: TypeAlias = str


@dataclass(frozen=True)
class CapSetting:
    """A spending cap in micro-dollars; 0 means unlimited."""

    micros: int
    source: Source


@dataclass(frozen=True)
class EnvelopeSetting:
    """A limit in micro-dollars of one project or one provider; `kind` says which of the two."""

    kind: str
    name: str
    micros: int


@dataclass(frozen=True)
class Settings:
    """Frozen; a change makes a new one. `repr` never shows a key."""

    openai_api_key: str = field(repr=False)
    openai_base_url: str
    openai_model: str
    openai_timeout_seconds: float
    replicate_api_token: str = field(repr=False)
    replicate_base_url: str
    refine_model: str
    refine_instructions: str
    daily_cap: CapSetting
    monthly_cap: CapSetting
    session_cap: CapSetting
    rate_limit_seconds: int
    dedupe_ttl_seconds: int
    fuse_micros: int
    fuse_minutes: int
    tier_medium_micros: int
    tier_high_micros: int
    ask_from_micros: int
    ask_from_count: int
    jobs_at_once: int
    envelopes: tuple[EnvelopeSetting, ...]
    home: Path
    accounts: tuple[AccountSetting, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def source_of(self, name: str) -> Source:
        """Where the value of a field came from."""
        return self.sources.get(name, DEFAULT)

    def is_fixed(self, name: str) -> bool:
        """Whether the command line or the environment says it, so that storing changes nothing."""
        return self.source_of(name) in (COMMAND_LINE, ENVIRONMENT)

    def with_stored_key(self, name: str, key: str) -> "Settings":
        """With a key from the key store, unless the command line or environment gives one."""
        if name not in SECRET_NAMES:
            raise ValueError(f"not a key: {name}")
        if self.is_fixed(name):
            return self
        sources = MappingProxyType({**self.sources, name: STORED if key else DEFAULT})
        if name == "openai_api_key":
            return replace(self, openai_api_key=key, sources=sources)
        return replace(self, replicate_api_token=key, sources=sources)
