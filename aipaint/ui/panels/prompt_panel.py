"""`PromptPanel`: what is wanted, with which model, at which price; Generate and Cancel."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.errors import AipaintError
from aipaint.ui.announce import announce
from aipaint.ui.icons import icon
from aipaint.ui.panels.generate_wording import button_text, cost_text, mask_text, queue_text
from aipaint.ui.panels.job_progress import JobProgress
from aipaint.ui.panels.model_chooser import ModelChooser
from aipaint.ui.panels.panel import GAP, Panel, field_label, scrolling
from aipaint.ui.panels.remedies import Remedies
from aipaint.ui.panels.wish import Wish, has_pixels, read_wish
from aipaint.ui.services import Services
from aipaint.ui.widgets.fold import Fold
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.prompt_edit import PromptEdit

if TYPE_CHECKING:
    from aipaint.generation.generator import Generator, Quote
    from aipaint.providers.size_rule import SizeRule

_PATIENCE_MILLISECONDS = 120


class PromptPanel(Panel):
    """Shows the price of exactly what a click would send. The window asks the generator."""

    generate_requested = Signal(object, object)  # GenerateOptions, Estimate
    enqueue_requested = Signal(object, object)  # the same, to come after what runs

    def __init__(self, document: Document) -> None:
        super().__init__("promptPanel", "AI edit")
        self._document = document
        self._generator: Generator | None = None
        self._wish = Wish(problem="Starting…")
        self._problem = ""  # why nothing can be generated at all
        self._quote: Quote | None = None
        self._is_job_running = False
        self._can_queue = False
        # Typing and painting come in bursts; one quote after each is enough.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MILLISECONDS)
        self._later.timeout.connect(self.refresh)
        self._build_fields()
        self._build_news()
        self._build_price()
        document.changed.connect(self._on_document_changed)
        self.refresh()

    def connect_services(self, services: Services) -> None:
        """From now on there is something to generate with, or a word why there is not."""
        self._generator = services.generator
        self._problem = str(services.problem or "")
        self.chooser.set_providers(services.providers)
        self.refresh()

    def size_rule(self) -> "SizeRule | None":
        """The sizes that the chosen model takes; None while there is none."""
        try:
            model = self.chooser.model()
        except AipaintError:
            return None  # half a name
        return model.sizes if model is not None else None

    @property
    def can_generate(self) -> bool:
        return self.generate_button.isEnabled()

    def set_job_running(self, is_running: bool, *, can_queue: bool = False) -> None:
        """One click at a time: the button rests meanwhile, and more goes to the queue."""
        self._is_job_running = is_running
        self._can_queue = can_queue
        self._show_state()

    def show_notice(self, text: str, tone: Tone = Tone.WARNING) -> None:
        """Say what became of the last click; "" takes it away."""
        self.notice.setText(text)
        self.notice.set_tone(tone)
        self.notice.setVisible(bool(text))
        self.remedies.clear()
        if tone is Tone.DANGER:
            announce(self.notice, text)

    def enqueue(self) -> None:
        """What "Add to Queue" does: the same as Generate, while a job runs."""
        self._document.settle()
        self.refresh()
        if self.queue_button.isEnabled() and self._quote is not None:
            self.enqueue_requested.emit(self._wish.options, self._quote.estimate)

    def generate(self) -> None:
        """What the button and its shortcut do: ask for exactly what is on show."""
        self._document.settle()
        self._later.stop()
        self.refresh()
        if self.can_generate and self._quote is not None:
            self.generate_requested.emit(self._wish.options, self._quote.estimate)

    def refresh(self) -> None:
        """Read the fields and the picture, ask for the price, show both."""
        picture = self._document.picture
        prompt = self.prompt_edit.text
        self.chooser.follow_prompt(has_prompt=bool(prompt.strip()))
        self._later.stop()
        self._wish = read_wish(picture, self.chooser, prompt, self.negative_edit.text)
        if self._problem:
            self._wish = Wish(operation=self._wish.operation, problem=self._problem)
        self._quote = None
        if self._generator is not None and self._wish.options is not None:
            self._quote = self._generator.quote(self._wish.options)
        self.mask_label.setText(mask_text(picture.mask.bounds(), has_pixels=has_pixels(picture)))
        self._show_state()

    def _build_fields(self) -> None:
        self.prompt_edit = PromptEdit("promptEdit", "Prompt", lines=3)
        self.prompt_edit.setPlaceholderText("What should be there? Leave empty to remove.")
        self.prompt_edit.textChanged.connect(self._later.start)
        self.negative_edit = PromptEdit("negativeEdit", "Negative prompt", lines=2)
        self.negative_edit.setPlaceholderText("What should not be there?")
        self.negative_edit.textChanged.connect(self._later.start)
        self.chooser = ModelChooser()
        self.chooser.changed.connect(self._later.start)
        self.mask_label = PlainLabel("", Tone.MUTED, wraps=True)
        self.mask_label.setObjectName("maskStatusLabel")
        self.mask_label.setAccessibleName("Mask")
        self.negative_fold = Fold("negativeFold", "Negative prompt", self.negative_edit)
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(field_label("&Prompt", self.prompt_edit))
        for part in (self.prompt_edit, self.negative_fold, self.chooser):
            column.addWidget(part)
        column.setStretchFactor(self.prompt_edit, 1)
        column.addStretch(0)
        # Only the fields scroll on a small screen: the price and the button stay in sight.
        self.column.addWidget(scrolling(fields), 1)

    def _build_news(self) -> None:
        """Above the button, which must not move from under a pointer when they appear."""
        self.notice = PlainLabel("", Tone.WARNING, wraps=True)
        self.notice.setObjectName("noticeLabel")
        self.notice.setAccessibleName("Message")
        self.notice.setVisible(False)
        self.column.addWidget(self.notice)
        self.remedies = Remedies()
        self.column.addWidget(self.remedies)
        self.progress = JobProgress()
        self.column.addWidget(self.progress)
        self.queue_button = QPushButton(icon("list-plus"), "Add to Queue")
        self.queue_button.setObjectName("enqueueButton")
        self.queue_button.setAutoRepeat(False)
        self.queue_button.clicked.connect(self.enqueue)
        self.column.addWidget(self.queue_button)

    def _build_price(self) -> None:
        self.cost_label = PlainLabel("", Tone.MUTED, wraps=True)
        self.cost_label.setObjectName("costLabel")
        self.cost_label.setAccessibleName("Cost")
        self.tier_badge = PlainLabel("")
        self.tier_badge.setObjectName("tierBadge")
        self.tier_badge.setAccessibleName("Cost tier")
        self.column.addWidget(self.mask_label)
        row = QHBoxLayout()
        row.addWidget(self.cost_label, 1)
        row.addWidget(self.tier_badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.generate_button = QPushButton(icon("sparkles", QPalette.ColorRole.BrightText), "")
        self.generate_button.setObjectName("generateButton")
        self.generate_button.setProperty("primary", "true")
        self.generate_button.setMinimumHeight(40)
        self.generate_button.setIconSize(QSize(18, 18))
        self.generate_button.clicked.connect(self.generate)
        self.generate_button.setAutoRepeat(False)
        self.column.addLayout(row)
        self.column.addWidget(self.generate_button)

    def _show_state(self) -> None:
        estimate = self._quote.estimate if self._quote is not None else None
        refusal = self._quote.problem if self._quote is not None else ""
        text = button_text(self._wish.operation, estimate)
        self.generate_button.setText(text)
        self.generate_button.setAccessibleName(text)
        is_ready = estimate is not None and not refusal
        self.generate_button.setEnabled(is_ready and not self._is_job_running)
        self._show_queueing(queue_text(estimate), is_ready=is_ready)
        reason = self._wish.problem or refusal
        # The problem names files: a label shows them as they are, a tool tip might read markup.
        hint = "Nothing can be generated now: see above." if self._problem else reason
        self.generate_button.setToolTip(hint or "Start at the price shown (Ctrl+Enter)")
        self._show_cost(reason)
        self._show_tier()
        self._show_negative()

    def _show_queueing(self, text: str, *, is_ready: bool) -> None:
        """It comes and goes above Generate, so that a double click there never hits it."""
        self.queue_button.setVisible(self._can_queue)
        self.queue_button.setText(text)
        self.queue_button.setAccessibleName(text)
        self.queue_button.setEnabled(is_ready and self._can_queue)
        self.queue_button.setToolTip("Start it after what runs already (Ctrl+Alt+Enter)")

    def _show_cost(self, reason: str) -> None:
        estimate = self._quote.estimate if self._quote is not None else None
        if reason or estimate is None:
            self.cost_label.setText(reason)
            is_waiting = self._wish.problem and not self._problem
            self.cost_label.set_tone(Tone.MUTED if is_waiting else Tone.WARNING)
            return
        provider = self.chooser.provider
        is_paid = provider is not None and provider.is_paid
        self.cost_label.set_tone(Tone.MUTED)
        self.cost_label.setText(cost_text(estimate, is_paid=is_paid))

    def _show_tier(self) -> None:
        estimate = self._quote.estimate if self._quote is not None else None
        self.tier_badge.setVisible(estimate is not None)
        if estimate is not None:
            tier = estimate.tier.value
            self.tier_badge.setText(tier.capitalize())
            self.tier_badge.setToolTip(f"Cost tier: {tier}")
            self.tier_badge.setProperty("tier", tier)
            self.tier_badge.style().unpolish(self.tier_badge)
            self.tier_badge.style().polish(self.tier_badge)

    def _show_negative(self) -> None:
        options = self._wish.options
        provider = self.chooser.provider
        has_any = provider is not None and any(
            model.has_negative_prompt for model in provider.models()
        )
        self.negative_fold.setVisible(has_any)
        self.negative_edit.setEnabled(has_any or options is None)

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & (Part.MASK | Part.FRAME | Part.LAYERS | Part.HISTORY):
            self._later.start()
