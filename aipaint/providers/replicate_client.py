"""`ReplicateClient`: one order at Replicate from upload to last picture, and what is free."""

import json
import random
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from aipaint.errors import CancelledError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import MEGABYTE, HttpAnswer, HttpCall
from aipaint.providers.paid_call import PaidCall
from aipaint.providers.picture_download import PictureDownload
from aipaint.providers.prediction import Prediction
from aipaint.providers.replicate_errors import bad_end, expired, refusal, unusable
from aipaint.providers.replicate_files import ReplicateFiles, inline_address
from aipaint.providers.replicate_input import request_input, unused_parts, version_for
from aipaint.providers.replicate_lost import EARLIEST_MICROS, lost_order
from aipaint.providers.replicate_model import ReplicateModel
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.replicate_polling import PredictionPoll
from aipaint.providers.replicate_prediction import (
    SUCCEEDED,
    RemotePrediction,
    prediction_of,
    read_json,
    read_page,
    read_prediction,
)
from aipaint.providers.replicate_results import fetch_results
from aipaint.providers.replicate_schema import model_from_page
from aipaint.providers.request import PredictionRequest
from aipaint.providers.retries import RetryPolicy, send_with_retries
from aipaint.providers.stop_sign import Stopped, StopReason, StopSign
from aipaint.providers.watch import Watch

_MOST_PAGES = 5


class ReplicateClient:
    """Made for one call; its total deadline covers upload, order, polling and downloads."""

    def __init__(
        self,
        options: ReplicateOptions,
        chance: random.Random,
        policy: RetryPolicy,
        clock: Callable[[], datetime],
    ) -> None:
        self._options = options
        self._chance = chance
        self._policy = policy
        self._clock = clock
        key = {"Authorization": f"Bearer {options.api_token}"}
        self._http = HttpClient(options.base_url, key, options.timeout_seconds)

    def predict(
        self, request: PredictionRequest, model: ReplicateModel, watch: Watch
    ) -> Prediction:
        """Buy the pictures. Raises UsageError, CancelledError (both unsent) or ProviderError."""
        stop = self._http.until(watch.cancelled)
        files = ReplicateFiles(
            self._http, stop, self._policy, self._chance, self._refuser(model.info.id)
        )
        call = self._order(request, model, request_input(request, model, files.place))
        paid = PaidCall(self._http, stop, watch, self._refuser(model.info.id))
        answer = paid.send(call, self._policy, self._chance)
        remote = read_prediction(answer.body)
        if remote is None:
            raise unusable(answer.body, "the answer is no prediction")
        watch.accepted(remote.id)
        return self._finish(remote, request, model, stop, watch)

    def resume(
        self, remote_id: str, request: PredictionRequest, model: ReplicateModel, watch: Watch
    ) -> Prediction:
        """Go on with an order of an earlier time. Nothing is bought. Raises ProviderError."""
        stop = self._http.until(watch.cancelled)
        remote = self._poll(model, stop, watch).first(remote_id)
        return self._finish(remote, request, model, stop, watch)

    def find_lost(
        self,
        request: PredictionRequest,
        model: ReplicateModel,
        sent_at_micros: int,
        watch: Watch,
        known: Collection[str],
    ) -> str | None:
        """Raises UsageError, ProviderError or CancelledError."""
        stop = self._http.until(watch.cancelled)
        sent = request_input(request, model, lambda png, _: inline_address(png))
        newest = self._newest(sent_at_micros - EARLIEST_MICROS, stop)
        found = [one for one in newest if one.id not in known]
        order = lost_order(found, sent, model, sent_at_micros)
        return order.id if order is not None else None

    def page(self, model_id: str, watch: Watch) -> bytes:
        """A model's page in the API, a fixed version's in the same shape. Raises ProviderError if
        it cannot be had or understood, CancelledError."""
        stop = self._http.until(watch.cancelled)
        name, _, version = model_id.partition(":")
        if version:
            fixed = self._get(f"models/{name}/versions/{version}", stop, model_id)
            page = b'{"latest_version": ' + fixed + b"}"
        else:
            page = self._get(f"models/{name}", stop, model_id)
        if model_from_page(model_id, read_page(page)) is None:
            raise ProviderError(
                f'What the model "{model_id}" can do could not be read.',
                kind="bad_answer",
                charged=Charged.NO,
                hint="Nothing was bought. Choose another model.",
            )
        return page

    def _order(
        self, request: PredictionRequest, model: ReplicateModel, fields: dict[str, object]
    ) -> HttpCall:
        """By version, or by name for an official model: two routes, two bodies."""
        version = version_for(request, model)
        tree: dict[str, object] = {"input": fields}
        url = f"models/{model.name}/predictions"
        if version:
            tree, url = {"version": version} | tree, "predictions"
        headers = [("Cancel-After", f"{max(5, round(self._options.timeout_seconds))}s")]
        if self._options.wait_seconds > 0:
            headers.append(("Prefer", f"wait={min(60, self._options.wait_seconds)}"))
        body = json.dumps(tree, ensure_ascii=False, allow_nan=False).encode("utf-8")
        return HttpCall("POST", url, body, "application/json", is_paid=True, headers=tuple(headers))

    def _finish(
        self,
        remote: RemotePrediction,
        request: PredictionRequest,
        model: ReplicateModel,
        stop: StopSign,
        watch: Watch,
    ) -> Prediction:
        remote = self._poll(model, stop, watch).follow(remote)
        if remote.status != SUCCEEDED:
            raise bad_end(remote, model, self._without_key)
        if not remote.outputs and remote.is_removed:
            raise expired(remote)
        download = PictureDownload(
            self._http, self._options.base_url, stop, self._policy, self._chance
        )
        found = fetch_results(remote, request.count, download, watch)
        return replace(found, warnings=(*found.warnings, *unused_parts(request, model)))

    def _newest(self, since_micros: int, stop: StopSign) -> list[RemotePrediction]:
        """The account's predictions, the newest first, as far back as asked."""
        found: list[RemotePrediction] = []
        url = "predictions"
        for _page in range(_MOST_PAGES):
            tree = read_json(self._get(url, stop, ""))
            rows = tree.get("results") if isinstance(tree, dict) else None
            page = [prediction_of(row) for row in rows] if isinstance(rows, list) else []
            found += [one for one in page if one is not None]
            following = tree.get("next") if isinstance(tree, dict) else None
            oldest = found[-1].created_at_micros if found else None
            if not isinstance(following, str) or oldest is None or oldest < since_micros:
                break
            url = self._http.resolved(following)
            if not url.startswith(("https://", "http://")) or not self._http.is_same_origin(url):
                break
        return found

    def _get(self, url: str, stop: StopSign, model_id: str) -> bytes:
        """Free: sent again as often as it takes. Raises ProviderError or CancelledError."""

        def attempt() -> HttpAnswer:
            answer = self._http.send(HttpCall("GET", url, body_limit_bytes=32 * MEGABYTE), stop)
            if not answer.is_ok:
                error = self._refuser(model_id)(answer)
                error.charged = Charged.NO
                raise error
            return answer

        try:
            answer = send_with_retries(
                attempt,
                stop,
                self._policy,
                self._chance,
                may_repeat=lambda error: error.retryable or error.kind in ("server", "network"),
            )
        except Stopped as stopped:
            if stopped.reason is StopReason.CANCELLED:
                raise CancelledError("Cancelled.") from None
            raise ProviderError(
                "Replicate did not answer in time.", kind="timeout", charged=Charged.NO
            ) from None
        return answer.body

    def _poll(self, model: ReplicateModel, stop: StopSign, watch: Watch) -> PredictionPoll:
        return PredictionPoll(self._http, stop, watch, self._options, self._refuser(model.info.id))

    def _refuser(self, model_id: str) -> Callable[[HttpAnswer], ProviderError]:
        return lambda answer: refusal(answer, model_id, self._without_key, self._clock())

    def _without_key(self, text: str) -> str:
        """Some servers repeat the key in their complaint."""
        return text.replace(self._options.api_token, "[key]")
