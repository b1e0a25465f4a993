"""`prices list` and `prices set`: what calls cost, and ceilings of the user's own."""

from argparse import Namespace
from decimal import Decimal, InvalidOperation

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json
from aipaint.cli.workplace import Workplace
from aipaint.errors import UsageError
from aipaint.ledger.own_prices import set_ceiling
from aipaint.ledger.price_words import price_words
from aipaint.money import Micros, format_usd, usd_to_micros

_MOST_USD = 10_000
_SHOWN_CHARACTERS = 40


def prices(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Rules come first to last: the first that matches a model counts."""
    if arguments.verb == "list":
        _list(workplace, is_json=arguments.json)
        return ExitCode.DONE
    micros = _ceiling(arguments.ceiling)
    desk = workplace.desk
    # An account has the prices of its service, under whose name a ceiling is kept.
    provider = desk.provider(arguments.provider).price_names[0]
    path = workplace.settings.home / "prices.toml"
    set_ceiling(path, provider, arguments.model, micros, desk.clock().date())
    if arguments.json:
        print_json({"provider": provider, "model": arguments.model, "file": str(path)})
    else:
        print(f"One call of {arguments.model} counts as up to {format_usd(micros)} ({path}).")
    return ExitCode.DONE


def _ceiling(text: str) -> Micros:
    try:
        dollars = Decimal(text)
        # Before it becomes an integer: "1e999999" would take minutes and all memory.
        if dollars.is_finite() and 0 <= dollars <= _MOST_USD:
            return usd_to_micros(dollars)
    except InvalidOperation:
        pass
    raise UsageError(
        f"{text[:_SHOWN_CHARACTERS]!r} is not an amount in dollars.",
        f"Say it like 0.05, at most {_MOST_USD}.",
    )


def _list(workplace: Workplace, *, is_json: bool) -> None:
    rules = workplace.desk.prices.rules
    if is_json:
        print_json(
            {
                "rules": [
                    {
                        "provider": rule.provider,
                        "model": rule.model,
                        "unit": rule.unit,
                        "price": price_words(rule),
                        "source": rule.source,
                        "as_of": rule.as_of,
                    }
                    for rule in rules
                ]
            }
        )
        return
    for rule in rules:
        print(
            f"{rule.provider:<10} {rule.model:<24} {price_words(rule):<44} "
            f"{rule.as_of:<10} {rule.source}"
        )
