"""From an idea to a finished picture in the window: refine, draft, final, an edit under a mask.

Every price stands on its button before the click, and the ledger holds what the server reported.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from aipaint.document.render import render
from aipaint.money import format_usd
from aipaint.pixels.rect import Rect
from tests.generation.workshop import open_desk
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer, make_rig

_FRAME = Rect(0, 0, 640, 480)
_REFINED = "a red fox in morning light"


def _button(rig: Rig, name: str) -> QPushButton:
    return rig.find(QPushButton, name)


def _price_on(rig: Rig, name: str) -> str:
    """What the button says it will cost, once it can be pressed."""
    button = _button(rig, name)
    rig.wait(lambda: button.isEnabled() and " — up to $" in button.text())
    return button.text().partition(" — up to ")[2]


def _rows(home: Path) -> list[tuple[str, str, int, int, str]]:
    query = "select operation, state, reserved_micros, actual_micros, cost_source"
    with closing(sqlite3.connect(home / "aipaint.db")) as database:
        return list(database.execute(f"{query} from budget_ledger order by id"))


def _generate(rig: Rig) -> str:
    """Press Generate; the price that stood on it."""
    price = _price_on(rig, "generateButton")
    assert rig.generator is not None
    with rig.qtbot.waitSignal(rig.generator.job_done, timeout=30_000):
        _button(rig, "generateButton").click()
    rig.wait(lambda: bool(rig.inside.docks.strip.current_id))
    return price


def _apply(rig: Rig) -> None:
    layers = len(rig.document.picture.layers)
    rig.trigger("generate.apply")
    rig.wait(lambda: len(rig.document.picture.layers) > layers)


def _choose_preset(rig: Rig, name: str) -> None:
    combo = rig.find(QComboBox, "presetCombo")
    combo.setCurrentIndex(combo.findText(name))


def test_idea_refine_draft_final_and_an_edit_under_a_mask(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with ImagesApi() as api:
        rig = make_rig(qtbot, home, open_desk(home, api))
        rig.inside.show_canvas()
        confirmed = answer(rig, "costDialog", "costConfirmButton")
        prices = [_refine(rig, api)]

        _choose_preset(rig, "Draft")
        prices.append(_generate(rig))
        assert api.paid[-1].fields["quality"] == "low"
        assert _REFINED in api.paid[-1].fields["prompt"]
        assert "text" in api.paid[-1].fields["prompt"].removeprefix(_REFINED)
        _apply(rig)

        _choose_preset(rig, "Final")
        prices.append(_generate(rig))
        assert api.paid[-1].path.endswith("/images/edits")
        assert api.paid[-1].fields["quality"] == "high"
        _apply(rig)

        before = render(rig.document.picture, _FRAME)
        rig.trigger("tool.mask")
        rig.drag((300, 240), (360, 240))
        rig.find(QPlainTextEdit, "promptEdit").setPlainText("a blue hat")
        rig.wait(lambda: _button(rig, "generateButton").isEnabled())
        prices.append(_generate(rig))
        assert api.paid[-1].part("mask").data
        _apply(rig)
        changed = (render(rig.document.picture, _FRAME) != before).any(axis=2)
        rows, columns = np.nonzero(changed)
        assert len(rows)
        assert 200 < rows.min() <= rows.max() < 280
        assert 260 < columns.min() <= columns.max() < 400

        _check_ledger(rig, home, prices)
        assert confirmed


def _refine(rig: Rig, api: ImagesApi) -> str:
    intent = rig.find(QPlainTextEdit, "intentEdit")
    prompt = rig.find(QPlainTextEdit, "promptEdit")
    intent.setFocus()
    QTest.keyClicks(intent, "fox, morning")
    rig.wait(lambda: _button(rig, "refineButton").isEnabled())
    QTest.keyClick(intent, Qt.Key.Key_Return)
    QTest.keyClick(intent, Qt.Key.Key_Backspace)
    price = _price_on(rig, "refineButton")
    assert not api.paid  # Enter buys nothing
    _button(rig, "refineButton").click()
    rig.wait(lambda: _button(rig, "refineReplaceButton").isVisible())
    assert len(api.paid) == 1
    assert prompt.toPlainText() == ""  # nothing is taken unasked
    _button(rig, "refineReplaceButton").click()
    assert prompt.toPlainText() == _REFINED
    assert rig.find(QPlainTextEdit, "negativeEdit").toPlainText() == "text"
    QTest.keyClick(prompt, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert prompt.toPlainText() == ""
    prompt.redo()
    assert prompt.toPlainText() == _REFINED
    return price


def _check_ledger(rig: Rig, home: Path, prices: list[str]) -> None:
    rows = _rows(home)
    assert [row[0] for row in rows] == ["refine", "generate", "edit", "edit"]
    assert {row[1] for row in rows} == {"settled"}
    assert {row[4] for row in rows} == {"usage"}
    assert [format_usd(row[2]) for row in rows] == prices  # what was reserved stood on the button
    assert all(row[3] > 0 for row in rows)
    assert rig.generator is not None
    today = next(cap for cap in rig.generator.budget().caps if cap.period == "day")
    assert today.settled_micros == sum(row[3] for row in rows)
