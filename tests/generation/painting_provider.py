"""A provider that paints what a test tells it to: a function of the picture and the mask it got."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aipaint.generation.desk import Desk
from aipaint.pixels.decode import decode_image, read_coverage
from aipaint.pixels.encode import encode_image
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.request import InputRole, Operation, PredictionRequest
from aipaint.providers.size_rule import SizeRule
from aipaint.providers.watch import Watch

Pixels = NDArray[np.uint8]
Paint = Callable[[Pixels, Pixels | None], Pixels]
"""(h, w, 4) straight RGBA and the mask (h, w) as sent, to the answer."""


class PaintingProvider(Provider):
    """Free, and knows every operation. `asked` keeps the requests."""

    name = "painting"
    label = "Painting"
    is_paid = False

    def __init__(self, paint: Paint, sizes: SizeRule | None = None) -> None:
        self.paint = paint
        self.asked: list[PredictionRequest] = []
        self._info = ModelInfo(
            id="brush",
            provider=self.name,
            operations=frozenset(Operation) - {Operation.REFINE},
            sizes=sizes or SizeRule(multiple=16),
            qualities=("low", "high"),
            default_quality="low",
            needs_prompt=False,
            mask=MaskConvention.WHITE,
            max_count=4,
            max_references=4,
            is_paid=False,
        )

    def models(self) -> tuple[ModelInfo, ...]:
        return (self._info,)

    def model(self, model_id: str) -> ModelInfo:
        return self._info

    def default_model(self, operation: Operation) -> str:
        return self._info.id

    def readiness(self) -> str:
        return ""

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        """As many answers as were asked for, all alike."""
        self.asked.append(request)
        sent, mask = request.image(InputRole.INPUT), request.image(InputRole.MASK)
        assert sent is not None
        rgba = decode_image(sent.png, "sent").rgba
        answer = self.paint(rgba, read_coverage(mask.png) if mask is not None else None)
        png = encode_image(answer, ".png")
        for _ in range(request.count):
            watch.arrived(png, "png")
        return Prediction((png,) * request.count)


def with_painter(desk: Desk, provider: Provider) -> Desk:
    """The same desk with one provider more."""
    return replace(desk, providers={**desk.providers, provider.name: provider})
