"""`listed_models`: which models a provider has, as it lists them; kept for a day."""

from dataclasses import asdict

from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.ledger.listed_prices import ListedPrice, keep_listed
from aipaint.providers.model_info import ModelInfo
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
        _keep_prices(provider, [ListedPrice(**asdict(price)) for price in prices], desk)
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


def _keep_prices(provider: Provider, prices: list[ListedPrice], desk: Desk) -> None:
    name = provider.price_names[-1]
    today = desk.clock().astimezone().date()
    keep_listed(desk.home / "listed-prices.toml", name, prices, f"listed by {name}", today)
    desk.prices.reload()
