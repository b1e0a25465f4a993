"""`PriceRule`: one line of the price book, from its TOML table to the parts of an estimate."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from aipaint.ledger.errors import PriceBookError
from aipaint.ledger.output_tokens import GridTokens, SizeTable
from aipaint.ledger.price import EstimatePart, PriceRequest
from aipaint.ledger.token_rates import TokenRates
from aipaint.money import Micros, Usage

_REFINE = "refine"
_UNITS = ("image_grid", "image_tokens", "image", "megapixel", "second", "chat", "call", "free")
_MILLION = 1_000_000
MOST_MEGAPIXELS = 4
"""Of a picture whose size is left to the model."""
_PARTIAL_TOKENS = 100  # OpenAI's guide


@dataclass(frozen=True)
class PriceRule:
    """Prices of the models of one provider whose names match a pattern.

    `unit` says what is counted: image_grid and image_tokens (tokens by formula or table), image
    (micro-dollars per picture), megapixel (begun million pixels of each picture), second (machine
    time, at most `ceiling_seconds` a picture), chat (tokens of a refine call), call (one ceiling),
    free.
    """

    provider: str
    model: str
    unit: str
    source: str
    as_of: str
    rates: TokenRates
    grid: GridTokens | None = None
    table: SizeTable | None = None
    image_in_tokens: int = 0
    text_overhead_tokens: int = 0
    output_tokens: int = 0
    ceiling_micros: Micros = 0
    micros_per_megapixel: Micros = 0
    micros_per_second: Micros = 0
    ceiling_seconds: int = 0
    request_micros: Micros = 0
    input_picture_micros: Micros = 0

    def covers(self, provider: str, model: str) -> bool:
        return provider == self.provider and fnmatchcase(model, self.model)

    def prices(self, operation: str) -> bool:
        """Whether the unit fits: a chat model has no price for a picture, nor the reverse."""
        if self.unit in ("free", "call"):
            return True
        return (self.unit == "chat") == (operation == _REFINE)

    def parts(self, ask: PriceRequest) -> tuple[EstimatePart, ...]:
        """The lines of the upper bound; each is rounded up by itself."""
        if self.unit == "free":
            return ()
        if self.unit == "call":
            return (EstimatePart("one call", "your ceiling", self.ceiling_micros),)
        fee = (EstimatePart("call", "1 call", self.request_micros),) if self.request_micros else ()
        if self.unit == "chat":
            return (self._text_part(ask), self._answer_part(), *fee)
        parts = [self._pictures_part(ask)]
        if ask.partial_images and self.rates.image_out:
            parts.append(self._partials_part(ask))
        if ask.input_images and (self.rates.image_in or self.input_picture_micros):
            parts.append(self._inputs_part(ask))
        if self.rates.text_in:
            parts.append(self._text_part(ask))
        return (*parts, *fee)

    def cost(self, usage: Usage) -> Micros | None:
        """What was counted costs, rounded up; None if this rule cannot tell."""
        match self.unit:
            case "free":
                return 0
            case "second":
                time = usage.predict_microseconds
                return -(-self.micros_per_second * time // _MILLION) if time else None
            case "call" | "megapixel":
                return None
            case "image" if not self.rates.image_out:
                return self._flat_cost(usage)
        return self.rates.cost(usage) + self.request_micros if usage.has_tokens else None

    def _flat_cost(self, usage: Usage) -> Micros | None:
        """By the pictures that came, where nothing else is paid for."""
        has_more = self.request_micros or self.input_picture_micros or not self.rates.is_empty
        if has_more or not usage.pictures:
            return None
        return self._flat_price(0, 0, "") * usage.pictures

    def _pictures_part(self, ask: PriceRequest) -> EstimatePart:
        what = "1 picture" if ask.count == 1 else f"{ask.count} pictures"
        match self.unit:
            case "image":
                each = self._flat_price(ask.width, ask.height, ask.quality)
                return EstimatePart(what, what, each * ask.count)
            case "second":
                seconds = self.ceiling_seconds * ask.count
                units = f"up to {seconds} s of machine time"
                return EstimatePart(what, units, self.micros_per_second * seconds)
            case "megapixel":
                millions = self._megapixels(ask) * ask.count
                units = f"{millions} megapixels" if millions > 1 else "1 megapixel"
                return EstimatePart(what, units, self.micros_per_megapixel * millions)
        tokens = self._tokens_of_one(ask) * ask.count
        micros = self.rates.cost(Usage(image_out=tokens))
        return EstimatePart(what, f"{tokens} image tokens", micros)

    def _megapixels(self, ask: PriceRequest) -> int:
        """Begun ones; a size that is left to the model counts at the most it makes."""
        if ask.width < 1 or ask.height < 1:
            return MOST_MEGAPIXELS
        return -(-ask.width * ask.height // _MILLION)

    def _flat_price(self, width: int, height: int, quality: str) -> Micros:
        assert self.table is not None
        return self.table.figure(width, height, quality)

    def _tokens_of_one(self, ask: PriceRequest) -> int:
        if self.grid is not None:
            return self.grid.tokens(ask.width, ask.height, ask.quality)
        assert self.table is not None
        return self.table.figure(ask.width, ask.height, ask.quality)

    def _inputs_part(self, ask: PriceRequest) -> EstimatePart:
        tokens = self.image_in_tokens * ask.input_images
        what = "1 input picture" if ask.input_images == 1 else f"{ask.input_images} input pictures"
        if self.input_picture_micros:
            return EstimatePart(what, what, self.input_picture_micros * ask.input_images)
        return EstimatePart(what, f"{tokens} image tokens", self.rates.cost(Usage(image_in=tokens)))

    def _partials_part(self, ask: PriceRequest) -> EstimatePart:
        tokens = _PARTIAL_TOKENS * ask.partial_images * ask.count
        micros = self.rates.cost(Usage(image_out=tokens))
        return EstimatePart("pictures on their way", f"{tokens} image tokens", micros)

    def _text_part(self, ask: PriceRequest) -> EstimatePart:
        tokens = ask.prompt_chars + self.text_overhead_tokens
        return EstimatePart(
            "prompt", f"up to {tokens} text tokens", self.rates.cost(Usage(text_in=tokens))
        )

    def _answer_part(self) -> EstimatePart:
        micros = self.rates.cost(Usage(text_out=self.output_tokens))
        return EstimatePart("answer", f"up to {self.output_tokens} text tokens", micros)


def rule_from_toml(table: Mapping[str, Any]) -> PriceRule:
    """Check one [[rules]] table. Raises PriceBookError that names what is wrong in it."""
    unit = _text(table, "unit")
    if unit not in _UNITS:
        raise PriceBookError(f"Unknown unit {unit!r}.", "Use one of: " + ", ".join(_UNITS) + ".")
    rates = table.get("rates", {})
    if not isinstance(rates, dict):
        raise PriceBookError(f"rates = {rates!r} is not a table.", "Example: { text_in = 1 }")
    return PriceRule(
        provider=_text(table, "provider"),
        model=_text(table, "model"),
        unit=unit,
        source=_text(table, "source"),
        as_of=_text(table, "as_of"),
        rates=TokenRates(**{key: _whole(rates, key) for key in _known_rates(rates)}),
        grid=_grid(table) if unit == "image_grid" else None,
        table=_sizes(table) if unit in ("image_tokens", "image") else None,
        image_in_tokens=_whole(table, "image_in_tokens", 0),
        text_overhead_tokens=_whole(table, "text_overhead_tokens", 0),
        output_tokens=_whole(table, "output_tokens", 0),
        ceiling_micros=_whole(table, "ceiling_micros") if unit == "call" else 0,
        micros_per_megapixel=_positive(table, "micros_per_megapixel", unit == "megapixel"),
        micros_per_second=_positive(table, "micros_per_second", unit == "second"),
        ceiling_seconds=_positive(table, "ceiling_seconds", unit == "second"),
        request_micros=_whole(table, "request_micros", 0),
        input_picture_micros=_whole(table, "input_picture_micros", 0),
    )


def _known_rates(rates: Mapping[str, Any]) -> list[str]:
    known = ("text_in", "image_in", "image_out", "text_out")
    if unknown := sorted(set(rates) - set(known)):
        raise PriceBookError(f"Unknown rate {unknown[0]!r}.", f"Use: {', '.join(known)}.")
    return list(rates)


def _grid(table: Mapping[str, Any]) -> GridTokens:
    return GridTokens(
        grids=_whole_numbers(table.get("grids"), "grids"),
        dearest_side=_whole(table, "dearest_side"),
        factors=_whole_numbers(table.get("factors", {"": 1}), "factors"),
    )


def _sizes(table: Mapping[str, Any]) -> SizeTable:
    sizes = table.get("sizes")
    if not isinstance(sizes, dict) or not sizes:
        raise PriceBookError("The table [rules.sizes] is missing.", 'Example: "1024x1024".low = 1')
    return SizeTable({size: _whole_numbers(row, f"sizes {size}") for size, row in sizes.items()})


def _whole_numbers(row: object, name: str) -> dict[str, int]:
    if not isinstance(row, dict) or not row:
        raise PriceBookError(f"The table {name} is missing.", "It maps qualities to whole numbers.")
    return {quality: _whole(row, quality) for quality in row}


def _whole(table: Mapping[str, Any], key: str, default: int | None = None) -> int:
    value = table.get(key, default)
    if type(value) is not int or value < 0:
        raise PriceBookError(f"{key} = {value!r} is not a whole number.", "Money is never a float.")
    return value


def _positive(table: Mapping[str, Any], key: str, is_needed: bool) -> int:
    """0 where the unit does not need it; a price of nothing would let everything through."""
    if not is_needed:
        return 0
    value = _whole(table, key)
    if not value:
        raise PriceBookError(f"{key} is 0.", "Something that costs nothing is of the unit free.")
    return value


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise PriceBookError(
            f"{key} is missing.", "Every rule names provider, model, unit, source, as_of."
        )
    return value
