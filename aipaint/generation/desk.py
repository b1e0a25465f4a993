"""`Desk`: everything a job needs to be done, handed over as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from aipaint.document.picture import Picture
from aipaint.errors import UsageError
from aipaint.generation.compose import plan_for
from aipaint.generation.options import GenerateOptions
from aipaint.generation.second_place import SecondPlace
from aipaint.generation.seen_memory import SeenMemory
from aipaint.history.history import History
from aipaint.ledger.calibrate import calibrated
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.price import Estimate, PriceRequest
from aipaint.ledger.price_book import PriceBook
from aipaint.ledger.seen import Seen
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.process_lock import ProcessLock
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.provider import Provider
from aipaint.providers.request import Operation, Size
from aipaint.settings.secrets import KeyStore


def _nobody(owner: str) -> bool:
    """No other process is known to run."""
    del owner
    return False


def _nothing(step: str) -> None:
    """Nobody asked to be told."""
    del step


def _partial_images(options: GenerateOptions) -> int:
    """Pictures on their way are billed; what is no number is refused elsewhere."""
    text = dict(options.extra).get("partial_images", "")
    return int(text) if text in ("1", "2", "3") else 0


def _sent_pictures(options: GenerateOptions, model: ModelInfo) -> int:
    """Beside references: the picture, and its marked copy where a model takes no mask."""
    if options.operation in (Operation.GENERATE, Operation.REFINE):
        return 0
    return 2 if model.mask is MaskConvention.NONE else 1


@dataclass(frozen=True, eq=False)
class Desk:
    """Shared by every worker. `clock` returns an aware UTC datetime.

    `is_alive` tells whether a session's process still runs; its jobs are its own then. `reached`
    is told the name of each step once it is on disk: where a test ends the process.
    """

    providers: Mapping[str, Provider]
    ledger: Ledger
    history: History
    prices: PriceBook
    clock: Callable[[], datetime]
    session_id: str
    home: Path
    is_alive: Callable[[str], bool] = _nobody
    reached: Callable[[str], None] = _nothing
    process_lock: ProcessLock | None = None
    """Held until `close`, or for as long as somebody holds the desk."""
    keys: KeyStore = field(default_factory=KeyStore)
    workers: WorkerPool | None = None
    """Processes for long computations on this machine, one of them kept warm."""
    second_place: SecondPlace = field(default_factory=lambda: SecondPlace((), Path()))
    """For bought bytes that the data folder does not take."""
    room_pause_seconds: float = 3.0
    """How long to wait before a disk that was full is asked again."""
    notes: tuple[str, ...] = ()
    """What had to be mended when the data folder was opened: sentences for the user."""

    def close(self) -> None:
        """No work of this session goes on: what it left open may be taken over by others."""
        if self.process_lock is not None:
            self.process_lock.release()
        if self.workers is not None:
            self.workers.close()

    def provider(self, name: str) -> Provider:
        """Raises UsageError for a provider that is not there."""
        if name not in self.providers:
            raise UsageError(
                f"There is no provider {name!r}.", f"Choose one of {', '.join(self.providers)}."
            )
        return self.providers[name]

    def model(self, options: GenerateOptions) -> ModelInfo:
        """The record of the chosen model, the provider's default where none is chosen."""
        provider = self.provider(options.provider)
        return provider.model(options.model or provider.default_model(options.operation))

    @cached_property
    def seen(self) -> SeenMemory:
        """What calls cost lately."""
        return SeenMemory(self.ledger)

    def estimate(self, picture: Picture, options: GenerateOptions) -> Estimate:
        """The upper bound of what the options would cost now. On a worker. Raises UsageError,
        UnpricedModel, StorageError."""
        model = self.model(options)
        return self.price(options, model, plan_for(picture, options, model).sent)

    def known_estimate(self, picture: Picture, options: GenerateOptions) -> Estimate:
        """The same by what is remembered: no disk is waited for. Raises UsageError and
        UnpricedModel."""
        model = self.model(options)
        return self.known_price(options, model, plan_for(picture, options, model).sent)

    def price(self, options: GenerateOptions, model: ModelInfo, sent: Size) -> Estimate:
        """The same for a size that is known: by the price book, raised where own experience is
        dearer. On a worker. Raises UnpricedModel, StorageError."""
        return self._price(self.price_request(options, model, sent), self.seen.ask)

    def known_price(self, options: GenerateOptions, model: ModelInfo, sent: Size) -> Estimate:
        """The same by what is remembered. Raises UnpricedModel."""
        return self._price(self.price_request(options, model, sent), self.seen.known)

    def _price(self, ask: PriceRequest, look: Callable[[PriceRequest], Seen | None]) -> Estimate:
        quote = self.prices.estimate(ask)
        if not quote.micros:
            return quote
        return calibrated(quote, look(ask), ask.count, self.ledger.guard.tiers)

    def price_request(self, options: GenerateOptions, model: ModelInfo, sent: Size) -> PriceRequest:
        """Everything that changes the price, as the price book takes it."""
        is_open = bool(model.aspect_ratios)  # it is told proportions; how large is its own choice
        return PriceRequest(
            provider=options.provider,
            model=model.id,
            operation=options.operation.value,
            width=0 if is_open else sent.width,
            height=0 if is_open else sent.height,
            quality=options.quality or model.default_quality,
            count=options.count,
            input_images=_sent_pictures(options, model) + len(options.references),
            partial_images=_partial_images(options),
            prompt_chars=len(f"{options.prompt}{options.negative_prompt}".encode()),
            is_free=not self.provider(options.provider).is_paid,
        )
