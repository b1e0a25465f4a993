"""What is made of the whole picture, from the Image menu; and painting on beyond its edge."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from aipaint.document.render import render_straight
from aipaint.document.set_frame import SetFrame
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from aipaint.ui.dialogs.whole_dialog import WholeDialog
from tests.generation.workshop import open_desk, photograph, picture_of
from tests.servers.replicate_api import ReplicateApi
from tests.ui.rig import Rig, answer, make_rig

_FRAME = Rect(0, 0, 160, 120)
_PATIENCE_MILLISECONDS = 60_000


def _finish(rig: Rig) -> None:
    assert rig.generator is not None
    rig.wait(lambda: bool(rig.generator is not None and rig.generator.candidates()))


def test_enlarging_says_what_apply_does_and_does_it(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(160, 120)))
    assert rig.generator is not None
    assert "twice as large" in rig.inside.actions["image.upscaleTwice"].toolTip()
    rig.trigger("image.upscaleTwice")
    _finish(rig)
    (candidate,) = rig.generator.candidates()
    assert rig.document.picture.frame == _FRAME
    with rig.qtbot.waitSignal(rig.document.changed, timeout=_PATIENCE_MILLISECONDS):
        rig.generator.apply(candidate.id)
    assert rig.document.picture.frame == Rect(0, 0, 320, 240)
    rig.trigger("edit.undo")
    assert rig.document.picture.frame == _FRAME


def test_an_empty_frame_is_told_and_nothing_runs(rig: Rig) -> None:
    assert rig.generator is not None
    rig.document.do(SetFrame(Rect(9000, 9000, 50, 50)))
    for action in ("image.upscaleFourfold", "image.cutout", "image.variations"):
        rig.trigger(action)
    assert not rig.generator.is_busy
    assert rig.generator.recent_jobs() == []


def test_nobody_is_there_to_do_it_yet(starting: Rig) -> None:
    assert not starting.inside.actions["image.cutout"].isEnabled()


def test_a_frame_beyond_the_picture_makes_generate_paint_on(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(160, 120)))
    before = render_straight(rig.document.picture, _FRAME)
    wider = Rect(0, 0, 200, 120)
    rig.document.do(SetFrame(wider))
    panel = rig.inside.docks.prompt
    panel.refresh()
    button = rig.find(QPushButton, "generateButton")
    assert button.text().startswith("Outpaint")
    assert "beyond the picture" in panel.mask_label.text()
    button.click()
    _finish(rig)
    assert rig.generator is not None
    rig.generator.apply(rig.generator.candidates()[0].id)
    after = render_straight(rig.document.picture, wider)
    assert (after[:, :160] == before).all()
    assert (after[..., 3] == 255).all()
    rig.trigger("edit.undo")
    rig.document.do(SetFrame(wider))
    panel.prompt_edit.setPlainText("a lake")
    panel.refresh()
    assert not button.isEnabled()


@pytest.fixture
def replicate() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        yield server


@pytest.fixture
def models(qtbot: QtBot, tmp_path: Path, replicate: ReplicateApi) -> Rig:
    """Ready, with models on loopback that enlarge and cut out for money."""
    more = {
        "AIE_RATE_LIMIT_SECONDS": "0",
        "AIE_REPLICATE_BASE_URL": replicate.url,
        "AIE_REPLICATE_API_TOKEN": "r8_canary",
    }
    home = tmp_path / "home"
    return make_rig(qtbot, home, open_desk(home, None, more))


def _dialog(rig: Rig) -> WholeDialog:
    rig.show_picture(picture_of(photograph(160, 120)))
    rig.trigger("image.byModel")
    return rig.find(WholeDialog, "wholeDialog")


def _choose(dialog: WholeDialog, operation: Operation, provider: str) -> None:
    combo = dialog.operation_combo
    combo.setCurrentIndex(combo.findData(operation.value))
    dialog.provider_combo.setCurrentIndex(dialog.provider_combo.findData(provider))


@pytest.mark.parametrize(
    ("operation", "model"),
    [
        (Operation.UPSCALE, "nightmareai/real-esrgan"),
        (Operation.CUTOUT, "851-labs/background-remover"),
    ],
)
def test_an_online_model_enlarges_and_cuts_out_after_its_price_was_seen(
    models: Rig, replicate: ReplicateApi, operation: Operation, model: str
) -> None:
    dialog = _dialog(models)
    _choose(dialog, operation, "replicate")
    assert dialog.options is not None
    assert dialog.options.model == model
    assert "up to $0." in dialog.start.text()
    assert dialog.start.isEnabled()
    assert not dialog.start.isDefault()
    asked = answer(models, "costDialog", "costConfirmButton")
    dialog.start.click()
    _finish(models)
    assert asked
    assert models.generator is not None
    assert models.desk is not None
    assert len(replicate.orders) == 1
    (candidate,) = models.generator.candidates()
    assert candidate.options.operation is operation
    (job,) = models.desk.history.jobs()
    assert (job.provider, job.model) == ("replicate", model)
    (entry,) = models.desk.ledger.entries(5)
    assert entry.job_id == job.id
    if operation is Operation.UPSCALE:
        assert replicate.orders[0]["input"]["scale"] == 2


def test_enter_and_esc_buy_nothing(models: Rig, replicate: ReplicateApi) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = _dialog(models)
        _choose(dialog, Operation.CUTOUT, "replicate")
        QTest.keyClick(dialog, key)
        assert not dialog.isVisible()
    assert replicate.orders == []
    assert models.generator is not None
    assert models.generator.recent_jobs() == []


def test_who_has_no_key_says_so_and_free_ones_can_be_chosen_too(rig: Rig) -> None:
    dialog = _dialog(rig)
    _choose(dialog, Operation.UPSCALE, "replicate")
    assert not dialog.start.isEnabled()
    assert "key" in dialog.problem.text().lower()
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())  # nothing lies on top
    _choose(dialog, Operation.UPSCALE, "rehearsal")
    assert dialog.factor_combo.isEnabled()
    _choose(dialog, Operation.UPSCALE, "offline")
    assert dialog.factor_combo.isEnabled()
    dialog.factor_combo.setCurrentIndex(1)
    assert dialog.start.text() == "&Enlarge — free"
    dialog.start.click()
    _finish(rig)
    assert rig.generator is not None
    assert rig.generator.candidates()[0].growth == 4


def test_the_limit_of_the_budget_stops_it_like_anything_else(
    qtbot: QtBot, tmp_path: Path, replicate: ReplicateApi
) -> None:
    more = {
        "AIE_RATE_LIMIT_SECONDS": "0",
        "AIE_REPLICATE_BASE_URL": replicate.url,
        "AIE_REPLICATE_API_TOKEN": "r8_canary",
        "AIE_BUDGET_DAILY_CAP": "0.00001",
    }
    home = tmp_path / "home"
    rig = make_rig(qtbot, home, open_desk(home, None, more))
    dialog = _dialog(rig)
    _choose(dialog, Operation.CUTOUT, "replicate")
    assert rig.generator is not None
    with qtbot.waitSignal(rig.generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        dialog.start.click()
    assert replicate.orders == []
    assert rig.desk is not None
    assert rig.desk.history.jobs()[0].status.value == "blocked_budget"
