"""The answer of `GET /models` as capability records."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import HttpAnswer
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.openai_models import find_model, is_gone

_MAX_MODELS = 5000
_MAX_NAME = 200


def read_model_list(answer: HttpAnswer) -> tuple[ModelInfo, ...]:
    """Models that say "image" in their name, or all if none does; those shut down left out.

    Raises ProviderError (kind "bad_answer", not charged).
    """
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
    models = [_model(row) for row in rows[:_MAX_MODELS] if _is_usable(row)]
    makers_of_images = [model for model in models if "image" in model.id]
    return tuple(makers_of_images or models)


def _is_usable(row: Any) -> bool:
    name = row.get("id") if isinstance(row, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= _MAX_NAME:
        return False
    return name.isprintable() and not is_gone(name)


def _model(row: dict[str, Any]) -> ModelInfo:
    known = find_model(row["id"])
    ends = _iso_day(row.get("shutdown_date"))
    return replace(known, retires_at=ends) if ends else known


def _iso_day(value: Any) -> str:
    """The announced end as an ISO date; seconds since 1970 or text."""
    if isinstance(value, int) and 0 < value < 10**11:
        return datetime.fromtimestamp(value, UTC).date().isoformat()
    return value[:10] if isinstance(value, str) else ""
