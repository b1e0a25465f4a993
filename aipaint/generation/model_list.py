"""`listed_models`: which models a provider has, as it lists them; kept for a day."""

from collections.abc import Sequence

from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.price_lookup import as_listed, listed_source
from aipaint.ledger.listed_prices import keep_listed
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.model_price import ModelPrice
from aipaint.providers.provider import Provider
from aipaint.providers.watch import Watch

TTL_SECONDS = 24 * 3600


def listed_models(
    provider: Provider, desk: Desk, watch: Watch, *, is_fresh: bool = False
) -> tuple[ModelInfo, ...]:
    """From the cache while it is young, unless `is_fresh`; else the provider is asked, free. Prices
    that it lists go into the price book.

    On a worker. Raises UsageError, ProviderError, CancelledError, StorageError, PriceBookError.
    """
    kept = None if is_fresh else desk.history.cached_models(provider.name, TTL_SECONDS)
    if kept:
        return provider.learn(kept)
    listing = provider.fetch_listing(watch)
    if not listing:
        return provider.list_models(watch)
    desk.history.cache_models(provider.name, listing, desk.clock())
    prices = provider.listed_prices(listing)
    if prices:
        _keep_prices(provider, prices, desk)
    return provider.learn(listing)


def recall_models(desk: Desk) -> None:
    """What was listed before this start is known again; what cannot be read is asked again."""
    for provider in desk.providers.values():
        try:
            kept = desk.history.cached_models(provider.name, TTL_SECONDS)
            if kept:
                provider.learn(kept)
        except AipaintError:
            continue


def _keep_prices(provider: Provider, prices: Sequence[ModelPrice], desk: Desk) -> None:
    today = desk.clock().astimezone().date()
    listed = [as_listed(price, desk) for price in prices]
    path = desk.home / "listed-prices.toml"
    keep_listed(path, provider.price_names[-1], listed, listed_source(provider), today)
    desk.prices.reload()
