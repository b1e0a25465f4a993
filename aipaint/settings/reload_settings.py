"""`reload_settings`: what the settings say now, with what was fixed at the start still in force."""

from collections.abc import Mapping

from aipaint.settings.load_settings import RULES, load_settings
from aipaint.settings.settings import COMMAND_LINE, Settings


def reload_settings(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Read settings.toml again. Raises SettingsError."""
    typed = {
        name: str(getattr(settings, name))
        for name in RULES
        if settings.source_of(name) == COMMAND_LINE
    }
    return load_settings(environ, {**typed, "home": str(settings.home)})
