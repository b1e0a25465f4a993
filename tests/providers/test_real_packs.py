"""The real models, where somebody has them: AIPAINT_MODEL_PACKS names a folder with the packages
(or the bare files). They are not in the repository; tiny models stand for them everywhere else."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from aipaint.errors import AipaintError, CancelledError
from aipaint.pixels.click_select import ClickSelect
from aipaint.pixels.decode import read_image
from aipaint.pixels.model_message import Pixels
from aipaint.pixels.rect import Rect
from aipaint.pixels.smart_select import Mark, SmartHints
from aipaint.pixels.upscale import upscale
from aipaint.providers.offline_pack_record import load_pack_records
from aipaint.providers.offline_pack_shelf import PackShelf
from aipaint.providers.offline_packs import OfflinePacks, PackJob
from aipaint.settings.paths import resource
from tests.providers.recording_watch import RecordingWatch

_FOLDER = os.environ.get("AIPAINT_MODEL_PACKS", "")

pytestmark = pytest.mark.skipif(
    not _FOLDER, reason="AIPAINT_MODEL_PACKS names no folder with the packages of the models"
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> PackShelf:
    shelf = PackShelf(
        tmp_path_factory.mktemp("models"), load_pack_records(resource("model_packs.toml"))
    )
    for path in sorted(Path(_FOLDER).iterdir()):
        try:
            shelf.add(path)
        except AipaintError:
            continue  # something else lies there as well
    return shelf


def _need(shelf: PackShelf, pack_id: str) -> OfflinePacks:
    if shelf.ready(pack_id) is None:
        pytest.skip(f"{pack_id} is not in {_FOLDER}, or its library is missing")
    return OfflinePacks(shelf)


def _rocket() -> Pixels:
    """427 x 640 pixels, the rocket upright in the middle."""
    return read_image(next(resource("samples").glob("*.jpg"))).rgba


def _error(one: Pixels, other: Pixels) -> float:
    return float(np.mean((one[..., :3].astype(float) - other[..., :3]) ** 2))


def test_migan_fills_a_hole_and_changes_nothing_else(shelf: PackShelf) -> None:
    packs, rgba = _need(shelf, "migan"), _rocket()
    hole = np.zeros(rgba.shape[:2], np.uint8)
    hole[20:120, 100:220] = 255  # of the sky
    spoiled = rgba.copy()
    spoiled[hole > 0, :3] = (255, 0, 0)
    made = packs.make("migan", PackJob(spoiled, hole), RecordingWatch())
    assert np.array_equal(made[hole == 0], rgba[hole == 0])
    assert np.abs(made[hole > 0].astype(int) - rgba[hole > 0]).mean() < 12
    again = packs.make("migan", PackJob(spoiled, hole), RecordingWatch())
    assert np.array_equal(made, again)


def test_u2netp_finds_the_rocket(shelf: PackShelf) -> None:
    packs, rgba = _need(shelf, "u2netp"), _rocket()
    alpha = packs.make("u2netp", PackJob(rgba), RecordingWatch())[..., 3]
    assert 0.003 < (alpha > 127).mean() < 0.2
    rows, columns = np.nonzero(alpha > 127)
    assert 280 < np.median(columns) < 360
    assert rows.max() - rows.min() > 150


@pytest.mark.parametrize("factor", [2, 4])
def test_span_is_nearer_to_the_truth_than_the_built_in_way(shelf: PackShelf, factor: int) -> None:
    packs, rgba = _need(shelf, "span"), _rocket()[180:420, 200:440]
    small = rgba.reshape(240 // factor, factor, 240 // factor, factor, 4).mean(axis=(1, 3))
    given = np.rint(small).astype(np.uint8)
    made = packs.make("span", PackJob(given, factor=factor), RecordingWatch())
    assert made.shape == rgba.shape
    assert _error(made, rgba) < 1.1 * _error(upscale(given, factor), rgba)


@pytest.fixture
def clicks(shelf: PackShelf) -> Iterator[ClickSelect]:
    _need(shelf, "sam2")
    clicks = ClickSelect(lambda: shelf.ready("sam2"))
    yield clicks
    clicks.rest()


def test_sam_selects_the_rocket(clicks: ClickSelect) -> None:
    bgra = np.ascontiguousarray(_rocket()[..., [2, 1, 0, 3]])
    mark = Mark(((321.0, 240.0),), 4.0, is_kept=True)
    for hints in (SmartHints(marks=(mark,)), SmartHints(Rect(295, 120, 55, 290))):
        found = clicks.select(bgra, hints)
        assert found[240, 321] == 255
        assert 0.003 < (found > 127).mean() < 0.1
        assert (found[:, :200] == 0).mean() > 0.99


def test_a_cancel_in_the_middle_of_real_work(shelf: PackShelf) -> None:
    packs, watch = _need(shelf, "span"), RecordingWatch()

    def stop(fraction: float | None, message: str) -> None:
        if fraction:
            watch.cancelled.set()

    watch.progress = stop  # type: ignore[method-assign]
    with pytest.raises(CancelledError):
        packs.make("span", PackJob(_rocket(), factor=4), watch)
