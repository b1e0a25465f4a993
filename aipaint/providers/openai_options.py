"""What an OpenAI-compatible adapter has to know to call its server."""

from dataclasses import dataclass, field

from aipaint.providers.openai_preset import GENERIC_PRESET, OpenAIPreset

OPENAI_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True)
class OpenAIOptions:
    """Where to ask and with which key. The key is never shown."""

    api_key: str = field(default="", repr=False)
    base_url: str = OPENAI_BASE_URL
    model: str = ""  # empty: the preset's default, or the adapter's
    timeout_seconds: float = 600.0
    preset: OpenAIPreset = GENERIC_PRESET
    refine_model: str = ""  # empty: the preset's default
