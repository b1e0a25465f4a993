"""Requests and an adapter for tests against the images API on loopback."""

import io
import random
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from aipaint.providers.errors import ProviderError
from aipaint.providers.openai_compat import OpenAICompatible
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.openai_preset import load_openai_presets
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size
from aipaint.providers.retries import RetryPolicy
from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import Behavior, ImagesApi

KEY = "sk-test-0123456789"
SIZE = Size(1024, 640)
MODEL = "gpt-image-2.5-flare"
GENERATE = PredictionRequest(Operation.GENERATE, MODEL, "a red fox", size=SIZE)


PRESETS = load_openai_presets(Path(__file__).parents[2] / "resources" / "openai_presets.toml")


def provider_for(
    api: ImagesApi, timeout_seconds: float = 30.0, key: str = KEY, preset: str = "generic"
) -> OpenAICompatible:
    options = OpenAIOptions(key, api.url, timeout_seconds=timeout_seconds, preset=PRESETS[preset])
    return OpenAICompatible(
        options, chance=random.Random(1), policy=RetryPolicy(first_pause_seconds=0.01)
    )


def png_of(pixels: npt.NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def pixels_of(png: bytes, mode: str = "RGB") -> npt.NDArray[np.uint8]:
    return np.array(Image.open(io.BytesIO(png)).convert(mode))


def photo() -> InputImage:
    noise = np.random.default_rng(1).integers(0, 256, (SIZE.height, SIZE.width, 3), dtype=np.uint8)
    return InputImage(InputRole.INPUT, png_of(noise), SIZE)


def coverage() -> npt.NDArray[np.uint8]:
    """Nothing, all, and half covered areas."""
    mask = np.zeros((SIZE.height, SIZE.width), dtype=np.uint8)
    mask[100:300, 200:500] = 255
    mask[300:310, 200:500] = 128
    return mask


def edit(**changes: Any) -> PredictionRequest:
    mask = InputImage(InputRole.MASK, png_of(coverage()), SIZE)
    usual: dict[str, Any] = {"images": (photo(), mask), "prompt": "a boat", "size": SIZE}
    return PredictionRequest(Operation.EDIT, MODEL, **(usual | changes))


def failure_of(api: ImagesApi, behavior: Behavior, watch: RecordingWatch) -> ProviderError:
    api.script(behavior)
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(GENERATE, watch)
    assert KEY not in f"{caught.value} {caught.value.detail}"
    return caught.value
