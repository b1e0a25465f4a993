"""`SeamChooser`: how a result meets its surroundings: feather, color match, membrane; for free."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aipaint.pixels.seam_choice import SeamFix
from aipaint.ui.panels.panel import GAP, field_label
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

if TYPE_CHECKING:
    from aipaint.generation.candidate import Candidate

_PATIENCE_MILLISECONDS = 200
_MOST_FEATHER = 64
_WAYS = (
    (SeamFix.NONE, "As it came"),
    (SeamFix.COLOR, "Match colors"),
    (SeamFix.POISSON, "Blend in"),
)


class SeamChooser(QWidget):
    """Shows what the chosen result has; a change is told once it has calmed down."""

    refit_wanted = Signal(object, int)  # SeamFix, feather in pixels

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("seamChooser")
        self._is_refreshing = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MILLISECONDS)
        self._later.timeout.connect(self._tell)
        self.combo = ComboBox("seamCombo", "Seam")
        self.combo.setToolTip("How the result meets its surroundings; made here, costs nothing")
        for way, text in _WAYS:
            self.combo.addItem(text, way)
        self.combo.currentIndexChanged.connect(self._on_changed)
        self.feather = NumberSlider("seamFeather", "Feather", NumberRange(0, _MOST_FEATHER, " px"))
        self.feather.set_tool_tip("How softly it begins at the edge of the mask")
        self.feather.value_changed.connect(self._on_changed)
        # For whoever lays this out to place: the row is full.
        self.error = PlainLabel("", Tone.MUTED)
        self.error.setObjectName("seamError")
        self.error.setAccessibleName("Step of color at the edge")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(field_label("Sea&m", self.combo))
        row.addWidget(self.combo)
        row.addWidget(self.feather, 1)

    def show_candidate(self, candidate: "Candidate | None") -> None:
        """What it has; hidden where there is no seam."""
        can_refit = candidate is not None and candidate.can_refit
        self.setVisible(can_refit)
        self.error.setVisible(can_refit)
        if candidate is None or not can_refit or self._later.isActive():
            return
        self._is_refreshing = True
        self.combo.setCurrentIndex(self.combo.findData(candidate.seam))
        self.feather.set_value(candidate.feather_pixels)
        self.error.setText(_error_text(candidate))
        self.error.setToolTip(
            "The step of color across the edge of the mask, in levels of 255:\n"
            "without anything done about the seam, and as it is now"
        )
        self._is_refreshing = False

    def _on_changed(self) -> None:
        if not self._is_refreshing:
            self._later.start()

    def _tell(self) -> None:
        self.refit_wanted.emit(self.combo.currentData(), self.feather.value)


def _error_text(candidate: "Candidate") -> str:
    before, after = candidate.edge_before, candidate.edge_after
    if before is None or after is None:
        return ""
    return f"Edge {before:.1f} → {after:.1f}"
