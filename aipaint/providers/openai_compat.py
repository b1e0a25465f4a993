"""`OpenAICompatible`: OpenAI's images API and the servers that speak it."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aipaint.errors import UsageError
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.openai_models import DEFAULT_MODEL, KNOWN_MODELS, find_model
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.request import PredictionRequest
from aipaint.providers.retries import RetryPolicy
from aipaint.providers.watch import Watch

if TYPE_CHECKING:
    from aipaint.providers.openai_client import OpenAIClient


def _utc_now() -> datetime:
    return datetime.now(UTC)


class OpenAICompatible(Provider):
    """Generates from text and edits under a mask. Holds a key, no job.

    `chance` spreads the pauses between retries; `clock` reads dates in a server's Retry-After.
    """

    name = "openai"
    label = "OpenAI-compatible"
    is_paid = True

    def __init__(
        self,
        options: OpenAIOptions,
        *,
        chance: random.Random,
        policy: RetryPolicy | None = None,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._options = options
        self._chance = chance
        self._policy = policy or RetryPolicy()
        self._clock = clock

    def models(self) -> tuple[ModelInfo, ...]:
        """The chosen model first, then the known ones."""
        chosen = find_model(self._options.model or DEFAULT_MODEL)
        return (chosen, *(known for known in KNOWN_MODELS if known.id != chosen.id))

    def model(self, model_id: str) -> ModelInfo:
        return find_model(model_id.strip() or self._options.model or DEFAULT_MODEL)

    def readiness(self) -> str:
        if self._options.api_key:
            return ""
        return (
            "There is no key for the OpenAI-compatible provider: set AIE_OPENAI_API_KEY"
            " or pass --openai-api-key"
            " (a server of your own that needs none takes any word)."
        )

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """Everything that can be known beforehand is a UsageError, unsent and unpaid."""
        model = self.model(request.model)
        return self._client().predict(request, model, watch)

    def list_models(self, watch: Watch) -> tuple[ModelInfo, ...]:
        """Asks the server. Raises ProviderError, or CancelledError at any time."""
        return self._client().list_models(watch)

    def _client(self) -> "OpenAIClient":
        missing = self.readiness()
        if missing:
            raise UsageError(missing)
        # Here, because the window shows before anything is sent and httpx is slow to import.
        from aipaint.providers.openai_client import OpenAIClient

        return OpenAIClient(self._options, self._chance, self._policy, self._clock)
