"""`Rehearsal`: a provider for trying things out: labelled pictures, real pauses, no money."""

import random
from collections.abc import Callable

from aipaint.errors import UsageError
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.rehearsal_failures import FAILURES
from aipaint.providers.request import Operation, PredictionRequest, Size
from aipaint.providers.size_rule import SizeRule
from aipaint.providers.stop_sign import StopSign
from aipaint.providers.watch import Watch

_SECONDS = 3.0
_MOST_SECONDS = 600
_MODEL = ModelInfo(
    id="rehearsal",
    provider="rehearsal",
    operations=frozenset(Operation),
    sizes=SizeRule(multiple=16, max_edge=4096),
    label="Rehearsal",
    qualities=("low", "medium", "high"),
    default_quality="medium",
    max_count=10,
    max_references=15,
    has_seed=True,
    has_negative_prompt=True,
    needs_prompt=False,
    mask=MaskConvention.WHITE,
    max_partial_pictures=3,
    suggested_sizes=(Size(512, 512), Size(1024, 1024), Size(1536, 1024)),
    options=(
        OptionField(
            "fail",
            OptionKind.CHOICE,
            default="none",
            choices=("none", *FAILURES, "fewer", "unreadable"),
            description="How it should go wrong",
        ),
        OptionField(
            "delay",
            OptionKind.NUMBER,
            default=_SECONDS,
            minimum=0,
            maximum=_MOST_SECONDS,
            description="Seconds until the pictures come",
            order=1,
        ),
        OptionField(
            "partial_images",
            OptionKind.WHOLE,
            default=0,
            minimum=0,
            maximum=3,
            description="Pictures shown meanwhile",
            order=2,
        ),
        OptionField(
            "scale",
            OptionKind.CHOICE,
            default="2",
            choices=("2", "4"),
            description="How many times as wide and as high",
            order=3,
            only_for=frozenset({Operation.UPSCALE}),
        ),
    ),
    is_paid=False,
)


class Rehearsal(Provider):
    """Does everything that others are paid for, and fails in every way on demand. `chance` gives
    seeds where none is asked for and spreads the pauses."""

    name = "rehearsal"
    label = "Rehearsal (free)"
    is_paid = False

    def __init__(
        self,
        *,
        chance: random.Random,
        make_stop: Callable[[Watch, float], StopSign] | None = None,
    ) -> None:
        self._chance = chance
        self._make_stop = make_stop or (lambda watch, seconds: StopSign(watch.cancelled, seconds))

    @property
    def refine_model(self) -> str:
        return _MODEL.id

    def models(self) -> tuple[ModelInfo, ...]:
        return (_MODEL,)

    def model(self, model_id: str) -> ModelInfo:
        if model_id not in ("", _MODEL.id):
            raise UsageError(
                f'There is no rehearsal model "{model_id}".', f'It is called "{_MODEL.id}".'
            )
        return _MODEL

    def readiness(self) -> str:
        return ""

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """As a provider would: sent, waited for, answered or failed. Raises ProviderError."""
        # Here, because the window shows before anything is drawn.
        from aipaint.providers.rehearsal_play import play

        seed = self._chance.getrandbits(31) if request.seed is None else request.seed
        return play(request, self.model(request.model), watch, seed, self._make_stop)
