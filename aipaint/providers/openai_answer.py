"""The body of a 2xx answer of the images API: pictures, addresses of pictures, usage, cost.

Whatever arrives here was paid for: nothing usable is thrown away because of something else that
is not, and what cannot be used at all goes out as an error that carries the bytes.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from aipaint.money import Micros, Usage, usd_to_micros
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import HttpAnswer

_MAX_TOKENS = 10**12
_MAX_PICTURES = 16  # more than any model makes at a time: a hundred would fill the memory
_MAX_COST_USD = Decimal(100_000)
_COST_HEADER = "x-litellm-response-cost"


@dataclass(frozen=True)
class ImagesAnswer:
    """`pictures`: bytes of a picture, or the address where one waits, in order."""

    pictures: tuple[bytes | str, ...]
    revised_prompt: str = ""
    usage: Usage | None = None
    cost_micros: Micros | None = None


def read_tree(answer: HttpAnswer) -> dict[str, Any]:
    """The JSON object. Raises ProviderError (charged YES, with the raw bytes) if it is none."""
    try:
        tree = json.loads(answer.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        kind = answer.headers.get("content-type", "").split(";")[0]
        raise unusable(
            answer, "it is a web page" if kind == "text/html" else "it is not JSON"
        ) from None
    if not isinstance(tree, dict):
        raise unusable(answer, "it has another shape")
    return tree


def read_images_answer(tree: dict[str, Any], answer: HttpAnswer) -> ImagesAnswer:
    """Raises ProviderError (charged YES, with the raw bytes) if there is no picture in it."""
    items = tree.get("data")
    pictures: list[bytes | str] = []
    revised = ""
    for item in items[:_MAX_PICTURES] if isinstance(items, list) else ():
        if isinstance(item, dict):
            picture = picture_bytes(item)
            pictures += [picture] if picture else []
            revised = revised or _short_text(item.get("revised_prompt"))
    if not pictures:
        raise unusable(answer, "it holds no picture")
    usage = tree.get("usage")
    return ImagesAnswer(
        tuple(pictures), revised, read_usage(usage), read_cost_micros(usage, answer.headers)
    )


def unusable(answer: HttpAnswer, why: str) -> ProviderError:
    """What is said of a 2xx answer that is good for nothing."""
    return ProviderError(
        f"The provider answered, but the answer cannot be used: {why}.",
        kind="bad_answer",
        charged=Charged.YES,
        status=answer.status,
        hint="It was probably charged. Check the base URL before trying again.",
        raw=answer.body,
    )


def picture_bytes(item: dict[str, Any]) -> bytes | str | None:
    """Of one item: the bytes, the address where they wait, or nothing."""
    text = item.get("b64_json") or item.get("url")
    if not isinstance(text, str):
        return None
    if item.get("b64_json") or text.startswith("data:"):
        return _from_base64(text)
    return text


def _from_base64(text: str) -> bytes | None:
    """Some servers put a whole data address where only base64 belongs."""
    if text.startswith("data:"):
        text = text.partition(",")[2]
    try:
        return base64.b64decode(text) or None
    except (binascii.Error, ValueError):
        return None


def _short_text(value: Any) -> str:
    return value[:32_000] if isinstance(value, str) else ""


def read_usage(tree: Any) -> Usage | None:
    """Tokens by kind; without details all output counts as picture, as it is the dearest. The
    words of a chat are counted under names of their own."""
    if not isinstance(tree, dict):
        return None
    if "prompt_tokens" in tree and "input_tokens" not in tree:
        return Usage(
            text_in=_tokens(tree["prompt_tokens"]), text_out=_tokens(tree.get("completion_tokens"))
        )
    inputs, outputs = _details(tree, "input"), _details(tree, "output")
    total_in, total_out = _tokens(tree.get("input_tokens")), _tokens(tree.get("output_tokens"))
    image_in, image_out = _tokens(inputs.get("image_tokens")), _tokens(outputs.get("image_tokens"))
    text_in, text_out = _tokens(inputs.get("text_tokens")), _tokens(outputs.get("text_tokens"))
    if not (image_in or text_in):
        image_in = total_in
    if not (image_out or text_out):
        image_out = total_out
    return Usage(text_in=text_in, image_in=image_in, image_out=image_out, text_out=text_out)


def _details(tree: dict[str, Any], side: str) -> dict[str, Any]:
    details = tree.get(f"{side}_tokens_details")
    return details if isinstance(details, dict) else {}


def _tokens(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 <= value <= _MAX_TOKENS else 0


def read_cost_micros(usage: Any, headers: Mapping[str, str]) -> Micros | None:
    """What the provider says it charged, in dollars; nothing or zero means it does not say."""
    stated = usage.get("cost") if isinstance(usage, dict) else None
    try:
        cost = Decimal(str(headers.get(_COST_HEADER, "") if stated is None else stated))
    except InvalidOperation:
        return None
    if not cost.is_finite() or not 0 < cost <= _MAX_COST_USD:
        return None
    return usd_to_micros(cost)
