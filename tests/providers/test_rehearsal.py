"""The rehearsal: labelled pictures, every operation, every failure, no money."""

import random
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from aipaint.errors import CancelledError, UsageError
from aipaint.pixels.label_picture import labelled, labelled_over
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.rehearsal import Rehearsal
from aipaint.providers.rehearsal_failures import FAILURES
from aipaint.providers.request import Operation, PredictionRequest, Size
from tests.providers.openai_setup import coverage, edit, photo, pixels_of
from tests.providers.recording_watch import RecordingWatch

QUICK = (("delay", "0"),)
ASK = PredictionRequest(
    Operation.GENERATE, "rehearsal", "a red fox", size=Size(512, 256), count=2, extra=QUICK
)


def _rehearsal() -> Rehearsal:
    return Rehearsal(chance=random.Random(1))


def test_pictures_have_the_size_and_depend_on_the_seed_alone(watch: RecordingWatch) -> None:
    one = _rehearsal().predict(replace(ASK, seed=5), watch).images
    assert pixels_of(one[0]).shape == (256, 512, 3)
    assert one[0] != one[1]
    assert _rehearsal().predict(replace(ASK, seed=5), RecordingWatch()).images == one
    assert _rehearsal().predict(replace(ASK, seed=6), RecordingWatch()).images != one
    assert watch.events == ["sending", "arrived png", "arrived png"]
    assert [end.result.value for end in watch.attempts if end] == ["answered"]


@pytest.mark.parametrize("operation", [one for one in Operation if one is not Operation.REFINE])
def test_every_operation_brings_a_picture(operation: Operation, watch: RecordingWatch) -> None:
    request = replace(edit(), model="rehearsal", operation=operation, extra=QUICK, size=None)
    (png,) = _rehearsal().predict(request, watch).images
    pixels = pixels_of(png, "RGBA")
    height, width = (1280, 2048) if operation is Operation.UPSCALE else (640, 1024)
    assert pixels.shape == (height, width, 4)
    if operation is Operation.CUTOUT:
        assert (pixels[0, 0, 3], pixels[320, 512, 3]) == (0, 255)


def test_it_enlarges_as_far_as_it_is_told(watch: RecordingWatch) -> None:
    extra = (*QUICK, ("scale", "4"))
    request = replace(edit(), model="", operation=Operation.UPSCALE, extra=extra, size=None)
    assert pixels_of(_rehearsal().predict(request, watch).images[0]).shape == (2560, 4096, 3)


def test_an_edit_changes_what_is_masked_and_nothing_else(watch: RecordingWatch) -> None:
    (png,) = _rehearsal().predict(replace(edit(), model="", extra=QUICK), watch).images
    before, after = pixels_of(photo().png), pixels_of(png)
    outside = coverage() == 0
    assert (before[outside] == after[outside]).all()
    assert (before[~outside] != after[~outside]).any()


@pytest.mark.parametrize("name", FAILURES)
def test_it_fails_as_a_paid_provider_would(name: str, watch: RecordingWatch) -> None:
    with pytest.raises(ProviderError) as caught:
        _rehearsal().predict(replace(ASK, extra=(*QUICK, ("fail", name))), watch)
    error = caught.value
    unsure = ("timeout", "server", "network")
    expected = Charged.UNKNOWN if name in unsure else Charged.NO
    assert error.charged is (Charged.YES if name == "wrong_bytes" else expected)
    assert error.kind == ("bad_answer" if name == "wrong_bytes" else name)
    assert "Rehearsal" in error.message
    assert "nothing is charged" in error.hint
    assert watch.events == ["sending"]


def test_fewer_and_unreadable_pictures(watch: RecordingWatch) -> None:
    fewer = _rehearsal().predict(replace(ASK, extra=(*QUICK, ("fail", "fewer"))), watch)
    assert (len(fewer.images), len(fewer.warnings)) == (1, 1)
    broken = _rehearsal().predict(replace(ASK, extra=(*QUICK, ("fail", "unreadable"))), watch)
    with pytest.raises(OSError, match="truncated"):
        pixels_of(broken.images[0])


def test_pictures_on_their_way_are_shown(watch: RecordingWatch) -> None:
    _rehearsal().predict(replace(ASK, extra=(*QUICK, ("partial_images", "2"))), watch)
    assert watch.events[:3] == ["sending", "partial 0", "partial 1"]


def test_a_cancel_ends_the_pause(watch: RecordingWatch) -> None:
    timer = threading.Timer(0.05, watch.cancelled.set)
    timer.start()
    started = time.monotonic()
    with pytest.raises(ProviderError) as caught:
        _rehearsal().predict(replace(ASK, extra=(("delay", "500"),)), watch)
    timer.join()
    assert (caught.value.kind, caught.value.charged) == ("cancelled", Charged.NO)
    assert time.monotonic() - started < 100  # not the 500 that were asked for
    with pytest.raises(CancelledError):
        _rehearsal().predict(ASK, watch)
    assert watch.events == ["sending"]


@pytest.mark.parametrize("extra", [("delay", "-1"), ("fail", "always"), ("speed", "2")])
def test_wrong_options_are_refused(extra: tuple[str, str], watch: RecordingWatch) -> None:
    with pytest.raises(UsageError, match=extra[0]):
        _rehearsal().predict(replace(ASK, extra=(extra,)), watch)
    assert watch.events == []


def test_labels_of_any_size_and_text_can_be_drawn() -> None:
    for width, height in ((1, 1), (16, 16), (900, 3)):
        picture = labelled(width, height, ("REHEARSAL", "狐 \n" * 50), 3)
        assert picture.shape == (height, width, 4)
    nothing = np.zeros((8, 8), np.uint8)
    assert (labelled_over(picture[:3, :8], nothing[:3], ("x",), 1) == picture[:3, :8]).all()
