"""`Provider`: what every adapter can do. Called on workers; holds no job state."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence

from aipaint.errors import UsageError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.model_price import ModelPrice
from aipaint.providers.prediction import Prediction
from aipaint.providers.request import Operation, PredictionRequest
from aipaint.providers.watch import Watch


class Provider(ABC):
    """One service that makes pictures. `name` is what `--provider` takes."""

    name: str
    label: str
    is_paid: bool

    @abstractmethod
    def models(self) -> tuple[ModelInfo, ...]:
        """The models known without asking anybody, the default first."""

    @abstractmethod
    def model(self, model_id: str) -> ModelInfo:
        """The record of a model by name; "" is the default. Any name may be typed.

        Raises UsageError for a name that cannot exist here.
        """

    def default_model(self, operation: Operation) -> str:
        """Which model is taken for an operation where none is chosen; "" is the default one."""
        return ""

    @abstractmethod
    def readiness(self) -> str:
        """Empty if a call could be made now, else a sentence that says what is missing."""

    @abstractmethod
    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """Run one request. Raises ProviderError, CancelledError before anything was sent."""

    def resume(self, remote_id: str, request: PredictionRequest, watch: Watch) -> Prediction:
        """Go on with work the provider has already, by the id it gave; never a new purchase.

        Raises ProviderError; kind "unsupported" where a provider gives no ids.
        """
        raise ProviderError(
            f"{self.label} gives no ids by which work could be picked up again.",
            kind="unsupported",
            charged=Charged.UNKNOWN,
            hint="Look at the provider's usage page, then settle the entry in the budget panel.",
        )

    def find_lost(
        self,
        request: PredictionRequest,
        sent_at_micros: int,
        watch: Watch,
        known: Collection[str] = (),
    ) -> str | None:
        """The id of a request whose answer was lost, found by asking (free); None: not found.

        `sent_at_micros`: when its first byte left, UTC. `known`: ids that belong to other jobs, so
        that a request that looks alike is not taken for it. Raises ProviderError, CancelledError.
        """
        return None

    def describe(self, model_id: str, watch: Watch) -> ModelInfo:
        """The record of a model, learned from the service (free) where it is not known yet.

        Raises UsageError, ProviderError, CancelledError.
        """
        return self.model(model_id)

    @property
    def host(self) -> str:
        """Where requests go; "" where nothing leaves this computer."""
        return ""

    @property
    def price_names(self) -> tuple[str, ...]:
        """Under which names the price book has its rules."""
        return (self.name,)

    @property
    def refine_model(self) -> str:
        """The model that words prompts where none is chosen; "" where it cannot be done."""
        return ""

    def refine_record(self, model_id: str) -> ModelInfo:
        """The record of a model that words prompts; "" is the default one."""
        return self.model(model_id)

    def fetch_listing(self, watch: Watch) -> Sequence[object]:
        """The service's list of models (free), as JSON that can be kept for `learn`; empty where
        there is none. Raises ProviderError, CancelledError."""
        return ()

    def learn(self, listing: Sequence[object]) -> tuple[ModelInfo, ...]:
        """The records of a list; from now on `model` and `models` know them."""
        return self.models()

    def listed_prices(self, listing: Sequence[object]) -> tuple[ModelPrice, ...]:
        """What a list says of prices."""
        return ()

    @property
    def lists_prices_singly(self) -> bool:
        """Whether `ask_price` may learn something."""
        return False

    def ask_price(self, model_id: str, watch: Watch) -> ModelPrice | None:
        """What the service says of one model's price (free); None where it says nothing clear.

        Raises UsageError without a key, ProviderError, CancelledError.
        """
        return None

    def check(self, watch: Watch) -> str:
        """A free call that shows whether the key works, and what came of it as a sentence.

        Raises UsageError without a key, ProviderError, CancelledError.
        """
        missing = self.readiness()
        if missing:
            raise UsageError(missing)
        return f"{self.label} can be used: {len(self.list_models(watch))} models."

    @property
    def can_look_back(self) -> bool:
        """Whether `find_lost` may find anything."""
        return type(self).find_lost is not Provider.find_lost

    def list_models(self, watch: Watch) -> tuple[ModelInfo, ...]:
        """Ask the service which models there are (a free call); the known ones by default."""
        del watch
        return self.models()

    def supports(self, operation: Operation) -> bool:
        return any(operation in model.operations for model in self.models())
