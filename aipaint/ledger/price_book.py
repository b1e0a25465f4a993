"""`PriceBook`: what a call may cost at most, and what counted tokens did cost."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from aipaint.ledger.entry import CostSource
from aipaint.ledger.errors import PriceBookError, UnpricedModel
from aipaint.ledger.price import Estimate, EstimatePart, PriceRequest, Tier
from aipaint.ledger.price_rule import PriceRule, rule_from_toml
from aipaint.money import Micros, Usage

__all__ = ["Estimate", "EstimatePart", "PriceBook", "PriceRequest", "Tier", "UnpricedModel"]


def _own_name(provider: str) -> tuple[str, ...]:
    return (provider,)


class PriceBook:
    """Dated price rules; the first that matches counts. A model without one cannot be bought.

    Shared by every thread: `rules` is replaced as a whole, never changed. `names_of` says whose
    rules count for a provider: several accounts have the prices of one service.
    """

    def __init__(
        self, rules: tuple[PriceRule, ...], files: tuple[tuple[Path, bool], ...] = ()
    ) -> None:
        self.rules = rules
        self.names_of: Callable[[str], tuple[str, ...]] = _own_name
        self._files = files

    @staticmethod
    def load(
        path: Path, own_path: Path | None = None, listed_path: Path | None = None
    ) -> "PriceBook":
        """Read the shipped rules; the user's own come before them, listed ones after them. Both
        files may be missing.

        Raises PriceBookError that names the file and the rule.
        """
        files = ((own_path, False), (path, True), (listed_path, False))
        book = PriceBook((), tuple((file, is_needed) for file, is_needed in files if file))
        book.reload()
        return book

    def reload(self) -> None:
        """Read the files again, after a ceiling was set. Raises PriceBookError; the rules then
        stay as they were."""
        there = [path for path, is_needed in self._files if is_needed or path.exists()]
        self.rules = tuple(rule for path in there for rule in _rules(path))

    def estimate(self, ask: PriceRequest) -> Estimate:
        """The upper bound of one call over everything that is billed. Raises UnpricedModel."""
        if ask.is_free:
            return Estimate(0, Tier.LOW, (), "nothing is charged", "")
        if ask.count < 1:
            raise ValueError(f"not a number of pictures: {ask.count}")
        rule = self._rule(ask.provider, ask.model, ask.operation)
        if rule is None:
            raise UnpricedModel(ask.provider, ask.model, ask.operation)
        parts = rule.parts(ask)
        micros = sum(part.micros for part in parts)
        return Estimate(micros, Tier.of(micros), parts, rule.source, rule.as_of, micros)

    def cost_of(self, provider: str, model: str, usage: Usage) -> Micros | None:
        """What the counted tokens cost; None without a rule or where nothing was counted."""
        if usage.is_empty:
            return None
        rule = self._first(provider, model)
        return None if rule is None else rule.cost(usage)

    def cost_source(self, provider: str, model: str) -> CostSource:
        """What `cost_of` goes by: machine time, or counted tokens and pictures."""
        rule = self._first(provider, model)
        return CostSource.TIME if rule and rule.unit == "second" else CostSource.USAGE

    def _first(self, provider: str, model: str) -> PriceRule | None:
        names = self.names_of(provider)
        covering = (rule for rule in self.rules if any(rule.covers(name, model) for name in names))
        return next(covering, None)

    def _rule(self, provider: str, model: str, operation: str) -> PriceRule | None:
        names = self.names_of(provider)
        for rule in self.rules:
            if any(rule.covers(name, model) for name in names) and rule.prices(operation):
                return rule
        return None


def _rules(path: Path) -> tuple[PriceRule, ...]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("rules", [])
    except OSError as error:
        raise PriceBookError(f"The price file {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise PriceBookError(f"The price file {path} is not valid TOML: {error}.") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise PriceBookError(f"{path}: rules are written as [[rules]] tables.")
    rules = []
    for number, table in enumerate(tables, start=1):
        try:
            rules.append(rule_from_toml(table))
        except PriceBookError as error:
            raise PriceBookError(f"{path}, rule {number}: {error.message}", error.hint) from None
    return tuple(rules)
