"""`OpenAICompatible`: OpenAI's images API and the servers that speak it."""

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aipaint.errors import UsageError
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.model_price import ModelPrice
from aipaint.providers.openai_model_list import models_of
from aipaint.providers.openai_models import DEFAULT_MODEL, KNOWN_MODELS, find_model, refine_record
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.openai_preset import EditForm
from aipaint.providers.openrouter_prices import price_of
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.refused_fields import RefusedFields, SessionRefusedFields
from aipaint.providers.request import Operation, PredictionRequest
from aipaint.providers.retries import RetryPolicy
from aipaint.providers.watch import Watch

if TYPE_CHECKING:
    from aipaint.providers.openai_catalog import OpenAICatalog
    from aipaint.providers.openai_client import OpenAIClient


def _utc_now() -> datetime:
    return datetime.now(UTC)


class OpenAICompatible(Provider):
    """Generates from text, edits under a mask, words prompts. Holds a key and what was learned of
    models, no job.

    `chance` spreads the pauses between retries; `clock` reads dates in a server's Retry-After.
    """

    def __init__(  # noqa: PLR0913 - who it is, and what it is given from outside
        self,
        options: OpenAIOptions,
        *,
        chance: random.Random,
        name: str = "openai",
        policy: RetryPolicy | None = None,
        clock: Callable[[], datetime] = _utc_now,
        refused: RefusedFields | None = None,
    ) -> None:
        preset = options.preset
        self.name = name
        self.label = preset.label if name == "openai" else f"{name} ({preset.label})"
        self.is_paid = preset.is_paid
        self._options = options
        self._preset = preset
        self._chance = chance
        self._policy = policy or RetryPolicy()
        self._clock = clock
        self._refused = refused or SessionRefusedFields()
        self._listed: dict[str, ModelInfo] = {}
        self._lock = threading.Lock()

    @property
    def host(self) -> str:
        return urlsplit(self._options.base_url).hostname or ""

    @property
    def price_names(self) -> tuple[str, ...]:
        own = () if self.name == "openai" else (self.name,)
        return (*own, *self._preset.prices)

    @property
    def refine_model(self) -> str:
        if Operation.REFINE not in self._preset.operations or not self._preset.refine_model:
            return ""
        return self._options.refine_model or self._preset.refine_model

    def models(self) -> tuple[ModelInfo, ...]:
        """The chosen model first, then the listed ones, then those that are known anyway."""
        chosen = self.model("")
        with self._lock:
            more = list(self._listed.values())
        if self._preset.knows_gpt:
            more += [self._named(known) for known in KNOWN_MODELS]
        found = {chosen.id: chosen}
        for model in more:
            found.setdefault(model.id, model)
        return tuple(found.values())

    def model(self, model_id: str) -> ModelInfo:
        wanted = model_id.strip() or self._options.model or self._default_model()
        with self._lock:
            listed = self._listed.get(wanted)
        return listed or self._named(find_model(wanted, self._preset))

    def readiness(self) -> str:
        if self._options.api_key or not self._preset.needs_key:
            return ""
        if self.name != "openai":
            return f'There is no key for the account "{self.name}": add it in the settings.'
        return (
            f"There is no key for the {self._preset.label} provider: set AIE_OPENAI_API_KEY"
            " or pass --openai-api-key"
            " (a server of your own that needs none takes any word)."
        )

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """Everything that can be known beforehand is a UsageError, unsent and unpaid."""
        if request.operation is Operation.REFINE:
            if not self.refine_model:
                raise UsageError(f"{self.label} words no prompts.", "Choose another provider.")
            return self._client().refine(request, watch)
        model = self.model(request.model)
        return self._client().predict(request, model, watch, self._refused)

    def describe(self, model_id: str, watch: Watch) -> ModelInfo:
        """Where each model takes other fields, the list that says so is asked for once."""
        model = self.model(model_id)
        if self._preset.edit is EditForm.REFERENCES and model.options is None:
            self.list_models(watch)
        return self.model(model_id)

    def list_models(self, watch: Watch) -> tuple[ModelInfo, ...]:
        """Asks the server. Raises ProviderError, or CancelledError at any time."""
        return self.learn(self.fetch_listing(watch))

    def fetch_listing(self, watch: Watch) -> Sequence[object]:
        return self._catalog().rows(watch)

    def learn(self, listing: Sequence[object]) -> tuple[ModelInfo, ...]:
        found = [self._named(model) for model in models_of(list(listing), self._preset)]
        if not self._preset.paints:
            found = [self.refine_record(model.id) for model in found]
        with self._lock:
            self._listed = {model.id: model for model in found}
        return tuple(found)

    def listed_prices(self, listing: Sequence[object]) -> tuple[ModelPrice, ...]:
        rows = (row for row in listing if isinstance(row, dict))
        return tuple(price for row in rows if (price := price_of(row)) is not None)

    @property
    def lists_prices_singly(self) -> bool:
        return bool(self._preset.price_path)

    def ask_price(self, model_id: str, watch: Watch) -> ModelPrice | None:
        return self._catalog().price(model_id, watch)

    def check(self, watch: Watch) -> str:
        """The credit is asked for first: some list their models to everybody."""
        catalog = self._catalog()
        credit = catalog.credit(watch)
        count = len(self.learn(catalog.rows(watch)))
        models = "1 model" if count == 1 else f"{count} models"
        works = "The key works" if self._options.api_key else "The server answers"
        return f"{works}: {models}{', ' if credit else ''}{credit}."

    def refine_record(self, model_id: str) -> ModelInfo:
        """The record of a model that words prompts; "" is the default one."""
        return self._named(refine_record(model_id or self.refine_model, self._preset))

    def _named(self, model: ModelInfo) -> ModelInfo:
        return replace(model, provider=self.name, is_paid=self.is_paid)

    def _default_model(self) -> str:
        return self._preset.default_model or DEFAULT_MODEL

    def _catalog(self) -> "OpenAICatalog":
        from aipaint.providers.openai_catalog import OpenAICatalog

        return OpenAICatalog(self._client(), self._preset, self._chance, self._policy)

    def _client(self) -> "OpenAIClient":
        missing = self.readiness()
        if missing:
            raise UsageError(missing)
        # Here, because the window shows before anything is sent and httpx is slow to import.
        from aipaint.providers.openai_client import OpenAIClient

        return OpenAIClient(self._options, self._chance, self._policy, self._clock)
