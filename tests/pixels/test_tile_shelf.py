"""Tiles made in bulk: some stay, the rest is packed at once, and none is lost."""

from pathlib import Path

import numpy as np
import pytest

from aipaint.errors import StorageError
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_shelf import TileShelf

_TILE = 256 * 256 * 4


def _noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (256, 256, 4), np.uint8)


def test_memory_is_bounded_and_every_tile_is_as_it_was(tmp_path: Path) -> None:
    file = SpillFile(tmp_path)
    shelf = TileShelf(file, raw_bytes=4 * _TILE, packed_bytes=3 * _TILE)
    tiles = [Tile(_noise(number)) for number in range(40)]
    for tile in tiles:
        shelf.put(tile)
    assert [tile.is_packed for tile in tiles] == [False] * 4 + [True] * 36
    assert sum(tile.byte_size for tile in tiles) < 9 * _TILE
    assert sum(tile.disk_byte_size for tile in tiles) > 25 * _TILE
    assert all((tile.peek() == _noise(number)).all() for number, tile in enumerate(tiles))
    file.close()


def test_where_the_disk_takes_nothing_the_end_is_a_sentence() -> None:
    shelf = TileShelf(
        SpillFile(limit_bytes=0), raw_bytes=0, packed_bytes=_TILE, most_bytes=5 * _TILE
    )
    tiles = [Tile(_noise(number)) for number in range(5)]
    for tile in tiles[:4]:
        shelf.put(tile)
    with pytest.raises(StorageError, match="no room") as caught:
        for tile in tiles:
            shelf.put(tile)
    assert "disk" in caught.value.hint
    assert all((tile.peek() == _noise(number)).all() for number, tile in enumerate(tiles))


def test_the_file_is_gone_with_the_last_tile(tmp_path: Path) -> None:
    shelf: TileShelf | None = TileShelf(SpillFile(tmp_path), raw_bytes=0, packed_bytes=0)
    assert shelf is not None
    tile = Tile(_noise(1))
    shelf.put(tile)
    assert tile.disk_byte_size
    shelf = None
    assert (tile.pixels == _noise(1)).all()  # the tile itself holds on to it
    del tile
    assert list(tmp_path.iterdir()) == []
