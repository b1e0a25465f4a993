"""What the lens shows is what the server gets, to the byte."""

import numpy as np
from PySide6.QtWidgets import QLabel, QToolButton

from aipaint.pixels.rect import Rect
from aipaint.ui.dialogs.privacy_lens import PrivacyLens
from tests.generation.workshop import opened, photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer

_CHANGED = Rect(200, 150, 50, 50)


def _lens(rig: Rig) -> PrivacyLens:
    rig.find(QToolButton, "whatIsSentButton").click()
    rig.wait(lambda: rig.window.findChild(PrivacyLens) is not None)
    lens = rig.window.findChild(PrivacyLens)
    assert lens is not None
    return lens


def _text(lens: PrivacyLens, name: str) -> str:
    label = lens.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_what_is_looked_at_is_what_is_sent(online: Rig, api: ImagesApi) -> None:
    online.show_picture(picture_of(photograph(320, 240), Rect(100, 80, 60, 40)))
    # What was masked first is never sent; the rest is what should change.
    online.trigger("mask.neverSend")
    assert not len(online.document.picture.mask)
    mask = online.document.picture.mask
    mask.swap(mask.with_pixels(_CHANGED, np.full((50, 50), 255, np.uint8)))
    panel = online.inside.docks.prompt
    panel.prompt_edit.setPlainText("<b>a red barn</b>")
    panel.refresh()
    assert "never sent" in panel.mask_label.text()
    lens = _lens(online)
    assert "127.0.0.1" in lens.headline.text()
    assert "2 pictures" in lens.headline.text()
    assert _text(lens, "lens_prompt") == "<b>a red barn</b>"
    assert "never to be sent was filled" in _text(lens, "lensNotes")
    shown = [each.image.png for each in lens._pictures]
    assert not api.received  # looking costs nothing and tells nobody
    lens.reject()

    answer(online, "costDialog", "costConfirmButton")
    assert online.generator is not None
    with online.qtbot.waitSignal(online.generator.job_done, timeout=30_000):
        panel.generate_button.click()
    assert api.paid[0].part("image").data == shown[0]
    sent = opened(api.paid[0].part("mask").data)
    assert ((sent[..., 3] == 0) == (opened(shown[1])[..., 0] == 255)).all()


def test_offline_nothing_leaves(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(320, 240), Rect(100, 80, 60, 40)))
    rig.inside.docks.prompt.refresh()
    lens = _lens(rig)
    assert lens.headline.text().startswith("Nothing leaves this computer")
    lens.reject()


def test_never_send_is_one_step_and_is_taken_back(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(320, 240), Rect(100, 80, 60, 40)))
    actions = rig.inside.actions
    assert not actions["mask.sendAll"].isEnabled()
    rig.trigger("mask.neverSend")
    assert not len(rig.document.picture.mask)
    assert actions["mask.sendAll"].isEnabled()
    rig.trigger("edit.undo")
    assert len(rig.document.picture.mask)
    assert not rig.document.picture.kept
    rig.trigger("edit.redo")
    rig.trigger("mask.sendAll")
    assert not rig.document.picture.kept
    assert not actions["mask.sendAll"].isEnabled()
