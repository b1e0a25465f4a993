"""`plain_tip`: a tool tip that wraps and never takes its text for markup."""

import html


def plain_tip(text: str) -> str:
    """Qt reads a tip that looks like markup as such; this one looks like it and holds none."""
    return f"<qt>{html.escape(text)}</qt>".replace("\n", "<br>") if text else ""
