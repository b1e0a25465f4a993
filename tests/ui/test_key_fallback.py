"""Keys of a layout without Latin letters, as Qt would deliver them."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTreeView, QWidget

from aipaint.ui.key_codes import us_keys
from tests.ui.rig import Rig

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
# X11 codes of a US keyboard.
_B, _E, _Q, _Z, _BRACKET, _SLASH = 56, 26, 24, 52, 35, 61

pytestmark = pytest.mark.skipif(
    QGuiApplication.platformName() in ("windows", "cocoa"), reason="keys have other codes there"
)


def _event(
    kind: QEvent.Type, sign: str, code: int, modifiers: Qt.KeyboardModifier = _NONE
) -> QKeyEvent:
    text = "" if modifiers & _CONTROL else sign
    return QKeyEvent(kind, ord(sign.upper()), modifiers, code, 0, 0, text)


def _press(widget: QWidget, sign: str, code: int, modifiers: Qt.KeyboardModifier = _NONE) -> bool:
    """As Qt does: first the question, then, unless a shortcut took it, the press. Whether the
    question was answered with yes."""
    widget.setFocus()
    question = _event(QEvent.Type.ShortcutOverride, sign, code, modifiers)
    question.ignore()
    QApplication.sendEvent(widget, question)
    QApplication.sendEvent(widget, _event(QEvent.Type.KeyPress, sign, code, modifiers))
    return question.isAccepted()


@pytest.fixture
def canvas(starting: Rig) -> QWidget:
    starting.inside.show_canvas()
    return starting.inside.canvas


def test_letters_choose_tools_by_their_place(starting: Rig, canvas: QWidget) -> None:
    for sign, code, tool in (("у", _E, "eraser"), ("й", _Q, "mask"), ("и", _B, "brush")):
        _press(canvas, sign, code)
        assert starting.toolbox.current.id == tool
    _press(canvas, "й", _Q, _SHIFT)
    assert starting.toolbox.current.id == "maskEraser"


def test_control_and_a_letter(starting: Rig, canvas: QWidget) -> None:
    starting.trigger("layer.new")
    _press(canvas, "я", _Z, _CONTROL)
    assert len(starting.document.picture.layers) == 1
    _press(canvas, "я", _Z, _CONTROL | _SHIFT)
    assert len(starting.document.picture.layers) == 2


def test_brackets_are_letters_there(starting: Rig, canvas: QWidget) -> None:
    size = starting.toolbox.brush.size_pixels
    _press(canvas, "ъ", _BRACKET)
    assert starting.toolbox.brush.size_pixels > size


def test_own_keys_count_as_well(starting: Rig, canvas: QWidget) -> None:
    starting.window.shortcuts.keymap.bind("tool.fill", ("E",))
    _press(canvas, "у", _E)
    assert starting.toolbox.current.id == "fill"


def test_a_key_of_the_canvas_works_on_the_canvas_only(starting: Rig, canvas: QWidget) -> None:
    starting.window.shortcuts.keymap.bind("generate.apply", ("K",))
    action = starting.inside.actions["generate.apply"]
    action.setEnabled(True)
    with starting.qtbot.waitSignal(action.triggered):
        _press(canvas, "л", 45)
    with starting.qtbot.assertNotEmitted(action.triggered):
        _press(starting.find(QTreeView, "layerList"), "л", 45)


def test_where_qt_finds_the_shortcut_nothing_fires_twice(starting: Rig, canvas: QWidget) -> None:
    # With a Latin layout installed Qt asks, fires, and sends no press.
    starting.trigger("layer.new")
    starting.trigger("layer.new")
    canvas.setFocus()
    question = _event(QEvent.Type.ShortcutOverride, "я", _Z, _CONTROL)
    question.ignore()
    QApplication.sendEvent(canvas, question)
    starting.trigger("edit.undo")
    # The next key is another question; the first is not answered late.
    _press(canvas, "и", _B)
    assert len(starting.document.picture.layers) == 2


def test_latin_letters_are_left_to_qt(starting: Rig, canvas: QWidget) -> None:
    starting.trigger("tool.hand")
    # AZERTY: the key at the place of Q types A.
    _press(canvas, "a", _Q)
    assert starting.toolbox.current.id == "hand"
    # Dvorak: the key at the place of Q types an apostrophe; German: at the place of [ an ü.
    _press(canvas, "'", _Q)
    _press(canvas, "ü", 34)
    assert starting.toolbox.current.id == "hand"


def test_signs_count_by_place_once_the_layout_is_known(starting: Rig, canvas: QWidget) -> None:
    lock = starting.inside.actions["layer.alphaLock"]
    _press(canvas, ".", _SLASH)
    assert not lock.isChecked()
    _press(canvas, "и", _B)
    _press(canvas, ".", _SLASH)
    assert lock.isChecked()
    # Greek types a semicolon at the place of Q.
    _press(canvas, ";", _Q)
    assert starting.toolbox.current.id == "mask"
    _press(canvas, "b", _B)
    starting.trigger("tool.hand")
    _press(canvas, "'", _Q)
    assert starting.toolbox.current.id == "hand"


def test_letters_in_fields_are_text(starting: Rig) -> None:
    prompt = starting.find(QPlainTextEdit, "promptEdit")
    for sign, code in (("и", _B), ("у", _E), ("й", _Q)):
        assert _press(prompt, sign, code)
    assert prompt.toPlainText() == "иуй"
    assert starting.toolbox.current.id == "brush"
    search = starting.find(QLineEdit, "brushSearch")
    search.setVisible(True)
    assert _press(search, "у", _E)
    assert search.text() == "у"
    assert starting.toolbox.current.id == "brush"


def test_control_z_in_a_field_is_the_fields_own(starting: Rig) -> None:
    starting.trigger("layer.new")
    prompt = starting.find(QPlainTextEdit, "promptEdit")
    prompt.insertPlainText("text")
    _press(prompt, "я", _Z, _CONTROL)
    assert prompt.toPlainText() == ""
    assert len(starting.document.picture.layers) == 2


def test_a_list_does_not_search_for_a_tools_letter(starting: Rig) -> None:
    starting.inside.show_canvas()
    layers = starting.find(QTreeView, "layerList")
    _press(layers, "у", _E)
    assert starting.toolbox.current.id == "eraser"


def test_what_is_disabled_does_nothing(starting: Rig, canvas: QWidget) -> None:
    starting.inside.actions["tool.eraser"].setEnabled(False)
    _press(canvas, "у", _E)
    assert starting.toolbox.current.id == "brush"


def test_other_keys_have_no_place(qapp: QApplication) -> None:
    for sign, code in (("и", 300), ("1", 10), (" ", 65)):
        assert us_keys(_event(QEvent.Type.KeyPress, sign, code), is_foreign=True) is None


@pytest.mark.parametrize(("sign", "code", "grows"), [("ü", 34, False), ("+", 35, True)])
def test_the_keys_of_the_brackets_work_on_a_german_keyboard(
    starting: Rig, canvas: QWidget, sign: str, code: int, grows: bool
) -> None:
    before = starting.toolbox.brush
    _press(canvas, sign, code)
    after = starting.toolbox.brush
    assert (after.size_pixels > before.size_pixels) is grows
    assert after.size_pixels != before.size_pixels
    _press(canvas, "*" if grows else "Ü", code, _SHIFT)
    assert (starting.toolbox.brush.hardness > before.hardness) is grows
    assert starting.toolbox.brush.hardness != before.hardness


def test_letters_in_the_place_of_brackets_are_typed_in_a_field(
    starting: Rig, canvas: QWidget
) -> None:
    before = starting.toolbox.brush
    prompt = starting.find(QPlainTextEdit, "promptEdit")
    _press(prompt, "ü", 34)
    assert prompt.toPlainText() == "ü"
    assert starting.toolbox.brush == before
    # With Control it is whatever the layout says.
    assert us_keys(_event(QEvent.Type.KeyPress, "ü", 34, _CONTROL), is_foreign=False) is None
