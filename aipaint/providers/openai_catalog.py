"""`OpenAICatalog`: the free questions to a server: which models there are, what credit is left."""

import json
import random
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from urllib.parse import quote

from aipaint.errors import CancelledError
from aipaint.money import format_usd, usd_to_micros
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import MEGABYTE, HttpAnswer, HttpCall
from aipaint.providers.model_price import ModelPrice
from aipaint.providers.openai_client import OpenAIClient
from aipaint.providers.openai_model_list import joined_rows, read_rows
from aipaint.providers.openai_preset import OpenAIPreset
from aipaint.providers.openrouter_prices import price_at_endpoints
from aipaint.providers.retries import RetryPolicy, send_with_retries
from aipaint.providers.stop_sign import Stopped, StopReason, StopSign
from aipaint.providers.watch import Watch

T = TypeVar("T")


class OpenAICatalog:
    """Every question may be asked again as often as it takes; nothing here costs."""

    def __init__(
        self,
        client: OpenAIClient,
        preset: OpenAIPreset,
        chance: random.Random,
        policy: RetryPolicy,
    ) -> None:
        self._client = client
        self._preset = preset
        self._chance = chance
        self._policy = policy

    def rows(self, watch: Watch) -> list[dict[str, Any]]:
        """The models as the server lists them. Raises ProviderError or CancelledError."""
        return self._asked(watch, self._all_rows)

    def credit(self, watch: Watch) -> str:
        """What is left, in words; "" where the server has no such route. Raises as `rows`."""
        if not self._preset.credit_path:
            return ""
        answer = self._asked(watch, lambda stop: self._get(self._preset.credit_path, stop))
        return _left(answer)

    def price(self, model_id: str, watch: Watch) -> ModelPrice | None:
        """What the server says of one model; None where it says nothing clear. Raises as `rows`."""
        if not self._preset.price_path:
            return None
        path = self._preset.price_path.format(model=quote(model_id))
        answer = self._asked(watch, lambda stop: self._get(path, stop))
        try:
            return price_at_endpoints(model_id, json.loads(answer.body, parse_float=Decimal))
        except (ValueError, RecursionError):
            return None

    def _all_rows(self, stop: StopSign) -> list[dict[str, Any]]:
        first, *others = self._preset.model_lists
        lists = [read_rows(self._get(first, stop))]
        for path in others:
            try:
                lists.append(read_rows(self._get(path, stop)))
            except ProviderError as error:
                if error.retryable:
                    raise
                # The other lists only say more.
        return joined_rows(lists)

    def _asked(self, watch: Watch, question: Callable[[StopSign], T]) -> T:
        stop = self._client.http.until(watch.cancelled)
        try:
            return send_with_retries(lambda: question(stop), stop, self._policy, self._chance)
        except Stopped as stopped:
            if stopped.reason is StopReason.CANCELLED:
                raise CancelledError("Cancelled while asking for the models.") from None
            raise _no_list_in_time() from None

    def _get(self, path: str, stop: StopSign) -> HttpAnswer:
        call = HttpCall("GET", path, body_limit_bytes=16 * MEGABYTE)
        answer = self._client.http.send(call, stop)
        if not answer.is_ok:
            raise self._client.refused(answer, "")
        return answer


def _left(answer: HttpAnswer) -> str:
    try:
        data = json.loads(answer.body, parse_float=Decimal)["data"]
        left = Decimal(data["total_credits"]) - Decimal(data["total_usage"])
        return f"{format_usd(usd_to_micros(max(left, Decimal(0))))} credit left"
    except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError):
        return ""


def _no_list_in_time() -> ProviderError:
    return ProviderError(
        "The server did not send its list of models in time.",
        kind="timeout",
        charged=Charged.NO,
        hint="A model's name can be typed without the list.",
    )
