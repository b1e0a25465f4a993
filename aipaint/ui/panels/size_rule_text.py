"""What sizes a model takes, in a few words for people."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aipaint.providers.size_rule import SizeRule


def size_rule_text(rule: "SizeRule | None") -> str:
    """A sentence without its end, e.g. "Sides divisible by 16, up to 3840 px"."""
    if rule is None:
        return "No model is chosen: any size"
    if rule.fixed:
        sizes = [f"{size.width} × {size.height}" for size in rule.fixed]
        return " or ".join((", ".join(sizes[:-1]), sizes[-1])) if len(sizes) > 1 else sizes[0]
    limits = []
    if rule.multiple > 1:
        limits.append(f"sides divisible by {rule.multiple}")
    if rule.max_edge:
        limits.append(f"up to {rule.max_edge} px")
    if rule.max_ratio:
        limits.append(f"at most {rule.max_ratio:g} : 1")
    if rule.min_pixels:
        limits.append(f"at least {_megapixels(rule.min_pixels)}")
    if rule.max_pixels:
        limits.append(f"at most {_megapixels(rule.max_pixels)}")
    if not limits:
        return "The model takes any size"
    text = ", ".join(limits)
    return text[0].upper() + text[1:]


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1_000_000:.1f} megapixels"
