"""The offline engine: it removes, it never needs a key, and it says what it cannot do."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aipaint.errors import CancelledError, UsageError
from aipaint.providers.offline import Offline
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size
from tests.providers.recording_watch import RecordingWatch

SIZE = Size(160, 120)


def image(role: InputRole, pixels: Any) -> InputImage:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return InputImage(role, out.getvalue(), Size(pixels.shape[1], pixels.shape[0]))


def striped() -> Any:
    """Stripes with a red square in the middle, half transparent on the left."""
    rgba = np.zeros((SIZE.height, SIZE.width, 4), np.uint8)
    rgba[..., :3] = np.where((np.arange(SIZE.width) // 8 % 2 == 0)[None, :, None], 200, 60)
    rgba[50:70, 70:90, :3] = (255, 0, 0)
    rgba[..., 3] = 255
    rgba[:, :10, 3] = 128
    return rgba


def removing(**changes: Any) -> PredictionRequest:
    mask = np.zeros((SIZE.height, SIZE.width), np.uint8)
    mask[46:74, 66:94] = 255
    images = (image(InputRole.INPUT, striped()), image(InputRole.MASK, mask))
    return PredictionRequest(Operation.REMOVE, **({"model": "", "images": images} | changes))


def test_remove_fills_the_hole_and_keeps_everything_else() -> None:
    watch = RecordingWatch()
    prediction = Offline().predict(removing(count=2), watch)
    assert len(prediction.images) == 2
    assert prediction.cost_micros == 0
    assert watch.events == ["arrived png", "arrived png"]
    result = np.array(Image.open(io.BytesIO(prediction.images[0])).convert("RGBA"))
    outside = np.ones((SIZE.height, SIZE.width), bool)
    outside[46:74, 66:94] = False
    np.testing.assert_array_equal(result[outside], striped()[outside])
    square = result[50:70, 70:90].astype(int)
    assert abs(square[..., 0] - square[..., 1]).max() < 30, "the red is gone"


def test_the_same_seed_gives_the_same_picture() -> None:
    first, second = (Offline().predict(removing(seed=5), RecordingWatch()).images for _ in range(2))
    assert first == second


@pytest.mark.parametrize("operation", [Operation.EDIT, Operation.GENERATE, Operation.REFINE])
def test_what_needs_a_prompt_is_refused_with_the_way_out(operation: Operation) -> None:
    with pytest.raises(UsageError) as caught:
        Offline().predict(PredictionRequest(operation, "", "a boat"), RecordingWatch())
    assert "AIE_OPENAI_API_KEY" in caught.value.hint
    assert "offline" in caught.value.message


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"images": ()}, "picture"),
        ({"images": removing().images[:1]}, "mask"),
        ({"model": "sdxl"}, "sdxl"),
        ({"count": 9}, "9"),
        ({"extra": (("steps", "4"),)}, "steps"),
        (
            {"images": (removing().images[0], image(InputRole.MASK, np.ones((4, 4), np.uint8)))},
            "4x4",
        ),
    ],
)
def test_a_request_that_cannot_work_is_refused(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(UsageError) as caught:
        Offline().predict(removing(**changes), RecordingWatch())
    assert named in str(caught.value)


def test_cancelled_before_it_begins() -> None:
    watch = RecordingWatch()
    watch.cancelled.set()
    with pytest.raises(CancelledError):
        Offline().predict(removing(), watch)
    assert watch.pictures == []


def test_it_is_always_ready_and_free() -> None:
    offline = Offline()
    assert offline.readiness() == ""
    assert not offline.is_paid
    assert offline.supports(Operation.REMOVE)
    assert not offline.supports(Operation.GENERATE)
    assert [model.id for model in offline.models()] == ["patchmatch"]
