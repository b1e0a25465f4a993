"""`Provider`: what every adapter can do. Called on workers; holds no job state."""

from abc import ABC, abstractmethod

from aipaint.providers.model_info import ModelInfo
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

    @abstractmethod
    def readiness(self) -> str:
        """Empty if a call could be made now, else a sentence that says what is missing."""

    @abstractmethod
    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """Run one request. Raises ProviderError, CancelledError before anything was sent."""

    def list_models(self, watch: Watch) -> tuple[ModelInfo, ...]:
        """Ask the service which models there are (a free call); the known ones by default."""
        del watch
        return self.models()

    def supports(self, operation: Operation) -> bool:
        return any(operation in model.operations for model in self.models())
