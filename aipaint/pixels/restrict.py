"""Taking part of a change back: by a coverage (a selection) or by the alpha that was there."""

import numpy as np

from aipaint.pixels.tile import Pixels, Tile


def mix_by_coverage(before: Tile | None, after: Tile | None, coverage: Tile | None) -> Tile | None:
    """`after` where the coverage is 255, `before` where it is 0, both by share between.

    For color and for coverage tiles; premultiplied pixels mix linearly. A missing coverage tile
    covers nothing; a missing tile is blank. Bytes under coverage 0 stay as they are. Packed tiles
    are read without bringing them back.
    """
    if coverage is None or before is after:
        return before
    if (coverage.peek() == 255).all():
        return after
    shape = next(tile.peek().shape for tile in (before, after) if tile is not None)
    old = before.peek() if before is not None else np.zeros(shape, np.uint8)
    new = after.peek() if after is not None else np.zeros(shape, np.uint8)
    mixed = mix(old, new, coverage.peek())
    return Tile(mixed) if mixed.any() else None


def mix(old: Pixels, new: Pixels, coverage: Pixels) -> Pixels:
    """Arrays of one size, (h, w, 4) or (h, w), with coverage (h, w). Rounded to nearest."""
    share = coverage.astype(np.uint16)
    if old.ndim == 3:
        share = share[..., None]
    # Two products of 8 bits fit in 16: their weights add up to 255.
    return ((new * share + old * (255 - share) + 127) // 255).astype(np.uint8)


def keep_alpha(before: Tile | None, after: Tile | None) -> Tile | None:
    """The new colors under the old alpha. Where the new tile is clear, the old color stays."""
    if before is None or after is None or before is after:
        return before
    old, new = before.peek(), after.peek()
    alpha = new[..., 3:].astype(np.uint32)
    color = (new[..., :3] * old[..., 3:].astype(np.uint32) + alpha // 2) // np.maximum(alpha, 1)
    kept = old.copy()
    limited = np.minimum(color, old[..., 3:]).astype(np.uint8)
    np.copyto(kept[..., :3], limited, where=alpha > 0)
    return Tile(kept)
