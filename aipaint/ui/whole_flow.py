"""`WholeFlow`: enlarging, cutting out and variations from the Image menu: made on this computer, or
by a model of choice."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from aipaint.document.document import Document
from aipaint.generation.beyond import painted_bounds
from aipaint.generation.options import GenerateOptions
from aipaint.providers.request import Operation
from aipaint.ui.actions import Actions
from aipaint.ui.purchase_flow import Purchase
from aipaint.ui.services import Services
from aipaint.ui.whole_actions import WHOLE_ACTIONS

if TYPE_CHECKING:
    from aipaint.generation.checkout import Checkout
    from aipaint.generation.generator import Generator
    from aipaint.generation.prompt_desk import PromptDesk
    from aipaint.providers.provider import Provider
    from aipaint.ui.dialogs.whole_dialog import WholeQuote

_Buy: TypeAlias = "Callable[[Purchase, Callable[[], Checkout], bool], None]"
_OFFLINE = "offline"
_VARIATIONS = 3
_EMPTY = "The frame is empty: open a picture, or paint something first."


class WholeFlow(QObject):
    """Jobs go to the offline engine, for nothing; what the dialog asks for is bought as anything
    else is, after the same questions."""

    told = Signal(str)

    def __init__(self, document: Document, actions: Actions, parent: QWidget, buy: _Buy) -> None:
        super().__init__(parent)
        self._document = document
        self._actions = actions
        self._window = parent
        self._buy = buy
        self._generator: Generator | None = None
        self._desk: PromptDesk | None = None
        self._providers: Sequence[Provider] = ()
        wishes = {
            "image.upscaleTwice": _asks(Operation.UPSCALE, extra=(("scale", "2"),)),
            "image.upscaleFourfold": _asks(Operation.UPSCALE, extra=(("scale", "4"),)),
            "image.cutout": _asks(Operation.CUTOUT),
            "image.variations": _asks(Operation.VARIATIONS, count=_VARIATIONS),
        }
        slots = {name: partial(self._start, wish) for name, wish in wishes.items()}
        actions.connect({**slots, "image.byModel": self._choose})
        for spec in WHOLE_ACTIONS:
            actions.enable(spec.id, False)

    def connect_services(self, services: Services) -> None:
        """From now on there is somebody to do it; without a database there is nobody."""
        if services.generator is None:
            return
        self._generator, self._desk = services.generator, services.prompt_desk
        self.show_providers(services.providers)
        for spec in WHOLE_ACTIONS:
            self._actions.enable(spec.id, True)

    def show_providers(self, providers: "Sequence[Provider]") -> None:
        """Who can be chosen from now on."""
        self._providers = providers

    def _choose(self) -> None:
        """By whom, and at which price."""
        if self._generator is None:
            return
        if self._is_empty():
            self.told.emit(_EMPTY)
            return
        from aipaint.ui.dialogs.whole_dialog import WholeDialog

        dialog = WholeDialog(self._window, self._providers, self._quote)
        dialog.wanted.connect(self._on_wanted)
        dialog.open()

    def _quote(self, options: GenerateOptions) -> "WholeQuote":
        from aipaint.ui.dialogs.whole_dialog import WholeQuote

        assert self._generator is not None  # the dialog opens only with one
        quote = self._generator.quote(options)
        notes = self._desk.lint(options) if self._desk is not None else ()
        return WholeQuote(quote.estimate, quote.problem, notes)

    def _on_wanted(self, options: GenerateOptions) -> None:
        generator = self._generator
        if generator is None:
            return
        estimate = generator.quote(options).estimate
        is_free = estimate is not None and not estimate.micros
        self._buy(Purchase(options, is_queued=True), generator.checkout(options), is_free)

    def _is_empty(self) -> bool:
        picture = self._document.picture
        return painted_bounds(picture).intersected(picture.frame).is_empty

    def _start(self, options: GenerateOptions) -> None:
        if self._generator is None:
            return
        if self._is_empty():
            self.told.emit(_EMPTY)
            return
        problem = self._generator.quote(options).problem
        if problem:
            self.told.emit(problem)
            return
        self._generator.enqueue(options)


def _asks(
    operation: Operation, *, count: int = 1, extra: tuple[tuple[str, str], ...] = ()
) -> GenerateOptions:
    return GenerateOptions(operation, _OFFLINE, count=count, extra=extra)
