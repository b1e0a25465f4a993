"""`estimate`: what an operation would cost; spends nothing."""

from argparse import Namespace

from aipaint.cli.asked import asked_picture, chosen_options
from aipaint.cli.budget_caps import cap_line
from aipaint.cli.chosen_project import chosen_project
from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json, print_note
from aipaint.cli.workplace import Workplace
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.lint import lint
from aipaint.generation.price_lookup import look_price_up
from aipaint.generation.refine import RefineAsk, refine_price, refine_provider
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.price import Estimate
from aipaint.money import decimal_usd, format_usd
from aipaint.providers.request import Operation, Size

_WITHOUT_A_KEY = "openai"  # what it would cost is known before there is a key


def estimate(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """The upper bound, its parts and where the price is from."""
    chosen_project(arguments)
    if arguments.operation == Operation.REFINE.value:
        return _refine(arguments, workplace)
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
    for sentence in lint(options, model, asked.picture, desk.clock().astimezone().date()):
        print_note(f"note: {sentence}")
    _tell(arguments, (options.provider, model.id), quote, options.count)
    _tell_project(arguments, desk.ledger)
    return ExitCode.DONE


def _refine(arguments: Namespace, workplace: Workplace) -> ExitCode:
    desk = workplace.desk
    ask = RefineAsk(
        intent=arguments.intent or "",
        provider=arguments.provider or refine_provider(desk) or _WITHOUT_A_KEY,
        model=arguments.model or "",
        negative_prompt=arguments.negative,
        instructions=workplace.settings.refine_instructions,
    )
    model = desk.provider(ask.provider).refine_record(ask.model)
    _tell(arguments, (ask.provider, model.id), refine_price(ask, desk), 1)
    _tell_project(arguments, desk.ledger)
    return ExitCode.DONE


def _tell(arguments: Namespace, who: tuple[str, str], quote: Estimate, count: int) -> None:
    """`who` is the provider and its model."""
    if arguments.json:
        print_json(_as_json(arguments.operation, who, quote))
    else:
        _print(arguments.operation, who, quote, count)


def _tell_project(arguments: Namespace, ledger: Ledger) -> None:
    """What its envelope leaves for it."""
    project = chosen_project(arguments)
    if project and not arguments.json:
        print(f"  {cap_line(ledger.project_status(project))}")


def _print(operation: str, who: tuple[str, str], quote: Estimate, count: int) -> None:
    price = f"up to {format_usd(quote.micros)}" if quote.micros else "free"
    print(f"{operation} with {' '.join(who)}: {price} ({quote.tier.value})")
    for part in quote.parts:
        print(f"  {part.what}: {part.units}, {format_usd(part.micros)}")
    if quote.seen is not None:
        print(f"  {quote.seen.words(count)}")
    dated = f", {quote.as_of}" if quote.as_of else ""
    print(f"  price from: {quote.source}{dated}")


def _as_json(operation: str, who: tuple[str, str], quote: Estimate) -> dict[str, object]:
    provider, model = who
    return {
        "operation": operation,
        "provider": provider,
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
