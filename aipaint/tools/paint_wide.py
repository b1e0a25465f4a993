"""Painting on more than memory holds: tile by tile on a worker that can be watched and stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from aipaint.document.document import Document
from aipaint.document.edit_tiles import EditTiles, target_tiles
from aipaint.document.paint_rules import keeps_alpha, refusal, within_rules
from aipaint.document.picture import Picture
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey
from aipaint.tools.surroundings import Surroundings

if TYPE_CHECKING:
    from aipaint.pixels.transform import Progress

DrawPieces: TypeAlias = "Callable[[Picture, Progress], Iterator[TileEdits]]"
"""On a worker: the edits of the target in a snapshot of the picture, a few tiles at a time."""


@dataclass(frozen=True)
class WidePainting:
    """`label` is the step's name, `message` what takes long: "Filling"."""

    target: str
    label: str
    message: str
    draw: DrawPieces


def paint_wide(document: Document, surroundings: Surroundings, painting: WidePainting) -> None:
    """Run `painting.draw` on a snapshot and record what comes back, as far as painting is allowed;
    nothing if it is stopped. If the target was changed meanwhile, it is drawn once more."""
    picture, target = document.picture, painting.target
    snapshot = picture.snapshot()
    moment = _moment(picture, target)

    def work(progress: "Progress") -> dict[TileKey, Tile | None] | None:
        return _edits(snapshot, painting, progress, document.shelve)

    def done(edits: dict[TileKey, Tile | None] | None) -> None:
        if edits is None:
            surroundings.tell(f"{painting.label} was stopped: nothing has changed.")
        elif document.picture is not picture or refusal(picture, target):
            surroundings.tell(f"{painting.label} was dropped: what it was for is gone.")
        elif _moment(picture, target) != moment:
            paint_wide(document, surroundings, painting)
        elif edits:
            document.do(EditTiles.replacing(painting.label, picture, target, edits))
            document.undo_stack.close_step()

    surroundings.run_watched(work, done, painting.message)


def _edits(
    snapshot: Picture,
    painting: WidePainting,
    progress: "Progress",
    keep: Callable[[Tile], None],
) -> dict[TileKey, Tile | None] | None:
    """Each new tile is handed to `keep` at once: there is no room for all of them as they are."""
    tiles = target_tiles(snapshot, painting.target)
    edits: dict[TileKey, Tile | None] = {}
    kept: set[Tile] = set(tiles.tiles())
    for piece in painting.draw(snapshot, progress):
        for key, tile in within_rules(snapshot, painting.target, tiles, piece).items():
            if tile is tiles.get(key):
                continue
            edits[key] = tile
            if tile is not None and tile not in kept:
                kept.add(tile)
                keep(tile)
    return None if progress.is_cancelled() else edits


def _moment(picture: Picture, target: str) -> tuple[object, ...]:
    """Equal as long as the target and what limits painting on it are the same."""
    try:
        tiles = target_tiles(picture, target)
    except KeyError:
        return ()
    here = {key: tiles.get(key) for key in tiles}
    return (here, picture.selection, keeps_alpha(picture, target))
