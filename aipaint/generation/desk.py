"""`Desk`: everything a job needs to be done, handed over as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aipaint.document.picture import Picture
from aipaint.errors import UsageError
from aipaint.generation.compose import plan_for
from aipaint.generation.options import GenerateOptions
from aipaint.history.history import History
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.price import Estimate, PriceRequest
from aipaint.ledger.price_book import PriceBook
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.provider import Provider
from aipaint.providers.request import Operation, Size


@dataclass(frozen=True, eq=False)
class Desk:
    """Shared by every worker. `clock` returns an aware UTC datetime."""

    providers: Mapping[str, Provider]
    ledger: Ledger
    history: History
    prices: PriceBook
    clock: Callable[[], datetime]
    dedupe_ttl_seconds: int
    session_id: str

    def provider(self, name: str) -> Provider:
        """Raises UsageError for a provider that is not there."""
        if name not in self.providers:
            raise UsageError(
                f"There is no provider {name!r}.", f"Choose one of {', '.join(self.providers)}."
            )
        return self.providers[name]

    def model(self, options: GenerateOptions) -> ModelInfo:
        """The record of the chosen model, the provider's default where none is chosen."""
        return self.provider(options.provider).model(options.model)

    def estimate(self, picture: Picture, options: GenerateOptions) -> Estimate:
        """The upper bound of what the options would cost now. Raises UsageError, UnpricedModel."""
        model = self.model(options)
        return self.price(options, model, plan_for(picture, options, model).sent)

    def price(self, options: GenerateOptions, model: ModelInfo, sent: Size) -> Estimate:
        """The same for a size that is known."""
        sends_picture = options.operation is not Operation.GENERATE
        return self.prices.estimate(
            PriceRequest(
                provider=options.provider,
                model=model.id,
                operation=options.operation.value,
                width=sent.width,
                height=sent.height,
                quality=options.quality or model.default_quality,
                count=options.count,
                input_images=1 if sends_picture else 0,
                prompt_chars=len(f"{options.prompt}{options.negative_prompt}".encode()),
                is_free=not self.provider(options.provider).is_paid,
            )
        )
