"""`PurchaseFlow`: what is asked between a click and a purchase."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work

if TYPE_CHECKING:
    from aipaint.generation.checkout import Checkout
    from aipaint.generation.options import GenerateOptions
    from aipaint.ui.dialogs.duplicate_dialog import DuplicateAnswer


@dataclass(frozen=True)
class Purchase:
    """What was clicked: start it, or add it to the queue. `buy` does it for what is not done on the
    picture as it is now, with the options as they were agreed, and gives the job's id."""

    options: "GenerateOptions"
    is_queued: bool = False
    buy: "Callable[[GenerateOptions], str] | None" = None


class PurchaseFlow(QObject):
    """One question at a time: while one is open, another click asks nothing and buys nothing."""

    agreed = Signal(object)  # Purchase
    given_up = Signal()
    failed = Signal(object)  # AipaintError

    def __init__(self, window: QWidget, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._is_asking = False

    @property
    def is_asking(self) -> bool:
        return self._is_asking

    def ask(self, purchase: Purchase, look: "Callable[[], Checkout]") -> None:
        """Find out on a worker what there is to ask, then ask it."""
        if self._is_asking:
            return
        self._is_asking = True

        def looked(checkout: "Checkout") -> None:
            self._ask_about_duplicate(purchase, checkout)

        self._background.start(Work(look, looked, self._on_failed, "Looking at the price"))

    def _ask_about_duplicate(self, purchase: Purchase, checkout: "Checkout") -> None:
        if checkout.offer is None:
            self._ask_about_cost(purchase, checkout)
            return
        # Imported when asked for: no start waits for a dialog.
        from aipaint.ui.dialogs.duplicate_dialog import DuplicateAnswer, DuplicateDialog

        def answered(answer: "DuplicateAnswer") -> None:
            if answer is DuplicateAnswer.BUY_AGAIN:
                fresh = replace(purchase.options, is_fresh=True)
                self._ask_about_cost(replace(purchase, options=fresh), checkout)
            else:
                self._agree(purchase)

        dialog = DuplicateDialog(self._window, checkout)
        dialog.answered.connect(answered)
        dialog.rejected.connect(self._give_up)
        dialog.open()

    def _ask_about_cost(self, purchase: Purchase, checkout: "Checkout") -> None:
        if not checkout.reasons:
            self._agree(purchase)
            return
        from aipaint.ui.dialogs.cost_warning import CostDialog

        dialog = CostDialog(self._window, checkout)
        dialog.accepted.connect(lambda: self._agree(purchase))
        dialog.rejected.connect(self._give_up)
        dialog.open()

    def _agree(self, purchase: Purchase) -> None:
        self._is_asking = False
        self.agreed.emit(purchase)

    def _give_up(self) -> None:
        self._is_asking = False
        self.given_up.emit()

    def _on_failed(self, error: AipaintError) -> None:
        self._is_asking = False
        self.failed.emit(error)
