"""`PromptDesk`: what the prompt panel asks beside prices: words, models, what would be sent."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from aipaint.document.document import Document
from aipaint.errors import AipaintError
from aipaint.generation.checkout import Checkout
from aipaint.generation.desk import Desk
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.generator import Quote
from aipaint.generation.lint import lint
from aipaint.generation.model_list import listed_models
from aipaint.generation.options import GenerateOptions
from aipaint.generation.outgoing import Outgoing, outgoing
from aipaint.generation.price_lookup import lacks_price, look_price_up
from aipaint.generation.refine import (
    RefineAsk,
    Refined,
    refine_price,
    refine_provider,
    run_refine,
)
from aipaint.generation.refine_offer import refine_offer
from aipaint.ledger.own_prices import set_ceiling
from aipaint.ledger.price import Tier
from aipaint.money import Micros
from aipaint.providers.model_info import ModelInfo


class PromptDesk:
    """Main thread; what returns something to call is called on a worker."""

    def __init__(self, document: Document, desk: Desk) -> None:
        self._document = document
        self._desk = desk
        self._project = ""

    def set_project(self, name: str) -> None:
        """Whose money the next refining spends. "" is nobody's."""
        self._project = name

    def refine_with(self, preferred: str) -> str:
        """The provider that words prompts: the preferred one if it can, else the first that is
        ready; "" for none."""
        provider = self._desk.providers.get(preferred)
        if provider is not None and provider.refine_model and not provider.readiness():
            return preferred
        return refine_provider(self._desk)

    def refine_quote(self, ask: RefineAsk) -> Quote:
        """What refining would cost, or why it cannot be. Moves no money."""
        try:
            return Quote(refine_price(ask, self._desk))
        except AipaintError as error:
            return Quote(None, str(error))

    def refine_checkout(self, ask: RefineAsk) -> Callable[[], Checkout]:
        """What should be asked before: whether the same was worded lately, and where it is dear.
        Raises StorageError and others."""

        def look() -> Checkout:
            desk = self._desk
            estimate = refine_price(ask, desk)
            own = desk.ledger.guard.ask_from_micros
            is_dear = estimate.tier is Tier.HIGH or 0 < own <= estimate.micros
            reasons = ("This costs more than refining usually does.",) if is_dear else ()
            return Checkout(estimate, desk.ledger.status(), reasons, refine_offer(ask, desk))

        return look

    def refine(self, ask: RefineAsk, cancelled: threading.Event) -> Callable[[], Refined]:
        """Buys it, through the guard."""
        whose = replace(ask, project=ask.project or self._project)
        return lambda: run_refine(whose, self._desk, _say_nothing, cancelled)

    def set_ceiling(self, provider: str, model: str, micros: Micros) -> Callable[[], None]:
        """Keep what the user says that one call may cost. Raises PriceBookError, StorageError."""

        def keep() -> None:
            desk = self._desk
            name = desk.provider(provider).price_names[0]
            set_ceiling(desk.home / "prices.toml", name, model, micros, desk.clock().date())
            desk.prices.reload()

        return keep

    def list_models(
        self, provider: str, cancelled: threading.Event
    ) -> Callable[[], tuple[ModelInfo, ...]]:
        """Ask the service anew which models it has; free. Raises ProviderError and others."""

        def ask() -> tuple[ModelInfo, ...]:
            found = self._desk.provider(provider)
            return listed_models(found, self._desk, FreeWatch(cancelled), is_fresh=True)

        return ask

    def describe(
        self, provider: str, model: str, cancelled: threading.Event
    ) -> Callable[[], ModelInfo]:
        """Learn what a model takes and costs; free. Raises ProviderError and others."""

        def ask() -> ModelInfo:
            asked, watch = self._desk.provider(provider), FreeWatch(cancelled)
            found = asked.describe(model, watch)
            look_price_up(asked, found.id, self._desk, watch)
            return found

        return ask

    def is_described(self, provider: str, model: ModelInfo) -> bool:
        """Whether its service could not say more than is known."""
        asked = self._desk.provider(provider)
        return model.options is not None and not lacks_price(asked, model.id, self._desk)

    def check(self, provider: str, cancelled: threading.Event) -> Callable[[], str]:
        """Whether the key works, in a sentence; free. Raises ProviderError and others."""
        return lambda: self._desk.provider(provider).check(FreeWatch(cancelled))

    def outgoing(self, options: GenerateOptions) -> Callable[[], Outgoing]:
        """Exactly what would be sent for the picture as it is now. Raises UsageError."""
        picture = self._document.picture.snapshot()
        return lambda: outgoing(picture, options, self._desk)

    def lint(self, options: GenerateOptions) -> tuple[str, ...]:
        """What the answer will not be as it was asked for, in sentences."""
        try:
            model = self._desk.model(options)
            return lint(options, model, self._document.picture, self._today())
        except AipaintError:
            return ()  # the price says it already

    def _today(self) -> date:
        return self._desk.clock().astimezone().date()


def _say_nothing(fraction: float | None, message: str) -> None:
    """The button says that it is under way."""
    del fraction, message
