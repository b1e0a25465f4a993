"""`Offline`: what can be done on this computer, free and without a key."""

from aipaint.errors import CancelledError, UsageError
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest
from aipaint.providers.size_rule import SizeRule
from aipaint.providers.watch import Watch

_PATCHMATCH = ModelInfo(
    id="patchmatch",
    provider="offline",
    operations=frozenset({Operation.REMOVE}),
    sizes=SizeRule(),
    label="Content-aware fill",
    max_count=4,
    has_seed=True,
    needs_prompt=False,
    mask=MaskConvention.WHITE,
    is_paid=False,
)


class Offline(Provider):
    """Removes what a mask covers and fills the hole from the rest of the picture."""

    name = "offline"
    label = "Offline"
    is_paid = False

    def models(self) -> tuple[ModelInfo, ...]:
        return (_PATCHMATCH,)

    def model(self, model_id: str) -> ModelInfo:
        if model_id not in ("", _PATCHMATCH.id):
            raise UsageError(
                f'There is no offline model "{model_id}".', 'The offline model is "patchmatch".'
            )
        return _PATCHMATCH

    def readiness(self) -> str:
        return ""

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """The filled picture as PNG, `count` times with following seeds; its alpha is kept.

        Raises UsageError, CancelledError or UnreadableFileError.
        """
        picture, mask = self._inputs(request)
        # Here, because the window shows before anything is filled and OpenCV is slow to import.
        from aipaint.providers.offline_fill import filled_png

        images = []
        for index in range(request.count):
            if watch.cancelled.is_set():
                raise CancelledError("Cancelled.")
            png, method = filled_png(picture, mask, (request.seed or 0) + index, watch)
            watch.arrived(png, "png")
            images.append(png)
        return Prediction(tuple(images), cost_micros=0, text=method)

    def _inputs(self, request: PredictionRequest) -> tuple[InputImage, InputImage]:
        model = self.model(request.model)
        if request.operation not in model.operations or request.prompt.strip():
            raise _needs_a_model(request.operation)
        if not 1 <= request.count <= model.max_count:
            raise UsageError(
                f"{request.count} pictures at once are not possible.",
                f"Offline makes 1 to {model.max_count}.",
            )
        if request.extra:
            raise UsageError(
                f'The offline engine has no option "{request.extra[0][0]}".', "Leave it out."
            )
        picture, mask = request.image(InputRole.INPUT), request.image(InputRole.MASK)
        if picture is None:
            raise UsageError("There is no picture to work on.", "Open a picture first.")
        if mask is None:
            raise UsageError("There is no mask.", "Paint over what should go away.")
        return picture, mask


def _needs_a_model(operation: Operation) -> UsageError:
    return UsageError(
        f'"{operation.value}" with a prompt cannot be done offline: there are no prompts offline.',
        "Choose an online provider (openai) and add its key: set AIE_OPENAI_API_KEY"
        " or pass --openai-api-key.",
    )
