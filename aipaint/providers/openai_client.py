"""`OpenAIClient`: one request of the OpenAI images API from first byte to last picture."""

import random
from collections.abc import Callable
from datetime import datetime

from aipaint.errors import CancelledError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import MEGABYTE, HttpAnswer, HttpCall
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.openai_answer import ImagesAnswer, read_images_answer
from aipaint.providers.openai_body import images_call
from aipaint.providers.openai_errors import refusal
from aipaint.providers.openai_model_list import read_model_list
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.paid_call import PaidCall
from aipaint.providers.picture_download import PictureDownload
from aipaint.providers.picture_kind import picture_extension
from aipaint.providers.prediction import Prediction
from aipaint.providers.request import PredictionRequest
from aipaint.providers.retries import RetryPolicy, send_with_retries
from aipaint.providers.stop_sign import Stopped, StopReason, StopSign
from aipaint.providers.watch import Watch


class OpenAIClient:
    """Made for one call; its total deadline covers retries, the purchase and the downloads."""

    def __init__(
        self,
        options: OpenAIOptions,
        chance: random.Random,
        policy: RetryPolicy,
        clock: Callable[[], datetime],
    ) -> None:
        self._options = options
        self._chance = chance
        self._policy = policy
        self._clock = clock
        key = {"Authorization": f"Bearer {options.api_key}"}
        self._http = HttpClient(options.base_url, key, options.timeout_seconds)

    def predict(self, request: PredictionRequest, model: ModelInfo, watch: Watch) -> Prediction:
        """Buy the pictures. Raises UsageError, CancelledError (both unsent) or ProviderError."""
        call = images_call(request, model)
        stop = self._http.until(watch.cancelled)
        paid = PaidCall(self._http, stop, watch, lambda answer: self._refused(answer, model.id))
        answer = paid.send(call, self._policy, self._chance)
        return self._collect(answer, self._download(stop), request, watch)

    def list_models(self, watch: Watch) -> tuple[ModelInfo, ...]:
        """Raises ProviderError or CancelledError."""
        stop = self._http.until(watch.cancelled)
        try:
            answer = send_with_retries(
                lambda: self._ask_models(stop), stop, self._policy, self._chance
            )
        except Stopped as stopped:
            if stopped.reason is StopReason.CANCELLED:
                raise CancelledError("Cancelled while asking for the models.") from None
            raise _no_list_in_time() from None
        return read_model_list(answer)

    def _ask_models(self, stop: StopSign) -> HttpAnswer:
        answer = self._http.send(HttpCall("GET", "models", body_limit_bytes=16 * MEGABYTE), stop)
        if not answer.is_ok:
            raise self._refused(answer, self._options.model)
        return answer

    def _download(self, stop: StopSign) -> PictureDownload:
        base_url = self._options.base_url
        return PictureDownload(self._http, base_url, stop, self._policy, self._chance)

    def _refused(self, answer: HttpAnswer, model_id: str) -> ProviderError:
        return refusal(answer, model_id, self._without_key, self._clock())

    def _without_key(self, text: str) -> str:
        """Some servers repeat the key in their complaint."""
        return text.replace(self._options.api_key, "[key]")

    def _collect(
        self,
        answer: HttpAnswer,
        download: PictureDownload,
        request: PredictionRequest,
        watch: Watch,
    ) -> Prediction:
        found = read_images_answer(answer)
        stored, failure = _store(found, download, answer.body, watch)
        usable = tuple(data for data in stored if picture_extension(data) != "bin")
        if not usable:
            raise failure or _no_picture(stored)
        return Prediction(
            images=usable,
            text=found.revised_prompt,
            usage=found.usage,
            cost_micros=found.cost_micros,
            warnings=_warnings(request, len(usable), failure),
        )


def _store(
    found: ImagesAnswer, download: PictureDownload, raw: bytes, watch: Watch
) -> tuple[list[bytes], ProviderError | None]:
    """Every picture is stored before it is looked at, those inside the answer first."""
    in_order: dict[int, bytes] = {}
    failure: ProviderError | None = None
    for index, picture in enumerate(found.pictures):
        if isinstance(picture, bytes):
            in_order[index] = picture
            watch.arrived(picture, picture_extension(picture))
    for index, picture in enumerate(found.pictures):
        if isinstance(picture, str):
            try:
                in_order[index] = download.fetch(picture, raw)
            except ProviderError as error:
                failure = failure or error
                continue
            watch.arrived(in_order[index], picture_extension(in_order[index]))
    return [in_order[index] for index in sorted(in_order)], failure


def _no_picture(stored: list[bytes]) -> ProviderError:
    return ProviderError(
        "The provider sent something that is no picture.",
        kind="bad_answer",
        charged=Charged.YES,
        hint="It was probably charged; the bytes are kept with the job.",
        raw=stored[0],
    )


def _no_list_in_time() -> ProviderError:
    return ProviderError(
        "The server did not send its list of models in time.",
        kind="timeout",
        charged=Charged.NO,
        hint="A model's name can be typed without the list.",
    )


def _warnings(
    request: PredictionRequest, count: int, failure: ProviderError | None
) -> tuple[str, ...]:
    warnings = []
    if count < request.count:
        warnings.append(f"{request.count} pictures were asked for, {count} arrived.")
    if failure is not None:
        warnings.append(failure.message)
    if request.seed is not None:
        warnings.append("This model takes no seed; it was not used.")
    return tuple(warnings)
