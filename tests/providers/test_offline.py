"""The offline engine: it removes, it never needs a key, and it says what it cannot do."""

import io
import threading
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
    assert [model.id for model in offline.models()] == ["patchmatch", "lanczos", "grabcut"]
    assert not any(model.is_paid or model.needs_prompt for model in offline.models())


@pytest.mark.parametrize("operation", list(Operation))
def test_each_operation_has_a_default_model_that_can_do_it(operation: Operation) -> None:
    offline = Offline()
    model = offline.model(offline.default_model(operation))
    assert (operation in model.operations) == offline.supports(operation)


def made(operation: Operation, pixels: Any, mask: Any = None, **changes: Any) -> Any:
    """The prediction of a real child process, and its first picture as RGBA."""
    images = [image(InputRole.INPUT, pixels)]
    if mask is not None:
        images.append(image(InputRole.MASK, mask))
    request = PredictionRequest(operation, images=tuple(images), **({"model": ""} | changes))
    prediction = Offline().predict(request, RecordingWatch())
    picture = np.array(Image.open(io.BytesIO(prediction.images[0])).convert("RGBA"))
    return prediction, picture


def test_outpaint_fills_the_new_area_and_touches_nothing_else() -> None:
    canvas = np.zeros((SIZE.height, SIZE.width + 40, 4), np.uint8)
    canvas[:, : SIZE.width] = striped()
    mask = np.zeros(canvas.shape[:2], np.uint8)
    mask[:, SIZE.width :] = 255
    _, result = made(Operation.OUTPAINT, canvas, mask)
    np.testing.assert_array_equal(result[:, : SIZE.width], striped())
    assert (result[:, SIZE.width :, 3] == 255).all()
    assert result[:, SIZE.width :, :3].std() > 30, "the stripes go on"


def test_variations_of_a_masked_region_differ_by_seed() -> None:
    mask = np.zeros((SIZE.height, SIZE.width), np.uint8)
    mask[30:90, 50:110] = 255
    noisy = striped()
    noisy[..., :3] = np.random.default_rng(1).integers(0, 255, (*noisy.shape[:2], 3))
    prediction, result = made(Operation.VARIATIONS, noisy, mask, count=2, seed=3)
    assert len(set(prediction.images)) == 2
    assert prediction.warnings == ()
    np.testing.assert_array_equal(result[mask == 0], noisy[mask == 0])


def test_variations_of_a_whole_picture_say_that_only_light_and_color_change() -> None:
    prediction, result = made(Operation.VARIATIONS, striped(), count=3)
    assert len(set(prediction.images)) == 3
    assert "light and color only" in prediction.warnings[0]
    np.testing.assert_array_equal(result[..., 3], striped()[..., 3])


@pytest.mark.parametrize(("extra", "factor"), [((), 2), ((("scale", "4"),), 4)])
def test_upscale_answers_a_picture_that_many_times_as_large(
    extra: tuple[tuple[str, str], ...], factor: int
) -> None:
    _, result = made(Operation.UPSCALE, striped(), extra=extra)
    assert result.shape == (SIZE.height * factor, SIZE.width * factor, 4)
    middle = result[factor // 2 :: factor, factor // 2 :: factor].astype(int)
    assert np.abs(middle - striped()).mean() < 12


def test_another_scale_is_refused() -> None:
    with pytest.raises(UsageError, match="scale"):
        made(Operation.UPSCALE, striped(), extra=(("scale", "3"),))


def subject() -> Any:
    """A grainy disc on a grainy ground, transparent in one corner."""
    rgba = np.full((160, 200, 4), 255, np.uint8)
    rows, columns = np.mgrid[:160, :200]
    disc = (rows - 80) ** 2 + (columns - 105) ** 2 < 45**2
    rgba[..., :3] = np.where(disc[..., None], (190, 60, 40), (90, 130, 90))
    rgba[..., :3] += np.random.default_rng(1).integers(0, 12, (160, 200, 3)).astype(np.uint8)
    rgba[:20, :20, 3] = 0
    return rgba, disc


def test_cutout_changes_the_alpha_only() -> None:
    rgba, disc = subject()
    _, result = made(Operation.CUTOUT, rgba)
    np.testing.assert_array_equal(result[..., :3], rgba[..., :3])
    assert ((result[..., 3] > 127) == disc).mean() > 0.98
    assert not result[:20, :20, 3].any()


def test_a_picture_without_a_subject_is_a_sentence() -> None:
    plain = np.full((120, 160, 4), 255, np.uint8)
    with pytest.raises(UsageError, match="No subject") as caught:
        made(Operation.CUTOUT, plain)
    assert "mask" in caught.value.hint


@pytest.mark.parametrize(
    "operation", [Operation.OUTPAINT, Operation.VARIATIONS, Operation.UPSCALE, Operation.CUTOUT]
)
def test_words_are_refused_everywhere_with_the_way_out(operation: Operation) -> None:
    with pytest.raises(UsageError, match="words") as caught:
        made(operation, striped(), prompt="a boat")
    assert "AIE_OPENAI_BASE_URL" in caught.value.hint


def test_a_model_that_cannot_do_it_names_the_one_that_can() -> None:
    with pytest.raises(UsageError) as caught:
        made(Operation.CUTOUT, striped(), model="lanczos")
    assert "grabcut" in caught.value.hint


def test_a_cancel_in_the_middle_leaves_no_process() -> None:
    watch = RecordingWatch()
    large = np.random.default_rng(1).integers(0, 255, (1500, 1500, 3)).astype(np.uint8)
    mask = np.zeros((1500, 1500), np.uint8)
    mask[300:1200, 300:1200] = 255
    images = (image(InputRole.INPUT, large), image(InputRole.MASK, mask))
    timer = threading.Timer(1.0, watch.cancelled.set)
    timer.start()
    with pytest.raises(CancelledError):
        Offline().predict(PredictionRequest(Operation.REMOVE, "", images=images), watch)
    timer.join()
    assert watch.pictures == []
