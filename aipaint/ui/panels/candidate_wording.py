"""The words for a result: under its thumbnail, beside the strip, for screen readers."""

from typing import TYPE_CHECKING

from aipaint.money import format_usd

if TYPE_CHECKING:
    from aipaint.generation.candidate import Candidate

_LOUD_DRIFT = 0.005  # share of the pixels outside the mask


def short_text(candidate: "Candidate") -> str:
    """Under the thumbnail: "★ $0.02 · drift 12%"."""
    parts = [cost_words(candidate)]
    if candidate.drift > _LOUD_DRIFT:
        parts.append(f"drift {candidate.drift:.0%}")
    star = "★ " if candidate.is_starred else ""
    return star + " · ".join(parts)


def cost_words(candidate: "Candidate") -> str:
    """What it cost; candidate 0 was never bought."""
    if candidate.is_local:
        return "free, made here"
    return format_usd(candidate.cost_micros) if candidate.cost_micros else "free"


def caption(candidate: "Candidate") -> str:
    """Everything that is known of it; there is room for four lines."""
    rect = candidate.rect
    facts = f"{rect.width} × {rect.height} px, {cost_words(candidate)}"
    if candidate.drift > _LOUD_DRIFT:
        levels = f"{candidate.changed_levels:.0f} levels"
        facts += f" · not used: {candidate.drift:.0%} drift, {levels}"
    lines = [candidate.label, facts]
    lines += [text for text in (candidate.moved, candidate.apply_words) if text]
    return "\n".join(lines)


def spoken(candidate: "Candidate", number: int, count: int) -> str:
    """For screen readers."""
    star = ", starred" if candidate.is_starred else ""
    return f"Result {number} of {count}: {candidate.label}, {cost_words(candidate)}{star}"
