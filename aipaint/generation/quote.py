"""`quote`: the price on a button, by what is known without waiting for a disk."""

from dataclasses import dataclass

from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.options import GenerateOptions
from aipaint.ledger.price import Estimate


@dataclass(frozen=True)
class Quote:
    """What Generate would cost now, or the sentence that says why it cannot be."""

    estimate: Estimate | None
    problem: str = ""
    is_unpriced: bool = False  # nobody knows what the model costs; the user may say it


def quote(options: GenerateOptions, picture: Picture, desk: Desk) -> Quote:
    """Moves no money. Also for the main thread: a locked database does not hold it up."""
    try:
        provider = desk.provider(options.provider)
        return Quote(desk.known_estimate(picture, options), provider.readiness())
    except AipaintError as error:
        is_unpriced = error.kind == "unpriced"
        return Quote(None, error.message if is_unpriced else str(error), is_unpriced)
