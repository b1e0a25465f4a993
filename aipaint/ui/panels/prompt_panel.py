"""`PromptPanel`: what is wanted, with which model, at which price; Generate and Cancel."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.errors import AipaintError
from aipaint.generation.beyond import reaches_beyond
from aipaint.generation.never_send import NEVER_SEND
from aipaint.ui.announce import announce
from aipaint.ui.icons import icon
from aipaint.ui.panels.crop_chooser import CropChooser
from aipaint.ui.panels.generate_wording import (
    button_text,
    cost_text,
    mask_text,
    price_text,
    queue_text,
)
from aipaint.ui.panels.job_progress import JobProgress
from aipaint.ui.panels.lint_line import LintLine
from aipaint.ui.panels.panel import Panel, scrolling
from aipaint.ui.panels.prompt_fields import PromptFields
from aipaint.ui.panels.remedies import Remedies
from aipaint.ui.panels.wish import Wish, has_pixels, read_wish
from aipaint.ui.services import Services
from aipaint.ui.widgets.fold import Fold
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.generator import Generator, Quote
    from aipaint.generation.options import GenerateOptions
    from aipaint.providers.provider import Provider
    from aipaint.providers.size_rule import SizeRule

_PATIENCE_MILLISECONDS = 120


class PromptPanel(Panel):
    """Shows the price of exactly what a click would send. The window asks the generator."""

    generate_requested = Signal(object, object)  # GenerateOptions, Estimate
    enqueue_requested = Signal(object, object)  # the same, to come after what runs
    refreshed = Signal()  # fields or picture are others, and the price is shown
    lens_wanted = Signal()
    keys_wanted = Signal()
    ceiling_wanted = Signal()  # the model has no price; the user may say one

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

    def show_providers(self, providers: "Sequence[Provider]") -> None:
        """There are others now, or they have other keys."""
        self.chooser.set_providers(providers)
        self.refresh()

    @property
    def options(self) -> "GenerateOptions | None":
        """What a click would ask for; None while something is missing."""
        return self._wish.options

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
        if self._is_as_shown() and self.queue_button.isEnabled() and self._quote is not None:
            self.enqueue_requested.emit(self._wish.options, self._quote.estimate)

    def generate(self) -> None:
        """What the button and its shortcut do: ask for exactly what is on show."""
        if self._is_as_shown() and self.can_generate and self._quote is not None:
            self.fields.keep_last_model()
            self.generate_requested.emit(self._wish.options, self._quote.estimate)

    def _is_as_shown(self) -> bool:
        """Whether it costs no more than the button said when it was pressed; says it if not."""
        shown = self._quote.estimate if self._quote is not None else None
        self._document.settle()
        self.refresh()
        now = self._quote.estimate if self._quote is not None else None
        if shown is None or now is None or now.micros <= shown.micros:
            return True
        price = price_text(now.micros)
        if price == price_text(shown.micros):
            return True
        self.show_notice(f"It costs {price} now: press again if that is fine.", Tone.MUTED)
        return False

    def refresh(self) -> None:
        """Read the fields and the picture, ask for the price, show both."""
        picture = self._document.picture
        fields = self.fields
        fields.follow(picture)
        self._later.stop()
        self._wish = read_wish(picture, self.chooser, fields.details, fields.words)
        if self._problem:
            self._wish = Wish(operation=self._wish.operation, problem=self._problem)
        self._choose_crop()
        self._quote = None
        if self._generator is not None and self._wish.options is not None:
            self._quote = self._generator.quote(self._wish.options)
        text = mask_text(
            picture.mask.bounds(),
            has_pixels=has_pixels(picture),
            is_beyond=reaches_beyond(picture),
        )
        hidden = " A part of the picture is never sent." if NEVER_SEND in picture.kept else ""
        self.mask_label.setText(text + hidden)
        self._show_state()
        self.refreshed.emit()

    def _choose_crop(self) -> None:
        """What there is to choose for that mask and that model, and what was chosen."""
        options = self._wish.options
        if options is None or self._generator is None:
            self.crop.show_choices(())
            return
        self.crop.show_choices(self._generator.edits.crop_choices(options))
        self._wish = replace(self._wish, options=replace(options, crop=self.crop.wish))

    def _build_fields(self) -> None:
        fields = self.fields = PromptFields()
        self.crop = CropChooser()
        self.crop.chosen.connect(self.refresh)
        fields.add_choice(self.crop)
        fields.changed.connect(self._later.start)
        # At once: what is on the buttons must be what a quick click would pay.
        fields.chosen.connect(self.refresh)
        self.prompt_edit, self.negative_edit = fields.prompt_edit, fields.negative_edit
        self.chooser = fields.chooser
        self.mask_label = PlainLabel("", Tone.MUTED, wraps=True)
        self.mask_label.setObjectName("maskStatusLabel")
        self.mask_label.setAccessibleName("Mask")
        # Only the fields scroll on a small screen: the price and the button stay in sight.
        area = scrolling(fields)
        self.lint_line = LintLine()
        fields.lint_shown.connect(self.lint_line.show_sentences)
        self.lint_line.clicked.connect(lambda: area.ensureWidgetVisible(fields.lint_label))
        result = fields.refine.result
        # After the layout has made room for it, its buttons come into sight.
        reveal = QTimer(self)
        reveal.setSingleShot(True)
        reveal.timeout.connect(lambda: area.ensureWidgetVisible(result))
        result.shown.connect(reveal.start)
        for fold in (fields.negative_fold, fields.details_fold):
            fold.button.clicked.connect(partial(_show_opened, area, fold))
        self.column.addWidget(area, 1)

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
        self.queue_button = PushButton(icon("list-plus"), "Add to Queue")
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
        self.column.addWidget(self.lint_line)
        row = QHBoxLayout()
        row.addWidget(self.cost_label, 1)
        row.addWidget(self.tier_badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.generate_button = PushButton(icon("sparkles", QPalette.ColorRole.BrightText), "")
        self.generate_button.setObjectName("generateButton")
        self.generate_button.setProperty("primary", "true")
        self.generate_button.setMinimumHeight(40)
        self.generate_button.setIconSize(QSize(18, 18))
        self.generate_button.clicked.connect(self.generate)
        self.generate_button.setAutoRepeat(False)
        self.lens_button = QToolButton()
        self.lens_button.setObjectName("whatIsSentButton")
        self.lens_button.setIcon(icon("scan-eye"))
        self.lens_button.setIconSize(QSize(20, 20))
        self.lens_button.setAccessibleName("What will be sent")
        self.lens_button.setToolTip("Look at what will be sent, before it is sent (Ctrl+Alt+W)")
        self.lens_button.clicked.connect(self.lens_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self.generate_button, 1)
        buttons.addWidget(self.lens_button)
        self.key_button = PushButton(icon("key-round"), "Add a &Key…")
        self.key_button.setObjectName("addKeyButton")
        self.key_button.setToolTip("Open the settings of providers (Ctrl+,)")
        self.key_button.setVisible(False)
        self.key_button.clicked.connect(self.keys_wanted)
        self.column.addLayout(row)
        self.column.addWidget(self.key_button)
        self.column.addWidget(self._made_ceiling_button())
        self.column.addLayout(buttons)

    def _made_ceiling_button(self) -> PushButton:
        button = self.ceiling_button = PushButton(icon("wallet"), "Say What It May Cost…")
        button.setObjectName("ceilingButton")
        button.setToolTip("Nobody states a price of this model; nothing is sent by this")
        button.setAutoRepeat(False)
        button.setVisible(False)
        button.clicked.connect(self.ceiling_wanted)
        return button

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
        self.lens_button.setEnabled(self._wish.options is not None)
        provider = self.chooser.provider
        is_unready = provider is not None and bool(provider.readiness())
        self.key_button.setVisible(is_unready)
        is_unpriced = self._quote is not None and self._quote.is_unpriced
        self.ceiling_button.setVisible(is_unpriced and not is_unready)
        self._show_cost(reason)
        self._show_tier()

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

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & (Part.MASK | Part.FRAME | Part.LAYERS | Part.HISTORY | Part.KEPT):
            self._later.start()


def _show_opened(area: QScrollArea, fold: Fold) -> None:
    """What was opened comes into sight: its headline goes up, once there is room for the rest."""

    def scroll() -> None:
        area.verticalScrollBar().setValue(fold.y())

    if fold.button.isChecked():
        QTimer.singleShot(0, fold, scroll)
