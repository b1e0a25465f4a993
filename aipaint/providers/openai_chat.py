"""Words for words: the chat call that all compatible servers have, and its answer."""

import json
from typing import Any

from aipaint.errors import UsageError
from aipaint.money import Micros, Usage
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import HttpAnswer, HttpCall
from aipaint.providers.openai_answer import read_cost_micros, read_usage
from aipaint.providers.prediction import Prediction
from aipaint.providers.request import INSTRUCTIONS, PredictionRequest

MOST_TOKENS = 4_000
"""The longest answer that is asked for; the price book reckons with it."""

NEW_LIMIT, OLD_LIMIT = "max_completion_tokens", "max_tokens"
_MAX_TEXT = 32_000


def chat_call(request: PredictionRequest, limit_name: str = NEW_LIMIT) -> HttpCall:
    """No temperature: models that think refuse it. Raises UsageError without words."""
    if not request.prompt.strip():
        raise UsageError("There is nothing to refine.", "Say in a few words what you want to see.")
    instructions = dict(request.extra).get(INSTRUCTIONS, "")
    messages = [{"role": "system", "content": instructions}] if instructions else []
    messages.append({"role": "user", "content": request.prompt.strip()})
    fields: dict[str, Any] = {"model": request.model, "messages": messages, limit_name: MOST_TOKENS}
    body = json.dumps(fields, ensure_ascii=False).encode("utf-8")
    return HttpCall("POST", "chat/completions", body, "application/json", is_paid=True)


def read_chat_answer(tree: dict[str, Any], answer: HttpAnswer) -> Prediction:
    """Raises ProviderError (charged YES, with what it counted) if there are no words in it."""
    usage, cost = read_usage(tree.get("usage")), read_cost_micros(tree.get("usage"), answer.headers)
    choices = tree.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else {}
    message = choice.get("message") if isinstance(choice, dict) else None
    text = _content(message.get("content")) if isinstance(message, dict) else ""
    if text.strip():
        return Prediction((), text[:_MAX_TEXT], usage, cost)
    is_cut = isinstance(choice, dict) and choice.get("finish_reason") == "length"
    raise _no_words(answer, usage, cost, is_cut=is_cut)


def _content(content: Any) -> str:
    """A text, or a list of parts of which some are text."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = [part.get("text") for part in parts if isinstance(part, dict)]
    return "".join(text for text in texts if isinstance(text, str))


def _no_words(
    answer: HttpAnswer, usage: Usage | None, cost: Micros | None, *, is_cut: bool
) -> ProviderError:
    del cost  # an error carries counts, no amounts
    return ProviderError(
        "The model thought until its answer was cut off."
        if is_cut
        else "The provider answered without any words.",
        kind="bad_answer",
        charged=Charged.YES,
        status=answer.status,
        hint="Choose another model for refining.",
        usage=usage,
        raw=answer.body,
    )
