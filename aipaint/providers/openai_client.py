"""`OpenAIClient`: one request to an OpenAI-compatible server from first byte to last picture."""

import dataclasses
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpAnswer, HttpCall
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.openai_answer import ImagesAnswer, read_images_answer, read_tree, unusable
from aipaint.providers.openai_body import images_call, optional_fields
from aipaint.providers.openai_chat import NEW_LIMIT, OLD_LIMIT, chat_call, read_chat_answer
from aipaint.providers.openai_errors import failure_inside, refusal
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.openai_stream import PictureStream
from aipaint.providers.paid_call import PaidCall
from aipaint.providers.picture_download import PictureDownload
from aipaint.providers.picture_kind import picture_extension
from aipaint.providers.prediction import Prediction
from aipaint.providers.refused_fields import RefusedFields
from aipaint.providers.request import PredictionRequest
from aipaint.providers.retries import RetryPolicy
from aipaint.providers.stop_sign import StopSign
from aipaint.providers.watch import Watch

_BAD_REQUEST = (400, 422)
_NOT_SENT_AGAIN = frozenset({"stream", "partial_images"})


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
        key = {"Authorization": f"Bearer {options.api_key}"} if options.api_key else {}
        self.http = HttpClient(options.base_url, key, options.timeout_seconds)

    def predict(
        self, request: PredictionRequest, model: ModelInfo, watch: Watch, refused: RefusedFields
    ) -> Prediction:
        """Buy the pictures. Raises UsageError, CancelledError (both unsent) or ProviderError."""
        with self._charging():
            return self._predict(request, model, watch, refused)

    def _predict(
        self, request: PredictionRequest, model: ModelInfo, watch: Watch, refused: RefusedFields
    ) -> Prediction:
        stream = PictureStream(
            watch, request.count, lambda data: watch.arrived(data, picture_extension(data))
        )
        stop = self.http.until(watch.cancelled)
        answer = self._bought(request, model, refused, stream, self._paid(model.id, stop, watch))
        tree = self._tree(answer, stream, model.id)
        prediction = self._collect(tree, answer, self._download(stop), watch)
        asked = optional_fields(request, model, self._options.preset)
        return dataclasses.replace(
            prediction,
            warnings=_warnings(request, model, len(prediction.images), asked & refused.of(model.id))
            + prediction.warnings,
        )

    def refine(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """Buy words; `text` is what came. Raises as `predict` does."""
        with self._charging():
            return self._refine(request, watch)

    def _refine(self, request: PredictionRequest, watch: Watch) -> Prediction:
        paid = self._paid(request.model, self.http.until(watch.cancelled), watch)
        try:
            answer = self._send(paid, chat_call(request))
        except ProviderError as error:
            if not _names(error, NEW_LIMIT):
                raise
            # Still bounded, by the name that older servers know.
            answer = self._send(paid, chat_call(request, OLD_LIMIT))
        tree = read_tree(answer)
        failure = failure_inside(answer, tree, request.model, self.without_key)
        if failure is not None:
            raise failure
        return read_chat_answer(tree, answer)

    def refused(self, answer: HttpAnswer, model_id: str) -> ProviderError:
        """The error of an answer that is not a 2xx."""
        return refusal(answer, model_id, self.without_key, self._clock())

    def without_key(self, text: str) -> str:
        """Some servers repeat the key in their complaint."""
        key = self._options.api_key
        return text.replace(key, "[key]") if key else text

    def _bought(
        self,
        request: PredictionRequest,
        model: ModelInfo,
        refused: RefusedFields,
        stream: PictureStream,
        paid: PaidCall,
    ) -> HttpAnswer:
        """The answer; an optional field that the server names in a refusal is left out, once."""
        preset = self._options.preset
        call = images_call(request, model, preset, refused.of(model.id))
        try:
            return self._streamed(paid, call, stream)
        except ProviderError as error:
            sent = optional_fields(request, model, preset) - refused.of(model.id)
            name = next((name for name in error.fields if name in sent), "")
            if not name or not _names(error, name):
                raise
            for each in _NOT_SENT_AGAIN if name == "stream" else {name}:
                refused.add(model.id, each)
        call = images_call(request, model, preset, refused.of(model.id))
        return self._streamed(paid, call, stream)

    def _streamed(self, paid: PaidCall, call: HttpCall, stream: PictureStream) -> HttpAnswer:
        stream.begin()
        try:
            call = dataclasses.replace(
                call, on_chunk=stream.take, body_limit_bytes=stream.limit_bytes
            )
            return self._send(paid, call)
        except ProviderError as error:
            if not stream.has_pictures:
                raise
            # What was cut off after it is lost, what had come is bought.
            return HttpAnswer(200, {"content-type": "text/event-stream"}, error.raw, False)

    def _send(self, paid: PaidCall, call: HttpCall) -> HttpAnswer:
        return paid.send(call, self._policy, self._chance)

    def _tree(self, answer: HttpAnswer, stream: PictureStream, model_id: str) -> dict[str, Any]:
        """What was answered, plainly or in events. Raises ProviderError for a failure in it."""
        if not stream.is_stream:
            tree = read_tree(answer)
            failure = None if tree.get("data") else tree
        else:
            stream.end()
            tree, failure = stream.tree, stream.failure
        if failure and not stream.has_pictures:
            error = failure_inside(answer, failure, model_id, self.without_key)
            if error is not None:
                if stream.partials and error.charged is Charged.NO:
                    error.charged = Charged.UNKNOWN  # work had begun
                raise error
        if stream.is_stream and not stream.has_pictures:
            raise _ended_early(answer)
        return tree

    @contextmanager
    def _charging(self) -> Iterator[None]:
        """A server of one's own is sent nothing twice either, but it charges nothing."""
        try:
            yield
        except ProviderError as error:
            if not self._options.preset.is_paid:
                error.charged = Charged.NO
            raise

    def _paid(self, model_id: str, stop: StopSign, watch: Watch) -> PaidCall:
        return PaidCall(self.http, stop, watch, lambda answer: self.refused(answer, model_id))

    def _download(self, stop: StopSign) -> PictureDownload:
        base_url = self._options.base_url
        return PictureDownload(self.http, base_url, stop, self._policy, self._chance)

    def _collect(
        self, tree: dict[str, Any], answer: HttpAnswer, download: PictureDownload, watch: Watch
    ) -> Prediction:
        found = read_images_answer(tree, answer)
        stored, failure = _store(found, download, answer.body, watch)
        usable = tuple(data for data in stored if picture_extension(data) != "bin")
        if not usable:
            raise failure or _no_picture(stored, answer)
        return Prediction(
            images=usable,
            text=found.revised_prompt,
            usage=found.usage,
            cost_micros=found.cost_micros,
            warnings=(failure.message,) if failure is not None else (),
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


def _names(error: ProviderError, field: str) -> bool:
    """Whether this is a refusal, before any work, because of that field."""
    is_refusal = error.kind == "request" and error.status in _BAD_REQUEST
    return is_refusal and error.charged is Charged.NO and field in error.fields


def _no_picture(stored: list[bytes], answer: HttpAnswer) -> ProviderError:
    if not stored:
        return unusable(answer, "it holds no picture")
    return ProviderError(
        "The provider sent something that is no picture.",
        kind="bad_answer",
        charged=Charged.YES,
        hint="It was probably charged; the bytes are kept with the job.",
        raw=stored[0],
    )


def _ended_early(answer: HttpAnswer) -> ProviderError:
    return ProviderError(
        "The provider's stream ended before the picture was finished.",
        kind="bad_answer",
        charged=Charged.UNKNOWN,
        status=answer.status,
        hint="It may have been charged: look at the provider's usage page before trying again.",
        raw=answer.body,
    )


def _warnings(
    request: PredictionRequest, model: ModelInfo, count: int, left_out: frozenset[str]
) -> tuple[str, ...]:
    warnings = []
    if count < request.count:
        warnings.append(f"{request.count} pictures were asked for, {count} arrived.")
    if request.seed is not None and not model.has_seed:
        warnings.append("This model takes no seed; it was not used.")
    for name in sorted(left_out):
        warnings.append(f'The server does not take "{name}" with this model; it was left out.')
    return tuple(warnings)
