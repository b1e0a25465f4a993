"""`RefineResult`: what a language model made of the idea, as a difference to be taken or left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aipaint.money import format_usd
from aipaint.ui.announce import announce
from aipaint.ui.panels.panel import GAP
from aipaint.ui.panels.prompt_diff import Edit, Piece, diff_in_words, prompt_diff
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.refine import Refined

_LINES = 5


class RefineResult(QWidget):
    """Hidden while there is none. Added words are underlined, those left out struck through."""

    replace_wanted = Signal()
    insert_wanted = Signal()
    closed = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("refineResult")
        self.setAccessibleName("Suggested prompt")
        self._prompt = ""
        self._negative = ""
        self.view = QPlainTextEdit()
        self.view.setObjectName("refineDiff")
        self.view.setAccessibleName("Suggested prompt and what it changes")
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.cost = PlainLabel("", Tone.MUTED, wraps=True)
        self.cost.setObjectName("refineCostLabel")
        self.negative = CheckBox("")
        self.negative.setObjectName("refineNegativeCheck")
        self.negative.setAccessibleName("Take the negative prompt too")
        self.negative.setToolTip("Also put the suggested negative prompt into its field")
        self.negative_text = PlainLabel("", Tone.MUTED, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.view, self.negative, self.negative_text, self.cost):
            column.addWidget(part)
        column.addLayout(self._buttons())
        self.setVisible(False)

    @property
    def prompt(self) -> str:
        return self._prompt

    @property
    def negative_prompt(self) -> str:
        """The suggested one, "" if it is not to be taken."""
        return self._negative if self.negative.isChecked() else ""

    def show_result(self, refined: "Refined", before: str) -> None:
        """Beside `before`, what the words were."""
        self._prompt, self._negative = refined.prompt, refined.negative_prompt
        pieces = prompt_diff(before, refined.prompt)
        self._draw(pieces)
        has_negative = bool(refined.negative_prompt)
        self.negative.setVisible(has_negative)
        self.negative.setText("And a &negative prompt:")
        self.negative.setChecked(has_negative)
        self.negative_text.setVisible(has_negative)
        self.negative_text.setText(refined.negative_prompt)
        self.cost.setText(_cost(refined))
        self.view.setAccessibleDescription(diff_in_words(pieces))
        self.setVisible(True)
        self.shown.emit()
        announce(self, f"Suggestion: {refined.prompt}")

    def close_result(self) -> None:
        self.setVisible(False)
        self.closed.emit()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        made = (
            ("refineReplaceButton", "R&eplace", "Put it in place of the prompt"),
            ("refineInsertButton", "&Insert", "Add it to the prompt where the cursor is"),
            ("refineDiscardButton", "Disc&ard", "Leave the prompt as it is"),
        )
        self.replace, self.insert, self.discard = (_button(*each) for each in made)
        self.replace.clicked.connect(self.replace_wanted)
        self.insert.clicked.connect(self.insert_wanted)
        self.discard.clicked.connect(self.close_result)
        for button in (self.replace, self.insert, self.discard):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _draw(self, pieces: tuple[Piece, ...]) -> None:
        """As plain text with formats: nothing in it is markup."""
        self.view.clear()
        cursor = self.view.textCursor()
        for piece, before in zip(pieces, (None, *pieces), strict=False):
            if before is not None and before.edit is Edit.REMOVED and piece.edit is Edit.ADDED:
                cursor.insertText(" ", QTextCharFormat())  # or they would read as one word
            cursor.insertText(piece.text, self._format(piece.edit))
        self.view.moveCursor(cursor.MoveOperation.Start)
        self._fit()

    def _fit(self) -> None:
        """As tall as the text; the layout of plain text counts in lines."""
        lines = min(_LINES, max(2, round(self.view.document().size().height())))
        self.view.setFixedHeight(round(QFontMetricsF(self.font()).lineSpacing() * lines + 20))

    def _format(self, edit: Edit) -> QTextCharFormat:
        style = QTextCharFormat()
        palette = self.palette()
        if edit is Edit.REMOVED:
            style.setFontStrikeOut(True)
            style.setForeground(palette.color(QPalette.ColorRole.PlaceholderText))
        elif edit is Edit.ADDED:
            style.setFontUnderline(True)
            style.setForeground(palette.color(QPalette.ColorRole.Text))
        else:
            style.setForeground(palette.color(QPalette.ColorRole.Text))
        return style


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = PushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button


def _cost(refined: "Refined") -> str:
    if refined.duplicate_of:
        return "The same was asked a moment ago: it cost nothing again."
    if not refined.actual_micros:
        return f"By {refined.model}; it cost nothing."
    return f"By {refined.model}, {format_usd(refined.actual_micros)}."
