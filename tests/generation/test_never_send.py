"""What is marked as never to be sent is not in a request, and comes back byte for byte."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.generation.compose import Composed, compose_request
from aipaint.generation.composite import fit_answer
from aipaint.generation.job import Job
from aipaint.generation.never_send import NEVER_SEND
from aipaint.generation.stored_job import store_job, stored_job
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.projects.open_file import open_picture
from aipaint.providers.request import InputRole, Operation
from tests.generation.workshop import do, edit, open_desk, opened, photograph, picture_of
from tests.servers.images_api import ImagesApi

_FACE = Rect(60, 50, 40, 30)
_MASK = Rect(80, 60, 90, 60)  # reaches into the face
_FRAME = Rect(0, 0, 256, 256)
_CANARY = (255, 0, 254, 255)


def _picture(mask: Rect | None) -> tuple[Picture, Pixels]:
    rgba = photograph(256, 256)
    rgba[_FACE.slices(_FRAME)] = _CANARY
    picture = picture_of(rgba, mask)
    picture.kept[NEVER_SEND] = rectangle_area(_FACE)
    return picture, rgba


def _composed(tmp_path: Path, mask: Rect | None) -> Composed:
    desk = open_desk(tmp_path / "home", None)
    return compose_request(_picture(mask)[0], edit(), desk.model(edit()))


@pytest.mark.parametrize("mask", [None, _MASK])
def test_nothing_of_it_is_in_what_is_sent(tmp_path: Path, mask: Rect | None) -> None:
    composed = _composed(tmp_path, mask)
    sent = composed.request.image(InputRole.INPUT)
    assert sent is not None
    pixels = opened(sent.png)[:256, :256].astype(int)
    distance = np.abs(pixels - _CANARY).max(axis=2)
    assert distance.min() > 60
    around = (distance > 60) & (pixels[..., 3] == 255)
    assert around.all()
    if mask is not None:
        asked = composed.request.image(InputRole.MASK)
        assert asked is not None
        coverage = np.asarray(Image.open(io.BytesIO(asked.png)).convert("L"))[:256, :256]
        assert not coverage[_FACE.slices(_FRAME)].any()
        assert coverage[110, 150] == 255


def test_a_change_of_the_whole_picture_leaves_it_as_it_was(tmp_path: Path) -> None:
    with ImagesApi() as api:
        desk = open_desk(tmp_path / "home", api)
        picture, rgba = _picture(None)
        outcome = do(Job(edit(), picture), desk)
        assert outcome.error is None
        after = opened(outcome.candidates[0].path)
        assert (after[_FACE.slices(_FRAME)] == rgba[_FACE.slices(_FRAME)]).all()
        assert (after != rgba).any(axis=2)[200:, 200:].all()
        part = api.paid[0].part("image")
        assert not (opened(part.data) == _CANARY).all(axis=2).any()


def test_what_the_model_never_saw_is_no_drift(tmp_path: Path) -> None:
    composed = _composed(tmp_path, Rect(150, 150, 50, 50))
    sent = composed.request.image(InputRole.INPUT)
    assert sent is not None
    fitted = fit_answer(composed, opened(sent.png), 4)
    assert fitted.drift == 0


def test_a_job_that_waits_over_a_restart_keeps_it_back(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "home", None)
    job = Job(edit(), _picture(_MASK)[0])
    store_job(job, desk)
    record = desk.history.job(job.id)
    assert record is not None
    again = stored_job(record, desk)
    before = compose_request(job.picture, job.options, desk.model(job.options))
    after = compose_request(again.picture, again.options, desk.model(again.options))
    assert [image.sha256 for image in after.request.images] == [
        image.sha256 for image in before.request.images
    ]


def test_the_engine_in_the_program_sees_everything(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "home", None)
    options = replace(edit(""), operation=Operation.REMOVE, provider="offline")
    composed = compose_request(_picture(_MASK)[0], options, desk.model(options))
    assert composed.hidden is None


def test_metadata_of_a_photograph_stays_here(tmp_path: Path) -> None:
    """Position, camera and time are in the file that was opened, not in what is sent."""
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    path = tmp_path / "photo.jpg"
    Image.fromarray(photograph(64, 48)[..., :3]).save(path, exif=exif, comment=b"CANARY-COMMENT")
    assert b"CANARY-CAMERA" in path.read_bytes()
    picture = open_picture(path)
    desk = open_desk(tmp_path / "home", None)
    composed = compose_request(picture, edit(), desk.model(edit()))
    for image in composed.request.images:
        assert _chunks(image.png) <= {b"IHDR", b"IDAT", b"IEND"}
        assert b"CANARY" not in image.png
    frame = render_straight(picture, picture.frame)
    assert frame.shape == (48, 64, 4)


def _chunks(png: bytes) -> set[bytes]:
    found, at = set(), 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        found.add(png[at + 4 : at + 8])
        at += 12 + length
    return found
