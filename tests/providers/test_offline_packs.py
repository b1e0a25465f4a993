"""Packs as models of the offline provider: records, pairs, pictures; with tiny models."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from aipaint.errors import CancelledError, UsageError
from aipaint.pixels.decode import decode_image
from aipaint.pixels.encode import encode_image
from aipaint.pixels.tile import Pixels
from aipaint.providers.offline_packs import OfflinePacks, PackJob
from aipaint.providers.offline_with_packs import OfflineWithPacks
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size
from tests.providers.recording_watch import RecordingWatch
from tests.providers.tiny_packs import full_shelf

_needs_ncnn = pytest.mark.skipif(
    importlib.util.find_spec("ncnn") is None, reason="the library ncnn is not installed"
)


def _packs(folder: Path, *pack_ids: str) -> OfflinePacks:
    return OfflinePacks(full_shelf(folder, *pack_ids))


def _offline(folder: Path, *pack_ids: str) -> OfflineWithPacks:
    return OfflineWithPacks(_packs(folder, *pack_ids))


def _picture(side: int = 160) -> Pixels:
    """A bright square in the dark, with a red spot to be removed."""
    rgba = np.full((side, side, 4), (20, 30, 40, 255), np.uint8)
    rgba[side // 4 : side // 2, side // 4 : side // 2, :3] = 240
    rgba[-30:-16, -30:-16, :3] = (255, 0, 0)
    return rgba


def _hole(side: int = 160) -> Pixels:
    hole = np.zeros((side, side), np.uint8)
    hole[-34:-12, -34:-12] = 255
    return hole


def _request(
    operation: Operation, model: str = "", rgba: Pixels | None = None, **more: object
) -> PredictionRequest:
    rgba = _picture() if rgba is None else rgba
    size = Size(rgba.shape[1], rgba.shape[0])
    images = [InputImage(InputRole.INPUT, encode_image(rgba, ".png"), size)]
    if operation is Operation.REMOVE:
        mask = np.dstack([_hole(rgba.shape[0])] * 3 + [np.full(rgba.shape[:2], 255, np.uint8)])
        images.append(InputImage(InputRole.MASK, encode_image(mask, ".png"), size))
    return PredictionRequest(operation, model, images=tuple(images), **more)  # type: ignore[arg-type]


def test_without_packs_nothing_is_different(tmp_path: Path) -> None:
    offline = _offline(tmp_path)
    assert [model.id for model in offline.models()] == ["patchmatch", "lanczos", "grabcut"]
    assert offline.default_model(Operation.REMOVE) == "patchmatch"
    with pytest.raises(UsageError, match='no offline model "migan"'):
        offline.model("migan")


def test_a_pack_is_there_as_soon_as_it_was_added(tmp_path: Path) -> None:
    offline = _offline(tmp_path)
    full_shelf(tmp_path, "migan")
    assert offline.default_model(Operation.REMOVE) == "patchmatch+migan"
    assert offline.default_model(Operation.OUTPAINT) == "patchmatch"
    pair = offline.model("patchmatch+migan")
    assert pair.operations == {Operation.REMOVE}
    assert "MI-GAN" in pair.label
    assert not pair.is_paid
    assert [model.id for model in offline.packs.candidates_for(Operation.REMOVE)] == ["migan"]
    assert offline.packs.candidates_for(Operation.CUTOUT) == ()


def test_both_are_made_side_by_side_and_labeled(tmp_path: Path) -> None:
    watch = RecordingWatch()
    made = _offline(tmp_path, "migan").predict(_request(Operation.REMOVE, seed=3), watch)
    assert made.labels == ("Content-aware fill", "MI-GAN")
    assert made.cost_micros == 0
    assert [data for data, _ in watch.pictures] == list(made.images)
    for image in made.images:
        rgba = decode_image(image, "the answer").rgba
        assert np.array_equal(rgba[_hole() == 0], _picture()[_hole() == 0])
        assert rgba[_hole() > 0][:, 0].max() < 100  # nothing red is left
    assert any("MI-GAN" in message for message in watch.messages)


def test_each_of_them_can_be_had_alone(tmp_path: Path) -> None:
    offline = _offline(tmp_path, "migan")
    for model, label in (("patchmatch", ()), ("migan", ("MI-GAN",))):
        made = offline.predict(_request(Operation.REMOVE, model), RecordingWatch())
        assert len(made.images) == 1
        assert made.labels == label
    with pytest.raises(UsageError, match="cannot do"):
        offline.predict(_request(Operation.CUTOUT, "migan"), RecordingWatch())


def test_the_subject_is_cut_out(tmp_path: Path) -> None:
    made = _packs(tmp_path, "u2netp").make("u2netp", PackJob(_picture()), RecordingWatch())
    assert np.array_equal(made[..., :3], _picture()[..., :3])
    assert made[60, 60, 3] == 255
    assert made[10, 150, 3] == 0


def test_a_hint_says_where_to_look(tmp_path: Path) -> None:
    rgba = np.zeros((160, 160, 4), np.uint8)
    rgba[..., 3] = 255
    rgba[20:60, 20:60, :3] = 255
    rgba[100:140, 100:140, :3] = 200
    hint = np.zeros((160, 160), np.uint8)
    hint[95:145, 95:145] = 255
    made = _packs(tmp_path, "u2netp").make("u2netp", PackJob(rgba, hint), RecordingWatch())
    assert made[40, 40, 3] == 0
    assert made[120, 120, 3] == 255


def test_what_one_of_them_cannot_do_is_a_warning(tmp_path: Path) -> None:
    """Nothing can be told apart in an even picture; the tiny model finds nothing either."""
    even = np.full((64, 64, 4), 255, np.uint8)
    offline = _offline(tmp_path, "u2netp")
    with pytest.raises(UsageError, match="subject"):
        offline.predict(_request(Operation.CUTOUT, rgba=even), RecordingWatch())
    (tmp_path / "u2netp.onnx").write_bytes(b"\0" * (tmp_path / "u2netp.onnx").stat().st_size)
    made = offline.predict(_request(Operation.CUTOUT), RecordingWatch())
    assert made.labels == ("Cut out the subject",)
    assert any("not what was added" in warning for warning in made.warnings)


@_needs_ncnn
def test_what_is_transparent_lends_no_black(tmp_path: Path) -> None:
    rgba = np.zeros((80, 80, 4), np.uint8)
    rgba[20:60, 20:60] = (200, 180, 160, 255)
    made = _packs(tmp_path, "span").make("span", PackJob(rgba), RecordingWatch())
    assert made[0, 0, 3] == 0
    visible = made[..., 3] > 0
    assert made[visible][:, 0].min() > 190


@_needs_ncnn
def test_upscale_gives_both(tmp_path: Path) -> None:
    offline = _offline(tmp_path, "span")
    request = _request(Operation.UPSCALE, extra=(("scale", "4"),))
    made = offline.predict(request, RecordingWatch())
    assert made.labels == ("Enlarge with sharp edges", "SPAN")
    for image in made.images:
        assert decode_image(image, "the answer").rgba.shape == (640, 640, 4)


def test_a_cancel_ends_the_pack(tmp_path: Path) -> None:
    watch = RecordingWatch()
    watch.cancelled.set()
    with pytest.raises(CancelledError):
        _packs(tmp_path, "migan").make("migan", PackJob(_picture(), _hole()), watch)


def test_what_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    packs, watch = _packs(tmp_path, "migan"), RecordingWatch()
    with pytest.raises(UsageError, match="whole picture"):
        packs.make("migan", PackJob(_picture(), np.full((160, 160), 255, np.uint8)), watch)
    with pytest.raises(UsageError, match="not there"):
        packs.make("u2netp", PackJob(_picture()), watch)
    nothing = packs.make("migan", PackJob(_picture(), np.zeros((160, 160), np.uint8)), watch)
    assert np.array_equal(nothing, _picture())
    offline = OfflineWithPacks(packs)
    request = _request(Operation.REMOVE, "migan")
    with pytest.raises(UsageError, match="no mask"):
        offline.predict(
            PredictionRequest(Operation.REMOVE, "migan", images=request.images[:1]), watch
        )
    with pytest.raises(UsageError, match="pictures at once"):
        offline.predict(_request(Operation.REMOVE, count=9), watch)
