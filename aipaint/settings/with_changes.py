"""`with_changes`: the settings as they would be with some of them stored anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from aipaint.settings.load_settings import AMOUNTS, CAPS, RULES
from aipaint.settings.settings import DEFAULT, STORED, CapSetting, EnvelopeSetting, Settings
from aipaint.settings.stored_envelopes import ENVELOPE_KINDS as _KINDS


def with_changes(
    settings: Settings,
    changes: Mapping[str, str | None],
    envelopes: Sequence[EnvelopeSetting] | None = None,
) -> Settings:
    """What `load_settings` would say after `save_settings` of the same. Nothing is written.

    What the command line or the environment fixes stays. Raises SettingsError for a value that
    cannot be used.
    """
    values: dict[str, Any] = {}
    sources = dict(settings.sources)
    for name, text in changes.items():
        value = RULES[name].check(name, RULES[name].default if text is None else text)
        if settings.is_fixed(name):
            continue
        source = DEFAULT if text is None else STORED
        field = f"{name}_micros" if name in AMOUNTS else name
        values[field] = CapSetting(value, source) if name in CAPS else value
        sources[name] = source
    if envelopes is not None:
        values["envelopes"] = tuple(sorted(envelopes, key=lambda each: _KINDS.index(each.kind)))
        sources["envelopes"] = STORED if envelopes else DEFAULT
    return replace(settings, **values, sources=MappingProxyType(sources))
