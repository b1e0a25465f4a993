"""`make_providers`: everybody who can make pictures, from the settings and the keys."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from aipaint.generation.kept_refusals import KeptRefusals
from aipaint.history.history import History
from aipaint.providers.openai_compat import OpenAICompatible
from aipaint.providers.openai_models import DEFAULT_MODEL
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.openai_preset import OpenAIPreset, load_openai_presets, preset_for
from aipaint.providers.provider import Provider
from aipaint.providers.rehearsal import Rehearsal
from aipaint.providers.replicate import Replicate
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.replicate_presets import load_presets
from aipaint.settings.account import AccountSetting
from aipaint.settings.paths import resource
from aipaint.settings.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from aipaint.settings.secrets import KeyStore


def make_providers(
    settings: Settings,
    keys: "KeyStore",
    history: History,
    offline: Provider,
    clock: Callable[[], datetime],
) -> tuple[Provider, ...]:
    """`offline`, those of the environment, one for each account, the rehearsal last.

    May wait for the key store: call it on a worker. Raises SettingsError."""
    maker = _Maker(settings, keys, history, clock)
    return (
        offline,
        maker.openai(),
        maker.replicate(),
        *(maker.account(account) for account in settings.accounts),
        Rehearsal(chance=random.Random()),
    )


def openai_presets() -> dict[str, OpenAIPreset]:
    """What an account can be, by name."""
    return load_openai_presets(resource("openai_presets.toml"))


class _Maker:
    def __init__(
        self,
        settings: Settings,
        keys: "KeyStore",
        history: History,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._history = history
        self._clock = clock
        self._presets: Mapping[str, OpenAIPreset] = openai_presets()

    def openai(self) -> OpenAICompatible:
        """The one of the environment."""
        settings = self._settings
        preset = preset_for(self._presets, settings.openai_base_url)
        model = settings.openai_model
        if preset.default_model and model == DEFAULT_MODEL:
            model = ""  # our default is not a name there
        # A keyring can be slow and can ask for a password: it is not touched when a key was given.
        key = settings.openai_api_key or self._keys.get("openai_api_key") or ""
        options = self._options(preset, key, settings.openai_base_url)
        return self._compatible(replace(options, model=model), "openai")

    def replicate(self) -> Replicate:
        settings = self._settings
        key = settings.replicate_api_token or self._keys.get("replicate_api_token") or ""
        return self._replicate(key, settings.replicate_base_url)

    def account(self, account: AccountSetting) -> Provider:
        key = self._keys.get(account.key_slot) or ""
        if account.kind == "replicate":
            made = self._replicate(key, account.base_url or self._settings.replicate_base_url)
            made.name, made.label = account.name, f"{account.name} (Replicate)"
            return made
        preset = preset_for(self._presets, account.base_url, account.preset)
        options = self._options(preset, key, account.base_url or preset.base_url)
        return self._compatible(replace(options, model=account.model), account.name)

    def _options(self, preset: OpenAIPreset, key: str, base_url: str) -> OpenAIOptions:
        settings = self._settings
        is_said = settings.source_of("refine_model") != DEFAULT
        return OpenAIOptions(
            api_key=key,
            base_url=base_url or settings.openai_base_url,
            timeout_seconds=settings.openai_timeout_seconds,
            preset=preset,
            refine_model=settings.refine_model if is_said else "",
        )

    def _compatible(self, options: OpenAIOptions, name: str) -> OpenAICompatible:
        return OpenAICompatible(
            options,
            chance=random.Random(),
            name=name,
            refused=KeptRefusals(self._history, name, self._clock),
        )

    def _replicate(self, key: str, base_url: str) -> Replicate:
        options = ReplicateOptions(
            api_token=key,
            base_url=base_url,
            pages_folder=self._settings.home / "cache" / "replicate",
        )
        return Replicate(options, load_presets(resource("replicate")), chance=random.Random())
