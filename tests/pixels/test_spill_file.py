"""Spilling: what goes to disk comes back, room is used again, a full disk is a sentence."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.errors import StorageError
from aipaint.pixels.packed import Packed
from aipaint.pixels.spill_file import SpilledBytes, SpillFile
from aipaint.pixels.tile import TILE_SIZE, Tile, TileFormat


def _noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (TILE_SIZE, TILE_SIZE, 4), np.uint8)


@given(st.lists(st.binary(min_size=1, max_size=20_000), max_size=12))
def test_every_piece_is_read_as_it_was_written(pieces: list[bytes]) -> None:
    file = SpillFile()
    stored = [file.store(piece) for piece in pieces]
    assert [piece.read() for piece in reversed(stored)] == pieces[::-1]
    file.close()


def test_the_room_of_what_nobody_holds_is_used_again(tmp_path: Path) -> None:
    file = SpillFile(tmp_path)
    kept = file.store(b"kept" * 5000)
    for number in range(100):
        piece: SpilledBytes | None = file.store(bytes([number]) * 9000)
        assert piece is not None
        assert piece.read() == bytes([number]) * 9000
        piece = None
    assert file.byte_size < 60_000
    assert kept.read() == b"kept" * 5000
    file.close()


def test_the_file_is_in_the_folder_and_leaves_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    file = SpillFile(folder)
    assert not folder.exists()
    piece = file.store(b"x" * 9000)
    assert piece.read() == b"x" * 9000
    file.close()
    assert list(folder.iterdir()) == []


def test_a_full_file_is_said_and_what_is_in_it_stays_readable() -> None:
    file = SpillFile(limit_bytes=16_384)
    piece = file.store(b"a" * 10_000)
    with pytest.raises(StorageError) as caught:
        file.store(b"b" * 10_000)
    assert "disk" in caught.value.hint
    assert piece.read() == b"a" * 10_000
    file.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        SpillFile(tmp_path / "file" / "cache").store(b"x")


@pytest.mark.parametrize("is_spilled", [False, True])
@pytest.mark.parametrize("shape", [(256, 256, 4), (256, 256)])
def test_what_is_packed_is_unpacked_bit_by_bit(shape: tuple[int, ...], is_spilled: bool) -> None:
    file = SpillFile()
    pixels = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
    packed = Packed(pixels)
    if is_spilled:
        packed.spill(file)
        assert packed.byte_size == 0
    assert packed.is_spilled == is_spilled
    again = packed.unpacked()
    assert (again == pixels).all()
    again[0, 0] = 0  # a fresh array, that may be written to
    assert (packed.unpacked() == pixels).all()
    file.close()


def test_a_packed_tile_comes_back_when_it_is_read() -> None:
    pixels = _noise(1)
    tile = Tile(pixels.copy())
    seen = [tile.image.pixelColor(7, 9)]
    tile.pack(Packed(tile.pixels))
    packed = [tile.is_packed]
    seen.append(tile.image.pixelColor(7, 9))
    assert [*packed, tile.is_packed] == [True, False]
    assert seen[0] == seen[1]
    assert (tile.pixels == pixels).all()


def test_a_picture_of_a_packed_tile_lives_on() -> None:
    tile = Tile(np.full((TILE_SIZE, TILE_SIZE, 4), 200, np.uint8))
    image = tile.image
    tile.pack(Packed(tile.pixels))
    others = [Tile.blank(TileFormat.COLOR) for _ in range(50)]  # would take freed memory
    assert image.pixelColor(3, 3).alpha() == 200
    assert len(others) == 50


def test_tiles_are_read_by_many_threads_while_they_are_packed() -> None:
    tiles = [Tile(_noise(number)) for number in range(8)]
    expected = [_noise(number) for number in range(8)]
    file = SpillFile()
    wrong: list[int] = []

    def read() -> None:
        for turn in range(40):
            number = turn % 8
            if not (tiles[number].pixels == expected[number]).all():
                wrong.append(number)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for turn in range(40):
        packed = Packed(tiles[turn % 8].pixels)
        packed.spill(file)
        tiles[turn % 8].pack(packed)
    for reader in readers:
        reader.join()
    assert not wrong
    file.close()


def test_what_a_crash_left_is_swept_and_what_is_in_use_stays(tmp_path: Path) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    names = [f"aipaint-{os.getpid()}-a", f"aipaint-{os.getppid()}-b", "aipaint-notes", "other"]
    for name in (*names, f"aipaint-{dead}-c"):
        (tmp_path / name).write_bytes(b"x")
    SpillFile(tmp_path).sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    SpillFile(tmp_path / "none").sweep()
    SpillFile().sweep()


def test_a_killed_process_leaves_no_file_behind(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal, sys\n"
        "from aipaint.pixels.spill_file import SpillFile\n"
        "kept = SpillFile(pathlib.Path(sys.argv[1])).store(bytes(99999))\n"
        "assert kept.read() == bytes(99999)\n"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path / "cache")], check=False)
    assert ended.returncode != 0
    SpillFile(tmp_path / "cache").sweep()
    assert list((tmp_path / "cache").iterdir()) == []
