"""The words around the Generate button: verb, price, mask. Pure functions."""

from typing import TYPE_CHECKING

from aipaint.money import format_usd
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation

if TYPE_CHECKING:
    from aipaint.ledger.price import Estimate

_VERBS = {
    Operation.REMOVE: "Remove",
    Operation.OUTPAINT: "Outpaint",
    Operation.CUTOUT: "Cut out",
    Operation.UPSCALE: "Upscale",
}

_QUALITIES = {
    "low": "Low",
    "medium": "Medium",
    "high": "High",
    "xhigh": "Very high",
    "hd": "HD",
    "auto": "Auto",
}


def verb_of(operation: Operation | None) -> str:
    """What the button promises to do."""
    return _VERBS.get(operation, "Generate") if operation is not None else "Generate"


def button_text(operation: Operation | None, estimate: "Estimate | None") -> str:
    """ "Remove — free", "Generate — up to $0.04"."""
    verb = verb_of(operation)
    if estimate is None:
        return verb
    return f"{verb} — {price_text(estimate.micros)}"


def queue_text(estimate: "Estimate | None") -> str:
    """ "Add to Queue — up to $0.04"."""
    return "Add to Queue" + (f" — {price_text(estimate.micros)}" if estimate is not None else "")


def price_text(micros: int) -> str:
    return f"up to {format_usd(micros)}" if micros else "free"


def cost_text(estimate: "Estimate", *, is_paid: bool) -> str:
    """Where the price is from, in one line."""
    if not is_paid:
        return "Runs on this computer, costs nothing"
    dated = f", prices of {estimate.as_of}" if estimate.as_of else ""
    return f"At most{dated}"


def mask_text(mask: Rect, *, has_pixels: bool, is_beyond: bool = False) -> str:
    """What the mask means for the next click. `mask` is its bounds, empty without one."""
    if not mask.is_empty:
        return f"Mask: {mask.width} × {mask.height} px. Only that area changes."
    if is_beyond:
        return "The frame reaches beyond the picture: its empty part is painted, nothing else."
    if has_pixels:
        return "No mask: a prompt changes the whole picture."
    return "No mask, empty picture: a prompt paints the whole frame."


def quality_label(quality: str) -> str:
    """A preset's name for the model's own word."""
    return _QUALITIES.get(quality, quality.replace("_", " ").capitalize())
