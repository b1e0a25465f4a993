"""The tables [envelopes.project] and [envelopes.provider] of settings.toml, as checked values."""

from collections.abc import Mapping
from typing import Any

from aipaint.settings.checked_values import checked_cap_micros
from aipaint.settings.errors import SettingsError
from aipaint.settings.settings import EnvelopeSetting

ENVELOPE_KINDS = ("project", "provider")
_LONGEST_NAME = 200


def stored_envelopes(table: Any) -> tuple[EnvelopeSetting, ...]:
    """From the tree of `[envelopes]`. Raises SettingsError that names the entry."""
    if not isinstance(table, Mapping):
        raise _not_a_table("envelopes")
    if unknown := sorted(set(table) - set(ENVELOPE_KINDS)):
        raise SettingsError(
            f"[envelopes.{unknown[0]}] is not a kind of envelope.",
            "There are [envelopes.project] and [envelopes.provider].",
        )
    found = []
    for kind, limits in table.items():
        if not isinstance(limits, Mapping):
            raise _not_a_table(f"envelopes.{kind}")
        for name, value in limits.items():
            found.append(checked_envelope(kind, name, str(value)))
    return tuple(found)


def checked_envelope(kind: str, name: str, text: str) -> EnvelopeSetting:
    """`text` is an amount in dollars; 0 lets nothing through."""
    is_name = name.strip() and name.isprintable() and len(name) <= _LONGEST_NAME
    if kind not in ENVELOPE_KINDS or not is_name:
        raise SettingsError(
            f"An envelope of a {kind} has an unusable name.", "Type one short line."
        )
    return EnvelopeSetting(kind, name, checked_cap_micros(f'The envelope "{name}"', text))


def _not_a_table(name: str) -> SettingsError:
    return SettingsError(f"{name} in settings.toml is not a table.", f'Write [{name}], "name" = 5.')
