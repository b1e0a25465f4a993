"""How many image tokens one picture takes: the grid formula, and tables for older models."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GridTokens:
    """Tokens from a quality's grid and the picture's size, for models with free sizes.

    `grids` maps a quality to its grid, `factors` a quality to a whole multiplier. `dearest_side`
    is the side of the square that costs most: assumed where the model decides the size.
    """

    grids: Mapping[str, int]
    dearest_side: int
    factors: Mapping[str, int] = field(default_factory=dict)

    def tokens(self, width: int, height: int, quality: str) -> int:
        """For one picture. An open size or quality counts at the dearest there is."""
        if width < 1 or height < 1:
            width = height = self.dearest_side
        if quality in self.grids:
            return self._tokens(width, height, quality)
        return max(self._tokens(width, height, each) for each in self.grids)

    def _tokens(self, width: int, height: int, quality: str) -> int:
        grid = self.grids[quality]
        long, short = max(width, height), min(width, height)
        # round() to whole cells in integers; halves go up, the dearer way.
        short_cells = (2 * grid * short + long) // (2 * long)
        tokens = -(-grid * short_cells * (2_000_000 + width * height) // 4_000_000)
        return tokens * self.factors.get(quality, 1)


@dataclass(frozen=True)
class SizeTable:
    """One whole figure per size ("1024x1024") and quality: tokens, or micro-dollars."""

    figures: Mapping[str, Mapping[str, int]]

    def figure(self, width: int, height: int, quality: str) -> int:
        """For one picture. An unknown size or quality counts at the dearest there is."""
        row = self.figures.get(f"{width}x{height}")
        rows = [row] if row is not None else list(self.figures.values())
        return max(row[quality] if quality in row else max(row.values()) for row in rows)
