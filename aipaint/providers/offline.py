"""`Offline`: what can be done on this computer, free and without a key."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from aipaint.errors import CancelledError, UsageError
from aipaint.providers.checked_options import checked_options
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.offline_models import OFFLINE_MODELS, PATCHMATCH
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest
from aipaint.providers.watch import Watch

if TYPE_CHECKING:
    from aipaint.pixels.worker_pool import WorkerPool

Work: TypeAlias = tuple[Callable[..., tuple[bytes, str]], tuple[Any, ...]]

_PLACES = (
    "Choose an online provider and add its key (AIE_OPENAI_API_KEY or AIE_REPLICATE_API_TOKEN), or"
    " run a model server on this computer (stable-diffusion.cpp, LocalAI) and give its address as"
    " AIE_OPENAI_BASE_URL."
)
_ONLY_LIGHT = (
    "Without a mask the offline engine varies light and color only; mask a region to have it"
    " filled anew."
)
_WHAT_TO_MASK = {
    Operation.REMOVE: "Paint over what should go away.",
    Operation.OUTPAINT: "Move the frame beyond the picture.",
}


class Offline(Provider):
    """Fills, paints on, varies, enlarges and cuts out, each in a process that a cancel ends."""

    name = "offline"
    label = "Offline"
    is_paid = False

    def __init__(self, workers: "WorkerPool | None" = None) -> None:
        """`workers` is the `WorkerPool` to run in; without one it has its own."""
        self._workers = workers

    def models(self) -> tuple[ModelInfo, ...]:
        return OFFLINE_MODELS

    def model(self, model_id: str) -> ModelInfo:
        for model in OFFLINE_MODELS:
            if model.id == (model_id or PATCHMATCH.id):
                return model
        names = ", ".join(f'"{model.id}"' for model in OFFLINE_MODELS)
        raise UsageError(
            f'There is no offline model "{model_id}".', f"The offline models are {names}."
        )

    def default_model(self, operation: Operation) -> str:
        fitting = (model.id for model in OFFLINE_MODELS if operation in model.operations)
        return next(fitting, PATCHMATCH.id)

    def readiness(self) -> str:
        return ""

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """Pictures as PNG, `count` of them with following seeds.

        The answer is as large as the picture (UPSCALE: `scale` times). REMOVE and OUTPAINT change
        nothing outside the mask; CUTOUT changes the alpha only. Raises UsageError, CancelledError,
        WorkerFailed.
        """
        model = self._checked(request)
        images, notes = [], []
        for index in range(request.count):
            if watch.cancelled.is_set():
                raise CancelledError("Cancelled.")
            png, note = self._made(model, request, index, watch)
            watch.arrived(png, "png")
            images.append(png)
            notes.append(note)
        is_relit = request.operation is Operation.VARIATIONS and not _has_mask(request)
        return Prediction(
            tuple(images),
            text=", ".join(dict.fromkeys(notes)),
            cost_micros=0,
            warnings=(_ONLY_LIGHT,) if is_relit else (),
        )

    def _checked(self, request: PredictionRequest) -> ModelInfo:
        """The model. Raises UsageError for what cannot be done."""
        model = self.model(request.model or self.default_model(request.operation))
        if request.prompt.strip() or request.operation in (
            Operation.GENERATE, Operation.EDIT, Operation.REFINE,
        ):  # fmt: skip
            raise _needs_words(request)
        if request.operation not in model.operations:
            better = self.default_model(request.operation)
            raise UsageError(
                f'"{model.id}" cannot do "{request.operation.value}".', f'"{better}" can.'
            )
        checked_options(model, request.extra)
        if not 1 <= request.count <= model.max_count:
            raise UsageError(
                f"{request.count} pictures at once are not possible.",
                f"Offline makes 1 to {model.max_count}." if model.max_count > 1 else "Ask for one.",
            )
        return model

    def _made(
        self, model: ModelInfo, request: PredictionRequest, index: int, watch: Watch
    ) -> tuple[bytes, str]:
        # Here, because the window shows before anything is made and it takes a moment to import.
        from aipaint.pixels.worker_pool import WorkerPool
        from aipaint.pixels.worker_process import Hearing

        if self._workers is None:
            self._workers = WorkerPool()
        function, arguments = _work(model, request, (request.seed or 0) + index)
        return self._workers.run(function, arguments, Hearing(watch.cancelled, watch.progress))


def _work(model: ModelInfo, request: PredictionRequest, seed: int) -> Work:
    """What is to be called with what, in the other process."""
    from aipaint.providers import offline_work

    picture = _picture(request).png
    mask = request.image(InputRole.MASK)
    match request.operation:
        case Operation.UPSCALE:
            scale = checked_options(model, request.extra).get("scale", "2")
            return offline_work.enlarged, (picture, int(scale))
        case Operation.CUTOUT:
            return offline_work.without_background, (picture, mask.png if mask else None)
        case Operation.VARIATIONS if mask is None:
            return offline_work.relit, (picture, seed)
        case Operation.OUTPAINT:
            return offline_work.outpainted, (picture, _mask(request).png, seed)
        case _:
            return offline_work.removed, (picture, _mask(request).png, seed)


def _has_mask(request: PredictionRequest) -> bool:
    return request.image(InputRole.MASK) is not None


def _picture(request: PredictionRequest) -> InputImage:
    picture = request.image(InputRole.INPUT)
    if picture is None:
        raise UsageError("There is no picture to work on.", "Open a picture first.")
    return picture


def _mask(request: PredictionRequest) -> InputImage:
    mask = request.image(InputRole.MASK)
    if mask is None:
        raise UsageError("There is no mask.", _WHAT_TO_MASK[request.operation])
    return mask


def _needs_words(request: PredictionRequest) -> UsageError:
    with_prompt = " with a prompt" if request.operation is not Operation.GENERATE else ""
    return UsageError(
        f'"{request.operation.value}"{with_prompt} cannot be done offline: there is no model here'
        " that understands words.",
        _PLACES,
    )
