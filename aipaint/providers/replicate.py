"""`Replicate`: models of replicate.com, ordered, asked after until they are done, and fetched."""

import random
import re
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aipaint.errors import UsageError
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.model_pages import ModelPages
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.replicate_model import ReplicateModel, Wiring
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.replicate_prediction import read_page
from aipaint.providers.replicate_schema import model_from_page
from aipaint.providers.request import Operation, PredictionRequest
from aipaint.providers.retries import RetryPolicy
from aipaint.providers.size_rule import SizeRule
from aipaint.providers.watch import Watch

if TYPE_CHECKING:
    from aipaint.providers.replicate_client import ReplicateClient

_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,99}/[A-Za-z0-9][\w.-]{0,99}(:[0-9a-f]{64})?")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Replicate(Provider):
    """Works by presets, and with any other model by name after a look at its schema.

    Holds a key and what was learned about models, no job. `chance` spreads the pauses between
    retries; `clock` reads dates in a server's Retry-After.
    """

    name = "replicate"
    label = "Replicate"
    is_paid = True

    def __init__(
        self,
        options: ReplicateOptions,
        presets: tuple[ReplicateModel, ...],
        *,
        chance: random.Random,
        policy: RetryPolicy | None = None,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._options = options
        self._presets = presets
        self._chance = chance
        self._policy = policy or RetryPolicy()
        self._clock = clock
        self._pages = ModelPages(options.pages_folder) if options.pages_folder else None
        self._learned: dict[str, ReplicateModel] = {}
        self._lock = threading.Lock()

    @property
    def price_names(self) -> tuple[str, ...]:
        """Its own name, which may be an account's, before the service's."""
        return tuple(dict.fromkeys((self.name, "replicate")))

    @property
    def host(self) -> str:
        return urlsplit(self._options.base_url).hostname or ""

    def models(self) -> tuple[ModelInfo, ...]:
        """The presets, then what was learned since the start."""
        with self._lock:
            learned = tuple(model.info for model in self._learned.values())
        return (*(preset.info for preset in self._presets), *learned)

    def model(self, model_id: str) -> ModelInfo:
        """A record without limits for a model that was not looked at yet: see `describe`."""
        return self._model(model_id).info

    def default_model(self, operation: Operation) -> str:
        """The first preset that was made for it, else the first that can do it."""
        for preset in self._presets:
            if operation in preset.default_for:
                return preset.info.id
        able = (one.info.id for one in self._presets if operation in one.info.operations)
        return next(able, "")

    def readiness(self) -> str:
        if self._options.api_token:
            return ""
        return "There is no key for Replicate: set AIE_REPLICATE_API_TOKEN or REPLICATE_API_TOKEN."

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """Everything that can be known beforehand is a UsageError, unsent and unpaid."""
        client = self._client()
        model = self._known(request.model, watch)
        return client.predict(request, model, watch)

    def resume(self, remote_id: str, request: PredictionRequest, watch: Watch) -> Prediction:
        """Asks after the prediction, waits for its end and fetches the pictures; buys nothing."""
        return self._client().resume(remote_id, request, self._model(request.model), watch)

    def find_lost(
        self,
        request: PredictionRequest,
        sent_at_micros: int,
        watch: Watch,
        known: Collection[str] = (),
    ) -> str | None:
        """Looks through the account's newest predictions for one with the same input."""
        client = self._client()
        model = self._known(request.model, watch)
        return client.find_lost(request, model, sent_at_micros, watch, known)

    def describe(self, model_id: str, watch: Watch) -> ModelInfo:
        return self._known(model_id, watch).info

    def _known(self, model_id: str, watch: Watch) -> ReplicateModel:
        """With the schema of a model that is no preset: asked for once, free of charge."""
        model = self._model(model_id)
        if model.info.options is not None:
            return model
        page = self._client().page(model.info.id, watch)
        if self._pages is not None:
            self._pages.keep(model.info.id, page)
        return self._learn(model.info.id, page) or model

    def _learn(self, model_id: str, page: bytes) -> ReplicateModel | None:
        learned = model_from_page(model_id, read_page(page))
        if learned is not None:
            with self._lock:
                self._learned[model_id] = learned
        return learned

    def _model(self, model_id: str) -> ReplicateModel:
        name = model_id.strip()
        for preset in self._presets:
            if name in ("", preset.info.id, f"{preset.info.id}:{preset.version}"):
                return preset
        with self._lock:
            if name in self._learned:
                return self._learned[name]
        if not _NAME.fullmatch(name):
            raise UsageError(
                f'"{name[:80]}" is not the name of a model at Replicate.',
                'A name is owner/name, like "black-forest-labs/flux-fill-dev".',
            )
        page = self._pages.recall(name, self._clock()) if self._pages is not None else None
        learned = self._learn(name, page) if page is not None else None
        return learned or _unknown(name)

    def _client(self) -> "ReplicateClient":
        missing = self.readiness()
        if missing:
            raise UsageError(missing)
        # Here, because the window shows before anything is sent and httpx is slow to import.
        from aipaint.providers.replicate_client import ReplicateClient

        return ReplicateClient(self._options, self._chance, self._policy, self._clock)


def _unknown(model_id: str) -> ReplicateModel:
    """Nothing is known, so nothing is forbidden."""
    info = ModelInfo(
        id=model_id,
        provider="replicate",
        operations=frozenset(set(Operation) - {Operation.REFINE}),
        sizes=SizeRule(),
        label=model_id,
        max_count=10,
        needs_prompt=False,
        mask=MaskConvention.WHITE,
    )
    return ReplicateModel(info, Wiring())
