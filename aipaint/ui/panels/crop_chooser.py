"""`CropChooser`: how much of the picture is sent, each way with its price and its sharpness."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aipaint.generation.crop_wish import CropWish
from aipaint.ui.panels.panel import GAP, field_label
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aipaint.generation.crop_choices import CropChoice

_USUAL_WORDS = "Automatic"


class CropChooser(QWidget):
    """Hidden while there is nothing to choose. `wish` is what a click would ask for."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cropChooser")
        self._shown: tuple[CropChoice, ...] = ()
        self.combo = ComboBox("cropCombo", "What is sent")
        self.combo.setToolTip("How much of the picture around the mask the model sees")
        self.combo.activated.connect(self._on_activated)
        self.facts = PlainLabel("", Tone.MUTED)
        self.facts.setObjectName("cropFacts")
        self.facts.setAccessibleName("Size of what is sent")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(field_label("&Send", self.combo))
        row.addWidget(self.combo, 1)
        row.addWidget(self.facts)
        self.setVisible(False)

    @property
    def wish(self) -> CropWish:
        """AUTO where nothing is chosen, or nothing can be."""
        chosen = self.combo.currentData()
        return chosen if isinstance(chosen, CropWish) and len(self._shown) > 1 else CropWish.AUTO

    def show_choices(self, choices: "Sequence[CropChoice]") -> None:
        """Those of the model and the mask as they are now; the choice stays where it can."""
        chosen = self.wish
        if [one.sentence for one in choices] == [one.sentence for one in self._shown]:
            self._shown = tuple(choices)
            self._show_facts()
            return  # a list that is open stays open
        self._shown = tuple(choices)
        self.setVisible(len(self._shown) > 1)
        self.combo.clear()
        automatic = next((one for one in self._shown if one.is_automatic), None)
        usual = f"{_USUAL_WORDS}: {automatic.sentence}" if automatic is not None else _USUAL_WORDS
        self.combo.addItem(usual, CropWish.AUTO)
        for choice in self._shown:
            self.combo.addItem(choice.sentence.capitalize(), choice.wish)
        self.combo.setCurrentIndex(max(0, self.combo.findData(chosen)))
        self._show_facts()

    def _on_activated(self) -> None:
        self.chosen.emit()

    def _show_facts(self) -> None:
        taken = next((one for one in self._shown if self._is_taken(one)), None)
        if taken is None:
            self.facts.setText("")
            return
        self.facts.setText(f"{taken.megapixels:.1f} MP")
        source, sent = taken.plan.source, taken.plan.sent
        self.combo.setToolTip(
            plain_tip(
                f"{source.width} × {source.height} px of the picture are sent as "
                f"{sent.width} × {sent.height} px."
            )
        )

    def _is_taken(self, choice: "CropChoice") -> bool:
        if self.wish is CropWish.AUTO:
            return choice.is_automatic
        return choice.wish is self.wish
