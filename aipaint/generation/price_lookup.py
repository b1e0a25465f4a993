"""`look_price_up`: a service that states prices per model is asked for one, once a day."""

import logging
from dataclasses import asdict

from aipaint.generation.desk import Desk
from aipaint.ledger.listed_prices import keep_listed_one
from aipaint.ledger.listed_rule import ListedPrice
from aipaint.ledger.price_rule import PriceRule
from aipaint.providers.errors import ProviderError
from aipaint.providers.model_price import ModelPrice
from aipaint.providers.provider import Provider
from aipaint.providers.watch import Watch

_LOG = logging.getLogger(__name__)
_LISTED = "listed by "


def lacks_price(provider: Provider, model_id: str, desk: Desk) -> bool:
    """Whether asking could say more than is known: the user's own and the shipped prices stand, and
    what was asked today."""
    if not (provider.lists_prices_singly and provider.is_paid) or provider.readiness():
        return False
    names = provider.price_names
    rules = (rule for rule in desk.prices.rules if any(rule.covers(n, model_id) for n in names))
    known = next((rule for rule in rules if rule.unit != "chat"), None)
    if known is None:
        return True
    today = desk.clock().astimezone().date().isoformat()
    is_of_today = (known.source, known.as_of) == (_source(provider), today)
    return known.source.startswith(_LISTED) and not is_of_today


def look_price_up(provider: Provider, model_id: str, desk: Desk, watch: Watch) -> None:
    """Puts what the service says of the model into the price book; free. Where it says nothing,
    what was known stays.

    On a worker. Raises CancelledError, StorageError, PriceBookError.
    """
    if not lacks_price(provider, model_id, desk):
        return
    try:
        price = provider.ask_price(model_id, watch)
    except ProviderError as error:
        _LOG.info("The price of %s could not be asked for: %s", model_id, error)
        return
    if price is None:
        return
    name = provider.price_names[-1]
    today = desk.clock().astimezone().date()
    path = desk.home / "listed-prices.toml"
    keep_listed_one(path, name, as_listed(price, desk), _source(provider), today)
    desk.prices.reload()


def as_listed(price: ModelPrice, desk: Desk) -> ListedPrice:
    """With the rule of the model's maker, which says how many tokens a picture takes: the name of
    a model that is passed on is "maker/model"."""
    maker, _, model = price.model.partition("/")
    return ListedPrice(**asdict(price), counted_like=_maker_rule(maker, model, desk))


def listed_source(provider: Provider) -> str:
    """How the price book names what the whole list of a service says."""
    return f"{_LISTED}{provider.price_names[-1]}"


def _source(provider: Provider) -> str:
    return f"{listed_source(provider)} for this model"


def _maker_rule(maker: str, model: str, desk: Desk) -> PriceRule | None:
    counting = (rule for rule in desk.prices.rules if rule.covers(maker, model))
    return next((rule for rule in counting if rule.grid or rule.table), None)
