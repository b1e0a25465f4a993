"""Lists of models as servers give them: read as rows, which can be kept, and made records."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import HttpAnswer
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.openai_models import find_model, is_gone
from aipaint.providers.openai_preset import EditForm, OpenAIPreset
from aipaint.providers.openrouter_models import with_descriptors

_MAX_MODELS = 5000
_MAX_NAME = 200
_KEPT = (
    "id", "shutdown_date", "name", "supported_parameters", "supports_streaming", "architecture",
    "pricing",
)  # fmt: skip


def read_rows(answer: HttpAnswer) -> list[dict[str, Any]]:
    """What each row says that matters here. Raises ProviderError (kind "bad_answer", free)."""
    try:
        tree = json.loads(answer.body)
    except (ValueError, RecursionError):
        tree = None
    rows = tree.get("data") if isinstance(tree, dict) else None
    if not isinstance(rows, list):
        raise ProviderError(
            "The server's list of models cannot be read.",
            kind="bad_answer",
            charged=Charged.NO,
            status=answer.status,
            hint="Check the base URL; a model's name can be typed without the list.",
        )
    usable = (row for row in rows[:_MAX_MODELS] if _is_usable(row))
    return [{key: row[key] for key in _KEPT if key in row} for row in usable]


def joined_rows(lists: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Several lists as one: the first says which models there are, the others more of them."""
    first, *others = lists
    more: dict[str, dict[str, Any]] = {}
    for rows in others:
        for row in rows:
            more[row["id"]] = more.get(row["id"], {}) | row
    return [more.get(row["id"], {}) | row for row in first]


def models_of(rows: list[Any], preset: OpenAIPreset) -> tuple[ModelInfo, ...]:
    """Models that say "image" in their name, or all if none does; those shut down left out."""
    found = [_model(row, preset) for row in rows[:_MAX_MODELS] if _is_usable(row, preset)]
    if not preset.knows_gpt:
        return tuple(found)
    makers_of_images = [model for model in found if "image" in model.id]
    return tuple(makers_of_images or found)


def _is_usable(row: Any, preset: OpenAIPreset | None = None) -> bool:
    name = row.get("id") if isinstance(row, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= _MAX_NAME or not name.isprintable():
        return False
    return preset is None or not (preset.knows_gpt and is_gone(name))


def _model(row: dict[str, Any], preset: OpenAIPreset) -> ModelInfo:
    known = find_model(row["id"], preset)
    if preset.edit is EditForm.REFERENCES:
        known = with_descriptors(known, row)
    ends = _iso_day(row.get("shutdown_date"))
    return replace(known, retires_at=ends) if ends else known


def _iso_day(value: Any) -> str:
    """The announced end as an ISO date; seconds since 1970 or text."""
    if isinstance(value, int) and 0 < value < 10**11:
        return datetime.fromtimestamp(value, UTC).date().isoformat()
    return value[:10] if isinstance(value, str) else ""
