"""The words of the gallery: what a row says, its tip and its sign. Pure functions."""

from typing import TYPE_CHECKING

from aipaint.money import format_usd
from aipaint.ui.money_wording import at_time
from aipaint.ui.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from aipaint.generation.gallery import GalleryItem

_SNIPPET = 64
_STATUS = {
    "queued": ("Waiting", "clock"),
    "running": ("Running", "loader"),
    "succeeded": ("Done", "image"),
    "failed": ("Failed", "circle-alert"),
    "blocked_budget": ("Blocked by the budget", "wallet"),
    "cancelled": ("Cancelled", "ban"),
    "unknown": ("Outcome unknown", "triangle-alert"),
}


def row_text(item: "GalleryItem") -> str:
    """Prompt snippet; status and price; time: three lines."""
    words, _ = _STATUS[item.status.value]
    facts = f"{words}, {_cost(item)}" if _cost(item) else words
    if len(item.pictures) > 1:
        facts += f", {len(item.pictures)} pictures"
    return f"{_snippet(item)}\n{facts}\n{at_time(item.when_micros)}"


def row_tip(item: "GalleryItem") -> str:
    """All of the prompt, who made it, and why it failed."""
    lines = [item.prompt.strip() or item.label, f"{item.provider} {item.model}".strip()]
    if item.message and item.status.value != "succeeded":
        lines.append(item.message)
    return plain_tip("\n".join(lines))


def row_icon(item: "GalleryItem") -> str:
    """The sign that stands where no thumbnail is, or not yet."""
    return _STATUS[item.status.value][1]


def rerun_text(micros: int | None) -> str:
    """ "Re-run — $0.04", with the mnemonic."""
    if micros is None:
        return "&Re-run"
    return f"&Re-run — {format_usd(micros) if micros else 'free'}"


def clear_text(count: int) -> str:
    """ "3 jobs are in the trash."."""
    return "1 job is in the trash." if count == 1 else f"{count} jobs are in the trash."


def _snippet(item: "GalleryItem") -> str:
    words = " ".join(item.prompt.split()) or item.operation.capitalize()
    return words if len(words) <= _SNIPPET else f"{words[: _SNIPPET - 1].rstrip()}…"


def _cost(item: "GalleryItem") -> str:
    if item.cost_micros is None:
        return ""
    return format_usd(item.cost_micros) if item.cost_micros else "free"
