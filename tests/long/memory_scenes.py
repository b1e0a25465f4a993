"""What `test_memory.py` measures, each in a process of its own: `python -m tests.long.memory_scenes
SCENE SIDE FOLDER`. SIDE is in tiles. Prints JSON: the highest resident memory in megabytes before
and in the scene, and the longest time the main thread was kept from its events by packing.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from aipaint.document.clear_and_fill import filled
from aipaint.document.command import Command
from aipaint.document.document import Document
from aipaint.document.edit_tiles import EditTiles
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.merge import ReplaceLayers, flatten
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.picture_shape import Turn, turned
from aipaint.document.tile_keeper import MemoryBudget, TileKeeper
from aipaint.document.undo_stack import UndoStack
from aipaint.pixels.brush import Color
from aipaint.pixels.freed_memory import give_back_freed_memory
from aipaint.pixels.rect import Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import TILE_SIZE, Tile, TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.transform import Progress
from aipaint.projects.open_file import open_picture
from aipaint.projects.ora_write import save_ora

_MEGABYTE = 1024 * 1024
_WHOLE_SIDE = 100  # tiles; smaller scenes get budgets as much smaller
_TILES_PER_STEP = 20
_PATTERNS = 8


class _Watched(TileKeeper):
    """Notes how long a step was kept from going on."""

    longest_seconds = 0.0

    def note(self, picture: Picture, undo_stack: UndoStack) -> bool:
        start = time.thread_time()
        try:
            return super().note(picture, undo_stack)
        finally:
            self.longest_seconds = max(self.longest_seconds, time.thread_time() - start)


class _Scene:
    def __init__(self, side: int, folder: Path) -> None:
        self._application = QApplication(["scenes"])
        self.side = side
        self.folder = folder
        pixels = side * TILE_SIZE
        self.document = Document(blank_picture(pixels, pixels))
        self.keeper = _Watched(_budget(side), SpillFile(folder))
        self.document.keep_within(self.keeper)
        chance = np.random.default_rng(1)
        shape = (TILE_SIZE, TILE_SIZE, 4)
        self._patterns = [chance.integers(0, 256, shape, np.uint8) for _ in range(_PATTERNS)]

    def tile(self, number: int) -> Tile:
        """Noise, another one for each number."""
        pixels = self._patterns[number % _PATTERNS] + np.uint8(number % 251)
        pixels[..., 3] = 255
        return Tile(pixels)

    def keys(self) -> list[tuple[int, int]]:
        return [(row, column) for row in range(self.side) for column in range(self.side)]

    def layer(self, seed: int, opacity: float = 1.0) -> Layer:
        tiles = TileMap(TileFormat.COLOR)
        for number, key in enumerate(self.keys()):
            tile = self.tile(number + seed)
            tiles.swap({key: tile})
            self.document.shelve(tile)
        return Layer(LayerStyle(opacity=opacity), tiles)

    def events(self) -> None:
        self._application.processEvents()

    def aside(self, make: Callable[[Picture], Command | None]) -> None:
        """On a worker from a snapshot, then a step, as the window does it."""
        made: list[Command | None] = []
        snapshot = self.document.picture.snapshot()
        worker = threading.Thread(target=lambda: made.append(make(snapshot)))
        worker.start()
        while worker.is_alive():
            self.events()
            worker.join(0.01)
        assert made[0] is not None
        self.document.do(made[0])
        self.events()


def _budget(side: int) -> MemoryBudget:
    share = min(1.0, (side / _WHOLE_SIDE) ** 2)
    full = MemoryBudget()
    return MemoryBudget(
        round(full.tile_bytes * share),
        round(full.packed_bytes * share),
        round(full.undo_raw_bytes * share),
        round(full.undo_bytes * share),
    )


def _paint(scene: _Scene) -> None:
    """All of it twice, as fast as steps can be done, then half of it taken back."""
    document, layer_id = scene.document, scene.document.picture.active_layer_id
    keys = scene.keys()
    for turn in range(2):
        for start in range(0, len(keys), _TILES_PER_STEP):
            part = keys[start : start + _TILES_PER_STEP]
            edits = {key: scene.tile(start + turn + at) for at, key in enumerate(part)}
            document.do(EditTiles.replacing("Paint", document.picture, layer_id, edits))
            scene.events()
    for _ in range(len(document.undo_stack.commands) // 2):
        document.undo()
        scene.events()
    for number, key in enumerate(keys):
        tile = document.picture.layers[0].tiles.get(key)
        assert tile is not None
        assert (tile.peek() == scene.tile(number).peek()).all()


def _bulk(scene: _Scene) -> None:
    """A fill that covers half, a turn and a flattening of two layers that are all noise."""
    document = scene.document
    frame = document.picture.frame
    document.replace_picture(Picture([scene.layer(0), scene.layer(5, 0.5)], frame))
    target, keep = document.picture.active_layer_id, document.shelve
    color = Color(200, 100, 50, 128)
    scene.aside(lambda picture: filled("Fill", picture, target, color, keep))
    scene.aside(lambda picture: turned(picture, Turn.LEFT, Progress(keep=keep)))
    scene.aside(lambda picture: ReplaceLayers(flatten(picture, keep)))
    document.go_to(0)
    tile = document.picture.layers[1].tiles.get((0, 1))
    assert tile is not None
    assert (tile.peek() == scene.tile(6).peek()).all()


def _files(scene: _Scene) -> None:
    """Three layers saved and opened again while the first document is still there."""
    document, path = scene.document, scene.folder / "large.ora"
    frame = document.picture.frame
    document.replace_picture(Picture([scene.layer(seed) for seed in range(3)], frame))
    save_ora(document.picture.snapshot(), path)
    opened = open_picture(path, document.shelve)
    assert opened.frame == frame == Rect(0, 0, frame.width, frame.height)
    document.replace_picture(opened)
    for seed, layer in enumerate(opened.layers):
        for number, key in enumerate(scene.keys()):
            tile = layer.tiles.get(key)
            assert tile is not None
            assert (tile.peek() == scene.tile(number + seed).peek()).all()


_SCENES: dict[str, Callable[[_Scene], None]] = {"paint": _paint, "bulk": _bulk, "files": _files}


def _memory(name: str) -> int:
    """Of this process, from the system: "VmRSS" now, "VmHWM" at most; in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) // 1024
    raise LookupError(name)


def main(words: list[str]) -> None:
    """Run one scene."""
    name, side, folder = words
    scene = _Scene(int(side), Path(folder))
    give_back_freed_memory()
    before = _memory("VmRSS")
    _SCENES[name](scene)
    scene.keeper.close()
    stall = scene.keeper.longest_seconds
    figures = {"before": before, "peak": _memory("VmHWM"), "stall_seconds": stall}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
