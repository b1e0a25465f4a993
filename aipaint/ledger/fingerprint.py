"""Fingerprints: two calls with the same one would buy the same thing twice."""

import hashlib
import json
from collections.abc import Mapping, Sequence


def fingerprint(  # noqa: PLR0913 - everything that changes the bought pixels, all by keyword
    *,
    provider: str,
    model: str,
    action: str,
    prompt: str,
    parameters: Mapping[str, object],
    inputs: Sequence[tuple[str, str]],
) -> str:
    """SHA-256 in hex. The prompt counts to the letter; `inputs` are (role, sha256) in order, so
    a swapped picture and mask, or a letter's case, make another request."""
    parts = {
        "provider": provider,
        "model": model,
        "action": action,
        "prompt": prompt,
        "parameters": parameters,
        "inputs": [list(pair) for pair in inputs],
    }
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
