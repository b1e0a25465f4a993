"""`CandidateStrip`: results as thumbnails; choosing one shows it in place on the canvas."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPalette, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from aipaint.money import format_usd
from aipaint.ui.icons import icon
from aipaint.ui.panels.panel import GAP, Panel
from aipaint.ui.widgets.empty_hint import EmptyHint
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aipaint.generation.candidate import Candidate

_THUMBNAIL = QSize(132, 88)
_LOUD_DRIFT = 0.005  # share of the pixels outside the mask


class CandidateStrip(Panel):
    """Holds no candidates itself: it shows the generator's and says which one is meant."""

    preview_changed = Signal(object)  # Candidate | None
    apply_requested = Signal(str)
    discard_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__("candidateStrip", "Results")
        self._candidates: dict[str, Candidate] = {}
        self.list = QListWidget()
        self.list.setObjectName("candidateList")
        self.list.setAccessibleName("Results")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setIconSize(_THUMBNAIL)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_THUMBNAIL.height() + 28)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemActivated.connect(self._on_activated)
        self.empty_hint = EmptyHint(
            self.list, "images", "Results appear here. Mask something and press Generate."
        )
        self._build_buttons()
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.list, 1)
        row.addLayout(self._side)
        self.column.addLayout(row)
        self._refresh()

    @property
    def current_id(self) -> str:
        """The candidate that is shown, "" for none."""
        if self.list.currentRow() < 0:
            return ""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def show_candidates(self, candidates: "Sequence[Candidate]") -> None:
        """Take over the generator's list; what is new is shown at once."""
        known = set(self._candidates)
        kept_id = self.current_id
        self._candidates = {candidate.id: candidate for candidate in candidates}
        self.list.blockSignals(True)
        self.list.clear()
        for candidate in candidates:
            self.list.addItem(_item(candidate))
        self.list.blockSignals(False)
        self.empty_hint.refresh()
        fresh = [candidate.id for candidate in candidates if candidate.id not in known]
        self._choose(fresh[0] if fresh else kept_id)

    def request_apply(self) -> None:
        if self.current_id:
            self.apply_requested.emit(self.current_id)

    def request_discard(self) -> None:
        if self.current_id:
            self.discard_requested.emit(self.current_id)

    def _build_buttons(self) -> None:
        self.caption = PlainLabel("", Tone.MUTED, wraps=True)
        self.caption.setObjectName("candidateCaption")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.apply_button = QPushButton(icon("check", QPalette.ColorRole.BrightText), "&Apply")
        self.apply_button.setObjectName("applyButton")
        self.apply_button.setProperty("primary", "true")
        self.apply_button.setAccessibleName("Apply the result")
        self.apply_button.setToolTip("Keep the result as a new layer (Enter)")
        self.apply_button.clicked.connect(self.request_apply)
        self.discard_button = QPushButton(icon("x"), "D&iscard")
        self.discard_button.setObjectName("discardButton")
        self.discard_button.setAccessibleName("Discard the result")
        self.discard_button.setToolTip("Take the result off the picture; its file is kept")
        self.discard_button.clicked.connect(self.request_discard)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.discard_button)
        self._side = QVBoxLayout()
        self._side.setSpacing(GAP)
        self._side.addWidget(self.caption, 1)
        self._side.addLayout(buttons)

    def _choose(self, candidate_id: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == candidate_id:
                self.list.setCurrentRow(row)
                break
        else:
            self.list.setCurrentRow(self.list.count() - 1)
        self._refresh()
        self.preview_changed.emit(self._candidates.get(self.current_id))

    def _refresh(self) -> None:
        candidate = self._candidates.get(self.current_id)
        self.apply_button.setEnabled(candidate is not None)
        self.discard_button.setEnabled(candidate is not None)
        self.caption.setText(_caption(candidate) if candidate is not None else "")

    def _on_current_changed(self) -> None:
        self._refresh()
        self.preview_changed.emit(self._candidates.get(self.current_id))

    def _on_activated(self) -> None:
        self.request_apply()


def _item(candidate: "Candidate") -> QListWidgetItem:
    pixmap = QPixmap()
    pixmap.loadFromData(candidate.thumbnail)
    if not pixmap.isNull():
        pixmap = pixmap.scaled(
            _THUMBNAIL,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    item = QListWidgetItem(QIcon(pixmap), "")
    item.setSizeHint(pixmap.size() + QSize(12, 12))
    item.setData(Qt.ItemDataRole.UserRole, candidate.id)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, candidate.label)
    item.setToolTip(candidate.label)
    return item


def _caption(candidate: "Candidate") -> str:
    cost = format_usd(candidate.cost_micros) if candidate.cost_micros else "free"
    lines = [candidate.label, f"{candidate.rect.width} × {candidate.rect.height} px, {cost}"]
    if candidate.drift > _LOUD_DRIFT:
        lines.append(f"It also changed {candidate.drift:.0%} outside the mask; that is not used.")
    return "\n".join(lines)
