"""`ModelMemory`: what was chosen for each model, from one start to the next."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings

_LONGEST = 20_000


@dataclass(frozen=True)
class ModelChoices:
    """Of one model. Texts as in the fields; `options` are those that were set."""

    preset: str = ""
    quality: str = ""
    size: str = ""
    seed: str = ""
    count: int = 1
    options: Mapping[str, str] = field(default_factory=dict)


class ModelMemory:
    """An INI file in the data folder. A damaged one is an empty one. It holds no secrets."""

    def __init__(self, home: Path) -> None:
        self._settings = QSettings(str(home / "models.ini"), QSettings.Format.IniFormat)

    def choices(self, provider: str, model: str) -> ModelChoices | None:
        """None for a model that was never used."""
        tree = self._read(_key(provider, model))
        if not isinstance(tree, dict):
            return None
        options = tree.get("options")
        texts = {name: str(tree.get(name, "")) for name in ("preset", "quality", "size", "seed")}
        count = tree.get("count", 1)
        return ModelChoices(
            **texts,
            count=count if isinstance(count, int) and count > 0 else 1,
            options={str(name): str(text) for name, text in options.items()}
            if isinstance(options, dict)
            else {},
        )

    def keep(self, provider: str, model: str, choices: ModelChoices) -> None:
        self._write(_key(provider, model), {**asdict(choices), "options": dict(choices.options)})

    def last_model(self, provider: str) -> str:
        """The one that was chosen last at a provider; "" for none."""
        name = self._read(_last_key(provider))
        return name if isinstance(name, str) else ""

    def keep_last_model(self, provider: str, model: str) -> None:
        if self.last_model(provider) != model:
            self._write(_last_key(provider), model)

    def _read(self, key: str) -> object:
        try:
            found: object = json.loads(str(self._settings.value(key, "null")))
        except (ValueError, RecursionError):
            return None
        return found

    def _write(self, key: str, value: object) -> None:
        text = json.dumps(value)
        if len(text) <= _LONGEST:
            self._settings.setValue(key, text)


def _key(provider: str, model: str) -> str:
    """Names hold slashes, which would be groups."""
    return f"{provider.encode().hex()}/{model.encode('utf-8', 'replace').hex()}"


def _last_key(provider: str) -> str:
    return f"last/{provider.encode().hex()}"
