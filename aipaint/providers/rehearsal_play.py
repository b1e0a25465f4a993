"""One rehearsed call from its first step to its pictures."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from aipaint.errors import CancelledError
from aipaint.pixels.decode import decode_image, read_coverage
from aipaint.pixels.encode import encode_image
from aipaint.pixels.fit import scale_to
from aipaint.pixels.label_picture import Pixels, labelled, labelled_over
from aipaint.providers.attempt import AttemptEnd, AttemptResult
from aipaint.providers.checked_options import checked_options
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.prediction import Prediction
from aipaint.providers.rehearsal_failures import FAILURES, rehearsed_failure
from aipaint.providers.request import InputRole, Operation, PredictionRequest, Size
from aipaint.providers.stop_sign import Stopped, StopSign
from aipaint.providers.watch import Watch

_SECONDS = 3.0
_REFINE_SECONDS = 1.0
_STEPS = 20
_SLACK_SECONDS = 60.0
_UNSIZED = Size(1024, 1024)
_ATTEMPT_ENDS = {
    Charged.NO: AttemptResult.REFUSED,
    Charged.YES: AttemptResult.FAILED,
    Charged.UNKNOWN: AttemptResult.UNKNOWN,
}


def play(
    request: PredictionRequest,
    model: ModelInfo,
    watch: Watch,
    seed: int,
    make_stop: Callable[[Watch, float], StopSign],
) -> Prediction:
    """Raises UsageError, CancelledError before it is "sent", else ProviderError."""
    typed = request.extra if request.operation is not Operation.REFINE else ()
    options = checked_options(model, typed, request.operation)
    usual = _REFINE_SECONDS if request.operation is Operation.REFINE else _SECONDS
    seconds = float(options.get("delay", usual))
    fail = str(options.get("fail", "none"))
    watch.attempt_started()
    if watch.cancelled.is_set():
        watch.attempt_ended(AttemptEnd(AttemptResult.CANCELLED))
        raise CancelledError("Cancelled before anything was sent.")
    watch.sending()
    try:
        _wait(request, watch, seed, int(options.get("partial_images", 0)), make_stop, seconds)
        if fail in FAILURES:
            raise rehearsed_failure(fail)
    except ProviderError as error:
        watch.attempt_ended(AttemptEnd(_ATTEMPT_ENDS[error.charged], error.kind, error.status))
        raise
    watch.attempt_ended(AttemptEnd(AttemptResult.ANSWERED, "", 200))
    if request.operation is Operation.REFINE:
        return Prediction((), text=_words(request), cost_micros=0)
    return _answer(request, watch, seed, options)


def _wait(  # noqa: PLR0913 - one pause with everything that can be seen in it
    request: PredictionRequest,
    watch: Watch,
    seed: int,
    partials: int,
    make_stop: Callable[[Watch, float], StopSign],
    seconds: float,
) -> None:
    stop = make_stop(watch, seconds + _SLACK_SECONDS)
    try:
        for step in range(_STEPS):
            watch.progress(step / _STEPS, "Rehearsing: nothing is sent")
            stop.wait(seconds / _STEPS)
            shown = (step + 1) * partials // _STEPS
            if shown > step * partials // _STEPS:
                watch.partial(_picture(request, seed, f"on its way {shown}"), shown - 1)
    except Stopped:
        raise ProviderError(
            "Cancelled during a rehearsal.",
            kind="cancelled",
            charged=Charged.NO,
            hint="Nothing was sent and nothing is charged.",
        ) from None


def _answer(
    request: PredictionRequest, watch: Watch, seed: int, options: Mapping[str, Any]
) -> Prediction:
    fail = options.get("fail", "none")
    count = max(1, request.count - 1) if fail == "fewer" else request.count
    images = []
    for index in range(count):
        note = f"{index + 1} of {request.count}"
        png = _picture(request, seed + index, note, int(options.get("scale", "2")))
        if fail == "unreadable":
            png = png[: len(png) // 2]
        watch.arrived(png, "png")
        images.append(png)
    warnings = () if count == request.count else (f"{request.count} were asked for, {count} came.",)
    return Prediction(tuple(images), cost_micros=0, warnings=warnings)


def _picture(request: PredictionRequest, seed: int, note: str, growth: int = 1) -> bytes:
    source = request.image(InputRole.INPUT)
    rgba = decode_image(source.png, "the picture").rgba if source is not None else None
    size = request.size or (source.size if source is not None else _UNSIZED)
    if request.operation is Operation.UPSCALE and rgba is not None:
        factor = growth if request.size in (None, source.size if source else None) else 1
        size = Size(size.width * factor, size.height * factor)
    lines = (
        f"REHEARSAL: {request.operation.value}",
        request.prompt or "(no prompt)",
        *([f"not: {request.negative_prompt}"] if request.negative_prompt else []),
        f"{size}, seed {seed}, {note}",
        *([f"{request.quality} quality"] if request.quality else []),
    )
    if rgba is None:
        return encode_image(labelled(size.width, size.height, lines, seed), ".png")
    return encode_image(_changed(request, rgba, size, lines, seed), ".png")


def _changed(
    request: PredictionRequest, rgba: Pixels, size: Size, lines: tuple[str, ...], seed: int
) -> Pixels:
    scaled = scale_to(rgba, size.width, size.height)
    if request.operation is Operation.CUTOUT:
        return _cut_out(scaled)
    mask = request.image(InputRole.MASK)
    if mask is not None:
        coverage = scale_to(read_coverage(mask.png), size.width, size.height)
    else:
        coverage = np.full(scaled.shape[:2], 128, np.uint8)
    return labelled_over(scaled, coverage, lines, seed)


def _cut_out(rgba: Pixels) -> Pixels:
    """An ellipse of it, so that something is cut out."""
    height, width = rgba.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    inside = ((rows - height / 2) / (height * 0.4)) ** 2 + (
        (columns - width / 2) / (width * 0.4)
    ) ** 2 <= 1
    alpha = np.where(inside, rgba[..., 3], 0).astype(np.uint8)
    return np.dstack((rgba[..., :3], alpha))


def _words(request: PredictionRequest) -> str:
    return json.dumps(
        {
            "prompt": f"{request.prompt.strip()}, in soft morning light, fine detail (rehearsal)",
            "negative_prompt": "text, watermark",
        }
    )
