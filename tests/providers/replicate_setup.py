"""Requests and an adapter for tests against the Replicate on loopback."""

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from aipaint.providers.errors import ProviderError
from aipaint.providers.replicate import Replicate
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.replicate_presets import load_presets
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size
from aipaint.providers.retries import RetryPolicy
from tests.providers.openai_setup import coverage, photo, png_of
from tests.providers.recording_watch import RecordingWatch
from tests.servers.replicate_api import ReplicateApi
from tests.servers.replicate_orders import Order

TOKEN = "r8_test0123456789"
SDXL = "stability-ai/sdxl"
SIZE = Size(1024, 640)
PRESETS = load_presets(Path(__file__).parents[2] / "resources" / "replicate")
ORDER = PredictionRequest(Operation.GENERATE, SDXL, "a red fox", size=SIZE)


def replicate_for(api: ReplicateApi, timeout_seconds: float = 30.0, key: str = TOKEN) -> Replicate:
    options = ReplicateOptions(
        key,
        api.url,
        timeout_seconds=timeout_seconds,
        first_pause_seconds=0.01,
        longest_pause_seconds=0.02,
    )
    policy = RetryPolicy(first_pause_seconds=0.01)
    return Replicate(options, PRESETS, chance=random.Random(1), policy=policy)


@cache
def pictures() -> tuple[InputImage, InputImage]:
    """A photograph too large for the order itself, and a mask for it."""
    return photo(), InputImage(InputRole.MASK, png_of(coverage()), SIZE)


def inpaint(**changes: Any) -> PredictionRequest:
    usual: dict[str, Any] = {
        "operation": Operation.EDIT,
        "model": SDXL,
        "images": pictures(),
        "prompt": "a boat",
        "size": SIZE,
    }
    return PredictionRequest(**(usual | changes))


def failure(
    api: ReplicateApi, order: Order, watch: RecordingWatch, timeout_seconds: float = 30.0
) -> ProviderError:
    api.script(order)
    with pytest.raises(ProviderError) as caught:
        replicate_for(api, timeout_seconds).predict(ORDER, watch)
    assert TOKEN not in f"{caught.value} {caught.value.detail}"
    return caught.value
