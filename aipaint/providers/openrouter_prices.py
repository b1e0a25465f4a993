"""What OpenRouter lists as the price of a model: in its list of models, and exactly in the model's
own list of endpoints."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from aipaint.providers.model_price import ModelPrice

# The list of models does not say per what a picture is paid for. No token costs a tenth of a cent,
# and no picture that is made costs less; a picture that is sent may cost a tenth of that.
_LEAST_PER_PICTURE = Decimal("0.001")
_LEAST_PER_INPUT = Decimal("0.0001")
_MAX_ENDPOINTS, _MAX_ROWS = 100, 100
_UNUSED = ("input_font",)  # nothing of the kind is ever sent
_PLACES: Mapping[tuple[str, str], str] = {
    ("output_image", "image"): "picture",
    ("output_image", "token"): "picture_token",
    ("output_image", "megapixel"): "picture_megapixel",
    ("input_image", "image"): "input_picture",
    ("input_image", "token"): "input_token",
    ("input_image", "megapixel"): "input_megapixel",
    ("input_reference", "image"): "input_picture",
    ("input_reference", "token"): "input_token",
    ("input_reference", "megapixel"): "input_megapixel",
    ("input_text", "token"): "text_in",
}
_MAKING = ("picture", "picture_token", "picture_megapixel")


def price_of(row: Mapping[str, Any]) -> ModelPrice | None:
    """What a row of the list says; None where it says nothing that could be reckoned with."""
    pricing = row.get("pricing")
    name = row.get("id")
    if not isinstance(name, str):
        return None
    if isinstance(pricing, list):
        return _dearest(name, pricing)
    if not isinstance(pricing, Mapping):
        return None
    texts = {key: str(value) for key, value in pricing.items() if isinstance(value, str | int)}
    making, sending = texts.get("image_output", ""), texts.get("image", "")
    if not (making or texts.get("completion")):
        return None
    is_each, is_each_sent = _is_each(making), _is_from(sending, _LEAST_PER_INPUT)
    return ModelPrice(
        name,
        text_in=texts.get("prompt", ""),
        text_out=texts.get("completion", ""),
        picture=_unless_zero(making) if is_each else "",
        picture_token="" if is_each else _unless_zero(making),
        input_picture=_unless_zero(sending) if is_each_sent else "",
        input_token=_unless_zero(texts.get("image_token", "") or ("" if is_each_sent else sending)),
        request=_unless_zero(texts.get("request", "")),
    )


def _is_each(text: str) -> bool:
    """Whether that is the price of a picture, and not of one of its tokens."""
    return _is_from(text, _LEAST_PER_PICTURE)


def price_at_endpoints(name: str, tree: Any) -> ModelPrice | None:
    """What a model costs at the dearest of the places that serve it; None if one is not clear:
    nobody chooses where a request goes."""
    data = tree.get("data", tree) if isinstance(tree, Mapping) else None
    places = data.get("endpoints") if isinstance(data, Mapping) else None
    if not isinstance(places, list) or not 0 < len(places) <= _MAX_ENDPOINTS:
        return None
    rows: list[Any] = []
    for place in places:
        found = place.get("pricing") if isinstance(place, Mapping) else None
        if not isinstance(found, list) or _dearest(name, found) is None:
            return None
        rows += found[:_MAX_ROWS]
    return _dearest(name, rows)


def _dearest(name: str, rows: Iterable[Any]) -> ModelPrice | None:
    """Rows of {billable, unit, cost_usd, variant}: of each kind the dearest counts, an odd one
    spoils it all."""
    dearest: dict[str, Decimal] = {}
    for row in rows:
        if not isinstance(row, Mapping):
            return None
        what, unit = str(row.get("billable")), str(row.get("unit"))
        if what in _UNUSED:
            continue
        place = "request" if unit == "request" else _PLACES.get((what, unit))
        cost = _amount(row.get("cost_usd"))
        if place is None or cost is None:
            return None
        dearest[place] = max(cost, dearest.get(place, Decimal(0)))
    if not any(dearest.get(place) for place in _MAKING):
        return None
    texts = {place: format(cost, "f") for place, cost in dearest.items() if cost}
    return ModelPrice(name, **texts)


def _amount(value: Any) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def _is_from(text: str, least: Decimal) -> bool:
    """Odd texts count as whole pictures: they are refused as prices later."""
    amount = _amount(text)
    return amount is None or amount >= least


def _unless_zero(text: str) -> str:
    return "" if text.strip("0.") == "" else text
