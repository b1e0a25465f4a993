"""`MoneyFlow`: meter, pauses, uncertain charges, inbox and spending, kept up to date."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.money import format_usd
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.money_wording import pictures_text
from aipaint.ui.panels.budget_panel import BudgetPanel, pause_text
from aipaint.ui.panels.jobs_panel import JobsPanel
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.services import Services
from aipaint.ui.status_line import StatusLine

if TYPE_CHECKING:
    from aipaint.generation.generator import Generator
    from aipaint.generation.inbox import InboxItem
    from aipaint.generation.unknown_outcomes import UnknownOutcome
    from aipaint.ledger.ledger import Ledger
    from aipaint.ledger.status import BudgetStatus
    from aipaint.ui.dialogs.inbox_dialog import InboxDialog
    from aipaint.ui.dialogs.spend_dialog import SpendDialog

_ACTIONS = "generate.inbox generate.spending"
_PATIENCE_MILLISECONDS = 120


class MoneyFlow(QObject):
    """Asks the ledger and the inbox on workers; several news in a row are one question."""

    limits_wanted = Signal()
    open_wanted = Signal(object)  # Path of a bought picture

    def __init__(
        self, window: QWidget, actions: Actions, budget: BudgetPanel, background: Background
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._budget = budget
        self._background = background
        self._generator: Generator | None = None
        self._ledger: Ledger | None = None
        self._status: BudgetStatus | None = None
        self._items: tuple[InboxItem, ...] = ()
        self._inbox: InboxDialog | None = None
        self._spending: SpendDialog | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MILLISECONDS)
        self._later.timeout.connect(self._ask)
        budget.pause_bar.button.clicked.connect(self.resume_spending)
        budget.limits_button.clicked.connect(self.limits_wanted)
        budget.spending_button.clicked.connect(self.open_spending)
        budget.tray.check_wanted.connect(self._on_check)
        budget.tray.resolved.connect(self._on_resolved)
        actions.connect(
            {"generate.inbox": self.open_inbox, "generate.spending": self.open_spending}
        )
        actions.enable(_ACTIONS, False)

    def show_on(self, prompt: PromptPanel, jobs: JobsPanel, status: StatusLine) -> None:
        """Where else the news are seen."""
        self._prompt, self._jobs, self._line = prompt, jobs, status
        prompt.remedies.resume_wanted.connect(self.resume_spending)
        prompt.remedies.limits_wanted.connect(self.limits_wanted)
        jobs.inbox_bar.button.clicked.connect(self.open_inbox)

    def connect_services(self, services: Services) -> None:
        generator = self._generator = services.generator
        self._ledger = services.ledger
        if generator is None:
            self._budget.show_problem(str(services.problem))
            self._line.show_no_budget()
            return
        generator.queue_changed.connect(self.refresh)
        generator.job_done.connect(self.refresh)
        generator.tray_changed.connect(self.refresh)
        generator.candidates_changed.connect(self.refresh)
        self._actions.enable(_ACTIONS, self._ledger is not None)
        self._ask()

    def refresh(self, *_: object) -> None:
        """Something about money may have changed: look in a moment."""
        if not self._later.isActive():
            self._later.start()

    def resume_spending(self) -> None:
        """Asks first. Everything that is paused may be paid for again."""
        ledger, status = self._ledger, self._status
        if ledger is None or status is None or not status.pauses:
            return
        from aipaint.ui.dialogs.spend_question import ask_about_spending

        if ask_about_spending(self._window, "Resume spending?", pause_text(status), "&Resume"):
            self._do(ledger.resume_spending)

    def open_spending(self) -> None:
        """Where the money went."""
        if self._ledger is None:
            return
        if self._spending is None:
            from aipaint.ui.dialogs.spend_dialog import SpendDialog

            self._spending = SpendDialog(self._window, self._ledger, self._background)
        self._spending.refresh()
        self._spending.show()
        self._spending.raise_()
        self._spending.activateWindow()

    def open_inbox(self) -> None:
        """What was paid and not used."""
        if self._generator is None:
            return
        if self._inbox is None:
            from aipaint.ui.dialogs.inbox_dialog import InboxDialog

            self._inbox = InboxDialog(self._window)
            self._inbox.apply_wanted.connect(self._on_apply_item)
            self._inbox.open_wanted.connect(self._on_open_item)
            self._inbox.discard_wanted.connect(self._generator.discard_inbox)
            self._inbox.keep_wanted.connect(self._generator.keep_inbox)
        self._inbox.show_items(self._items)
        self._inbox.show()
        self._inbox.raise_()
        self._inbox.activateWindow()
        self.refresh()

    def _ask(self) -> None:
        generator = self._generator
        if generator is None:
            return
        self._background.start(Work(generator.budget, self._on_budget, self._on_problem))
        self._background.start(Work(generator.inbox, self._on_inbox, self._on_problem))
        self._background.start(Work(generator.unknown_outcomes, self._on_unknown, self._on_problem))

    def _on_budget(self, status: "BudgetStatus") -> None:
        self._status = status
        self._budget.show_status(status)
        self._line.show_budget(status)
        if not status.pauses and self._prompt.remedies.offers_resuming:
            self._prompt.show_notice("")

    def _on_inbox(self, items: "tuple[InboxItem, ...]") -> None:
        self._items = items
        micros = sum(item.cost_micros for item in items)
        count = sum(len(item.pictures) for item in items)
        text = f"Paid, not used: {pictures_text(count)}, {format_usd(micros)}." if items else ""
        self._jobs.inbox_bar.show_text(text)
        if self._inbox is not None:
            self._inbox.show_items(items)

    def _on_unknown(self, outcomes: "tuple[UnknownOutcome, ...]") -> None:
        self._budget.tray.show_outcomes(outcomes)

    def _on_problem(self, error: AipaintError) -> None:
        self._budget.show_problem(str(error))

    def _on_check(self) -> None:
        if self._generator is not None:
            self._generator.check_unknown()

    def _on_resolved(self, ledger_id: int, charged: bool) -> None:
        generator = self._generator
        if generator is not None:
            self._do(lambda: generator.resolve_unknown(ledger_id, charged=charged))

    def _on_apply_item(self, job_id: str) -> None:
        """Its pictures come to the strip, in place on the canvas; one alone is applied at once."""
        generator = self._generator
        if generator is None:
            return

        def opened() -> None:
            found = [one for one in generator.candidates() if one.job_id == job_id]
            if found:
                generator.candidates_changed.disconnect(opened)
            if len(found) == 1:
                generator.apply(found[0].id)

        generator.candidates_changed.connect(opened)
        generator.open_inbox(job_id)

    def _on_open_item(self, path: Path) -> None:
        self.open_wanted.emit(path)

    def _do(self, work: Callable[[], object]) -> None:
        """On a worker; a refusal is told, and everything is asked anew."""

        def done(_: object) -> None:
            self.refresh()

        def failed(error: AipaintError) -> None:
            self._budget.tray.show_again()
            show_error(self._window, "That could not be written down", error)

        self._background.start(Work(work, done, failed))
