"""`DuplicateDialog`: the same was bought a moment ago: use that, or buy a new variation."""

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aipaint.money import format_usd
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.checkout import Checkout

_PICTURE = QSize(400, 260)
_MOST_LETTERS = 600


class DuplicateAnswer(Enum):
    """What the user decided."""

    USE_EARLIER = auto()
    BUY_AGAIN = auto()


class DuplicateDialog(QDialog):
    """Enter takes the earlier pictures, which cost nothing; Esc does neither."""

    answered = Signal(object)  # DuplicateAnswer

    def __init__(self, parent: QWidget, checkout: "Checkout") -> None:
        super().__init__(parent)
        self.setObjectName("duplicateDialog")
        self.setWindowTitle("You have this already")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sentence = PlainLabel(str(checkout.offer), wraps=True)
        self.sentence.setObjectName("duplicateSentence")
        self.setAccessibleDescription(self.sentence.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel("The same was bought before", Tone.TITLE))
        column.addWidget(self.sentence)
        offer = checkout.offer
        self._is_words = offer is not None and bool(offer.words)
        if offer is not None and offer.words:
            self.picture = _words(offer.words)
            column.addWidget(self.picture)
        else:
            self.picture = _picture(checkout)
            column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignCenter)
        column.addLayout(self._buttons(checkout))
        self.setMinimumWidth(_PICTURE.width() + 80)

    def _buttons(self, checkout: "Checkout") -> QHBoxLayout:
        self.use = PushButton("&Use the Earlier One — free")
        self.use.setObjectName("useEarlierButton")
        self.use.setProperty("primary", "true")
        what = "words are" if self._is_words else "pictures are"
        self.use.setToolTip(f"Its {what} shown again; nothing is sent (Enter)")
        self.use.setDefault(True)
        self.use.clicked.connect(lambda: self._answer(DuplicateAnswer.USE_EARLIER))
        price = format_usd(checkout.estimate.micros)
        new = "New Wording" if self._is_words else "New Variation"
        self.buy = PushButton(f"&Buy a {new} — up to {price}")
        self.buy.setObjectName("buyAgainButton")
        self.buy.setToolTip("Send the same again and pay for it again")
        self.buy.setAutoRepeat(False)
        self.buy.clicked.connect(lambda: self._answer(DuplicateAnswer.BUY_AGAIN))
        cancel = PushButton("&Cancel")
        cancel.setObjectName("duplicateCancelButton")
        cancel.setToolTip("Neither (Esc)")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.use, self.buy, cancel):
            row.addWidget(button)
        for button in (self.buy, cancel):
            button.setAutoDefault(False)
        self.use.setFocus()
        return row

    def _answer(self, answer: DuplicateAnswer) -> None:
        self.answered.emit(answer)
        self.accept()


def _words(text: str) -> QLabel:
    """The earlier prompt; a long one is cut."""
    shown = text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS].rstrip()}…"
    label = PlainLabel(shown, Tone.MUTED, wraps=True)
    label.setObjectName("earlierWords")
    label.setAccessibleName("The earlier wording")
    return label


def _picture(checkout: "Checkout") -> QLabel:
    """The earlier picture, or a word where its file is gone."""
    label = PlainLabel("Its picture cannot be shown.", Tone.MUTED)
    label.setObjectName("earlierPicture")
    label.setAccessibleName("The earlier picture")
    pixmap = QPixmap(str(checkout.picture)) if checkout.picture is not None else QPixmap()
    if not pixmap.isNull():
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        label.setPixmap(pixmap.scaled(_PICTURE, ratio, smooth))
    return label
