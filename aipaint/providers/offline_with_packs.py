"""`OfflineWithPacks`: the offline engine and, beside it, the models a user added."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from aipaint.errors import AipaintError, CancelledError, UsageError
from aipaint.providers.checked_options import checked_options
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.offline import Offline
from aipaint.providers.offline_packs import PAIR_SIGN, OfflinePacks, PackJob
from aipaint.providers.prediction import Prediction
from aipaint.providers.request import InputRole, Operation, PredictionRequest
from aipaint.providers.watch import Watch

if TYPE_CHECKING:
    from aipaint.pixels.worker_pool import WorkerPool


class OfflineWithPacks(Offline):
    """An operation that a pack can do as well gives both pictures, side by side; the engine's and
    the pack's own name choose one of them."""

    def __init__(self, packs: OfflinePacks, workers: "WorkerPool | None" = None) -> None:
        super().__init__(workers)
        self.packs = packs

    def models(self) -> tuple[ModelInfo, ...]:
        own = super().models()
        return (*own, *self.packs.pairs(own), *self.packs.models())

    def model(self, model_id: str) -> ModelInfo:
        for model in self.models()[len(super().models()) :]:
            if model.id == model_id:
                return model
        return super().model(model_id)

    def default_model(self, operation: Operation) -> str:
        pairs = self.packs.pairs(super().models())
        fitting = (pair.id for pair in pairs if operation in pair.operations)
        return next(fitting, super().default_model(operation))

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """The engine's pictures, then the pack's; what one of them cannot do is a warning.

        Raises UsageError, CancelledError, and what the only one or both of them failed with.
        """
        model = self.model(request.model or self.default_model(request.operation))
        engine, _, pack = model.id.partition(PAIR_SIGN)
        if not pack and model not in self.packs.models():
            return super().predict(request, watch)
        self._checked(replace(request, model=model.id))
        if not pack:
            return self._by_pack(replace(request, model=engine), watch)
        return _both(
            lambda: self._by_engine(replace(request, model=engine), watch),
            lambda: self._by_pack(replace(request, model=pack), watch),
        )

    def _by_engine(self, request: PredictionRequest, watch: Watch) -> Prediction:
        made = super().predict(request, watch)
        return replace(made, labels=(super().model(request.model).label,) * len(made.images))

    def _by_pack(self, request: PredictionRequest, watch: Watch) -> Prediction:
        # Here, because the window shows before anything is decoded.
        from aipaint.pixels.encode import encode_image

        job = _job(request, self.model(request.model))
        png = encode_image(self.packs.make(request.model, job, watch), ".png")
        watch.arrived(png, "png")
        label = self.packs.label(request.model)
        return Prediction((png,), text=request.model, cost_micros=0, labels=(label,))


def _both(by_engine: Callable[[], Prediction], by_pack: Callable[[], Prediction]) -> Prediction:
    made: list[Prediction] = []
    failures: list[AipaintError] = []
    for make in (by_engine, by_pack):
        try:
            made.append(make())
        except CancelledError:
            raise
        except AipaintError as error:
            failures.append(error)
    if not made:
        raise failures[0]
    return Prediction(
        tuple(image for part in made for image in part.images),
        text=", ".join(part.text for part in made),
        cost_micros=0,
        warnings=(
            *(warning for part in made for warning in part.warnings),
            *(str(failure) for failure in failures),
        ),
        labels=tuple(label for part in made for label in part.labels),
    )


def _job(request: PredictionRequest, model: ModelInfo) -> PackJob:
    """Raises UsageError for what is missing or does not fit."""
    from aipaint.pixels.decode import decode_image, read_coverage

    picture, mask = request.image(InputRole.INPUT), request.image(InputRole.MASK)
    if picture is None:
        raise UsageError("There is no picture to work on.", "Open a picture first.")
    if mask is None and request.operation is Operation.REMOVE:
        raise UsageError("There is no mask.", "Paint over what should go away.")
    rgba = decode_image(picture.png, "the picture").rgba
    coverage = read_coverage(mask.png) if mask is not None else None
    if coverage is not None and coverage.shape != rgba.shape[:2]:
        raise UsageError(
            f"The mask is {coverage.shape[1]}x{coverage.shape[0]}, but the picture is"
            f" {rgba.shape[1]}x{rgba.shape[0]}.",
            "Make the mask exactly as large as the picture.",
        )
    factor = int(checked_options(model, request.extra).get("scale", "2"))
    return PackJob(rgba, coverage, factor)
