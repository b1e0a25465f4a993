"""A contact sheet: what the figures do not say is seen on it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.encode import encode_image, shrink_to_fit
from tests.quality.fill_rows import FillRow
from tests.quality.other_rows import CutoutRow

_SIDE = 300
_LINE = 22
_COLUMNS = 6

Pixels = npt.NDArray[np.uint8]


def write_sheet(path: Path, fills: Sequence[FillRow], cutouts: Sequence[CutoutRow]) -> None:
    """Every fill and every cut-out, small, with its name, as a PNG."""
    tiles = [_tile(row.made, f"{row.picture} {row.method} {row.distance:.1f}") for row in fills]
    tiles += [_tile(_on_blue(row), f"{row.picture} {row.overlap:.2f}") for row in cutouts]
    while len(tiles) % _COLUMNS:
        tiles.append(np.zeros_like(tiles[0]))
    lines = [
        np.concatenate(tiles[first : first + _COLUMNS], axis=1)
        for first in range(0, len(tiles), _COLUMNS)
    ]
    whole = np.concatenate(lines)
    opaque = np.full(whole.shape[:2], 255, np.uint8)
    path.write_bytes(encode_image(np.dstack([whole, opaque]), path.suffix))


def _tile(rgb: Pixels, words: str) -> Pixels:
    tile = np.zeros((_SIDE + _LINE, _SIDE, 3), np.uint8)
    small = shrink_to_fit(rgb, _SIDE)
    tile[: small.shape[0], : small.shape[1]] = small
    cv2.putText(tile, words, (4, _SIDE + 16), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (255, 255, 0))
    return tile


def _on_blue(row: CutoutRow) -> Pixels:
    share = row.coverage[..., None].astype(np.float32) / 255
    mixed = row.rgb * share + np.array([20, 20, 150], np.float32) * (1 - share)
    return np.asarray(mixed, np.uint8)
