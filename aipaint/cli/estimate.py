"""`estimate`: what an operation would cost; spends nothing."""

from argparse import Namespace

from aipaint.cli.asked import asked_picture, chosen_options
from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json
from aipaint.cli.workplace import Workplace
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.options import GenerateOptions
from aipaint.generation.price_lookup import look_price_up
from aipaint.ledger.price import Estimate
from aipaint.money import decimal_usd, format_usd
from aipaint.providers.request import Operation, Size


def estimate(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """The upper bound, its parts and where the price is from."""
    options = chosen_options(arguments, workplace)
    desk = workplace.desk
    model = desk.model(options)
    watch = FreeWatch(workplace.cancelled)
    look_price_up(desk.provider(options.provider), model.id, desk, watch)
    asked = asked_picture(arguments, options)
    if options.operation is Operation.REMOVE and not arguments.mask:
        # Without a picture there is nothing to mask yet; the size alone makes the price.
        frame = asked.picture.frame
        size, _ = model.sizes.canvas_for(Size(frame.width, frame.height))
        quote = desk.price(options, model, size)
    else:
        quote = desk.estimate(asked.picture, options)
    if arguments.json:
        print_json(_as_json(options, model.id, quote))
    else:
        _print(options, model.id, quote)
    return ExitCode.DONE


def _print(options: GenerateOptions, model: str, quote: Estimate) -> None:
    price = f"up to {format_usd(quote.micros)}" if quote.micros else "free"
    print(
        f"{options.operation.value} with {options.provider} {model}: {price} ({quote.tier.value})"
    )
    for part in quote.parts:
        print(f"  {part.what}: {part.units}, {format_usd(part.micros)}")
    if quote.seen is not None:
        print(f"  {quote.seen.words(options.count)}")
    dated = f", {quote.as_of}" if quote.as_of else ""
    print(f"  price from: {quote.source}{dated}")


def _as_json(options: GenerateOptions, model: str, quote: Estimate) -> dict[str, object]:
    return {
        "operation": options.operation.value,
        "provider": options.provider,
        "model": model,
        "estimated_cost_usd": decimal_usd(quote.micros),
        "tier": quote.tier.value,
        "parts": [
            {"what": part.what, "units": part.units, "usd": decimal_usd(part.micros)}
            for part in quote.parts
        ],
        "source": quote.source,
        "as_of": quote.as_of,
    }
