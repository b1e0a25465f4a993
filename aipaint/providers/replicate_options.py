"""What the Replicate adapter has to know, and how patient it is."""

from dataclasses import dataclass, field
from pathlib import Path

REPLICATE_BASE_URL = "https://api.replicate.com/v1"


@dataclass(frozen=True)
class ReplicateOptions:
    """Where to ask and with which key. The key is never shown.

    `timeout_seconds` covers one purchase from upload to download, and is sent along: what runs
    longer ends there too. `wait_seconds`: how long the answer to the order may be held back for
    the result (0 = not at all, at most 60); short, because the id should be known early.
    `pages_folder`: where what was learned about models is kept.
    """

    api_token: str = field(default="", repr=False)
    base_url: str = REPLICATE_BASE_URL
    timeout_seconds: float = 900.0
    wait_seconds: int = 1
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 4.0
    pages_folder: Path | None = None
