"""`CandidateStrip`: results as thumbnails; choosing one shows it in place on the canvas."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPalette, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
)

from aipaint.ui.actions import Actions
from aipaint.ui.icons import icon
from aipaint.ui.panels.candidate_wording import caption, short_text, spoken
from aipaint.ui.panels.panel import GAP, Panel
from aipaint.ui.panels.seam_chooser import SeamChooser
from aipaint.ui.widgets.empty_hint import EmptyHint
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.plain_tip import plain_tip
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aipaint.generation.candidate import Candidate

_THUMBNAIL = QSize(132, 88)
_SIDE_WIDTH = 356
_ID_ROLE = Qt.ItemDataRole.UserRole
_HEAD = (
    "generate.compareSlider", "generate.compareSide", "", "generate.mix", "generate.star", "",
    "generate.giveBack", "generate.discardAll",
)  # fmt: skip


class CandidateStrip(Panel):
    """Holds no candidates itself: it shows the generator's and says which one is meant."""

    preview_changed = Signal(object)  # Candidate | None
    apply_requested = Signal(str)
    discard_requested = Signal(str)
    refit_wanted = Signal(str, object, int)  # candidate id, SeamFix, feather in pixels
    before_held = Signal(bool)  # the picture without the result is wanted, or no more

    def __init__(self, actions: Actions) -> None:
        super().__init__("candidateStrip", "Results")
        self._actions = actions
        self._candidates: dict[str, Candidate] = {}
        self._rests = False  # one was just applied: look at the picture, not at the next result
        self._applied: set[str] = set()  # what was taken into the picture and has not come back
        self.seam = SeamChooser()
        self.seam.refit_wanted.connect(self._on_refit)
        self._build_list()
        self._build_head()
        self._build_buttons()
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.list, 1)
        row.addLayout(self._side)
        self.column.addLayout(self._head)
        self.column.addLayout(row)
        self._refresh()

    @property
    def current_id(self) -> str:
        """The candidate that is shown, "" for none."""
        if self.list.currentRow() < 0:
            return ""
        return str(self.list.currentItem().data(_ID_ROLE))

    @property
    def current(self) -> "Candidate | None":
        return self._candidates.get(self.current_id)

    def show_candidates(self, candidates: "Sequence[Candidate]") -> None:
        """Take over the generator's list; what is new is shown at once."""
        known, row = set(self._candidates), self.list.currentRow()
        kept_id = self.current_id
        self._candidates = {candidate.id: candidate for candidate in candidates}
        self.list.blockSignals(True)
        self.list.clear()
        for number, candidate in enumerate(candidates, 1):
            self.list.addItem(_item(candidate, spoken(candidate, number, len(candidates))))
        self.list.blockSignals(False)
        self.empty_hint.refresh()
        fresh = [candidate.id for candidate in candidates if candidate.id not in known]
        if fresh and self._applied & set(fresh):
            # Its step was undone: what is to be seen then is the picture without it.
            self._rests = True
            kept_id, fresh, row = "", [], -1
        self._choose(fresh[0] if fresh else kept_id, row)
        self._applied -= set(self._candidates)
        self._rests = False

    def request_apply(self) -> None:
        if self.current_id:
            self.rest()
            self.apply_requested.emit(self.current_id)

    def request_discard(self) -> None:
        if self.current_id:
            self.discard_requested.emit(self.current_id)

    def rest(self) -> None:
        """The chosen one goes into the picture: what is to be seen then is that."""
        self._rests = True
        self._applied.add(self.current_id)

    def step(self, by: int) -> None:
        """Look at the next one, or the one before; around at the ends."""
        count = self.list.count()
        if count:
            row = self.list.currentRow()
            self.list.setCurrentRow((row + by) % count if row >= 0 else 0)

    def show_final(self, text: str, tip: str, *, is_shown: bool, is_enabled: bool) -> None:
        """What painting the chosen draft out costs; not shown for what is no draft."""
        self.final_button.setVisible(is_shown)
        self.final_button.setText(text or "&Final")
        self.final_button.setAccessibleName(self.final_button.text().replace("&", ""))
        self.final_button.setToolTip(plain_tip(tip))
        self.final_button.setEnabled(is_enabled)
        self._actions["generate.final"].setEnabled(is_shown and is_enabled)

    def _build_list(self) -> None:
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
        self.list.setFixedHeight(_THUMBNAIL.height() + 48)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemActivated.connect(self._on_activated)
        self.empty_hint = EmptyHint(
            self.list, "images", "Results appear here. Mask something and press Generate."
        )

    def _build_head(self) -> None:
        self.count_label = PlainLabel("", Tone.STRONG)
        self.count_label.setObjectName("resultsCount")
        self.hold_button = QToolButton()
        self.hold_button.setObjectName("compareHoldButton")
        self.hold_button.setAccessibleName("Hold to see the picture without the result")
        self.hold_button.setToolTip("Hold: the picture without the result (O held)")
        self.hold_button.setIcon(icon("eye"))
        self.hold_button.setIconSize(QSize(18, 18))
        self.hold_button.pressed.connect(lambda: self.before_held.emit(True))
        self.hold_button.released.connect(lambda: self.before_held.emit(False))
        self._head = QHBoxLayout()
        self._head.setSpacing(2)
        self._head.addWidget(self.count_label)
        self._head.addSpacing(2 * GAP)
        self._head.addWidget(self.seam.error)
        self._head.addStretch(1)
        self._head.addWidget(self.hold_button)
        for action_id in _HEAD:
            if action_id:
                self._head.addWidget(self._tool_button(action_id))
            else:
                self._head.addSpacing(2 * GAP)

    def _tool_button(self, action_id: str) -> QToolButton:
        action = self._actions[action_id]
        button = QToolButton()
        button.setDefaultAction(action)
        button.setObjectName(f"{action_id}.button")
        button.setAccessibleName(action.text().replace("&", ""))
        button.setIconSize(QSize(18, 18))
        # A click must not take the keys away from the canvas; Tab still gets here.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build_buttons(self) -> None:
        self.caption = PlainLabel("", Tone.MUTED, wraps=True)
        self.caption.setObjectName("candidateCaption")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.caption.setFixedWidth(_SIDE_WIDTH)
        self.apply_button = PushButton(icon("check", QPalette.ColorRole.BrightText), "&Apply")
        self.apply_button.setObjectName("applyButton")
        self.apply_button.setProperty("primary", "true")
        self.apply_button.setAccessibleName("Apply the result")
        self.apply_button.setToolTip("Keep the result as a new layer (Enter)")
        self.apply_button.clicked.connect(self.request_apply)
        self.discard_button = PushButton(icon("x"), "D&iscard")
        self.discard_button.setObjectName("discardButton")
        self.discard_button.setAccessibleName("Discard the result")
        self.discard_button.setToolTip("Take the result off the picture; its file is kept")
        self.discard_button.clicked.connect(self.request_discard)
        self.final_button = PushButton(icon("wand-sparkles"), "&Final")
        self.final_button.setObjectName("finalButton")
        self.final_button.setAutoRepeat(False)
        self.final_button.setVisible(False)
        self.final_button.clicked.connect(self._actions["generate.final"].trigger)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.apply_button, self.discard_button, self.final_button):
            buttons.addWidget(button)
        self._side = QVBoxLayout()
        self._side.setSpacing(GAP)
        self._side.addWidget(self.caption, 1)
        self._side.addWidget(self.seam)
        self._side.addLayout(buttons)

    def _choose(self, candidate_id: str, row: int) -> None:
        if candidate_id in self._candidates:
            self.list.setCurrentRow(list(self._candidates).index(candidate_id))
        elif self._rests or row < 0:
            self.list.setCurrentRow(-1)
        else:
            self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._refresh()
        self.preview_changed.emit(self.current)

    def _refresh(self) -> None:
        candidate = self.current
        is_chosen = candidate is not None
        self.apply_button.setEnabled(is_chosen)
        self.discard_button.setEnabled(is_chosen)
        self.hold_button.setEnabled(is_chosen)
        self._actions.enable("generate.star generate.compareSlider generate.compareSide", is_chosen)
        can_mix = candidate is not None and candidate.growth == 1.0 and not candidate.is_alone
        self._actions.enable("generate.mix", can_mix)
        several = self.list.count() > 1
        self._actions.enable("generate.nextResult generate.previousResult", several)
        self._actions.enable("generate.discardAll", self.list.count() > 0)
        self._actions["generate.star"].setChecked(candidate is not None and candidate.is_starred)
        self.seam.show_candidate(candidate)
        count = self.list.count()
        self.count_label.setText(f"{count} {'result' if count == 1 else 'results'}")
        if candidate is not None:
            self.caption.setText(caption(candidate))
        else:
            self.caption.setText("Choose a result to see it in its place." if count else "")
        self.caption.setToolTip(plain_tip(self.caption.text()))  # there is room for few lines

    def _on_current_changed(self) -> None:
        self._refresh()
        self.preview_changed.emit(self.current)

    def _on_activated(self) -> None:
        self.request_apply()

    def _on_refit(self, seam: object, feather_pixels: int) -> None:
        if self.current_id:
            self.refit_wanted.emit(self.current_id, seam, feather_pixels)


def _item(candidate: "Candidate", words: str) -> QListWidgetItem:
    pixmap = QPixmap()
    pixmap.loadFromData(candidate.thumbnail)
    if not pixmap.isNull():
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        pixmap = pixmap.scaled(_THUMBNAIL, ratio, smooth)
    item = QListWidgetItem(QIcon(pixmap), short_text(candidate))
    item.setSizeHint(QSize(max(pixmap.width() + 12, 136), _THUMBNAIL.height() + 32))
    item.setData(_ID_ROLE, candidate.id)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
    item.setToolTip(plain_tip(candidate.label))
    return item
