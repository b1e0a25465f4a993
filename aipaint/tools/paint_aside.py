"""Painting that takes longer than a frame: on a worker, then one step of the history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from aipaint.document.document import Document
from aipaint.document.edit_tiles import EditTiles, target_tiles
from aipaint.document.paint_rules import keeps_alpha, refusal, within_rules
from aipaint.document.picture import Picture
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.surroundings import Surroundings

Draw: TypeAlias = Callable[[Picture], TileEdits]
"""On a worker: the edits of the target in a snapshot of the picture."""


@dataclass(frozen=True)
class Painting:
    """`label` is the step's name, `message` what takes long: "Filling"."""

    target: str
    label: str
    message: str
    draw: Draw


def paint_aside(document: Document, surroundings: Surroundings, painting: Painting) -> None:
    """Run `painting.draw` on a snapshot and record what comes back. If the target was painted on
    meanwhile, it is drawn once more on what is there now."""
    picture, target = document.picture, painting.target
    snapshot = picture.snapshot()
    rules = _rules(picture, target)

    def work() -> TileEdits:
        # What limits painting is looked at here, too: on many tiles it takes its time.
        return within_rules(
            snapshot, target, target_tiles(snapshot, target), painting.draw(snapshot)
        )

    def done(edits: TileEdits) -> None:
        if document.picture is not picture or not _is_there(picture, target):
            surroundings.tell(f"{painting.label} was dropped: what it was for is gone.")
        elif _has_changed(picture, snapshot, target, edits) or _rules(picture, target) != rules:
            paint_aside(document, surroundings, painting)
        else:
            _put(document, surroundings, painting, edits)

    surroundings.run(work, done, painting.message)


def record(
    document: Document, surroundings: Surroundings, painting: Painting, edits: TileEdits
) -> None:
    """Make edits that have just been drawn a step of their own, as far as painting is allowed."""
    picture, target = document.picture, painting.target
    allowed = within_rules(picture, target, target_tiles(picture, target), edits)
    _put(document, surroundings, painting, allowed)


def _put(
    document: Document, surroundings: Surroundings, painting: Painting, allowed: TileEdits
) -> None:
    picture, target = document.picture, painting.target
    reason = refusal(picture, target)
    if reason:
        surroundings.tell(reason)
        return
    tiles = target_tiles(picture, target)
    changed = {key: tile for key, tile in allowed.items() if tile is not tiles.get(key)}
    if changed:
        document.do(EditTiles.replacing(painting.label, picture, target, changed))
        document.undo_stack.close_step()


def _rules(picture: Picture, target: str) -> tuple[object, ...]:
    """Equal as long as the same is allowed."""
    return (picture.selection, _is_there(picture, target) and keeps_alpha(picture, target))


def _is_there(picture: Picture, target: str) -> bool:
    try:
        target_tiles(picture, target)
    except KeyError:
        return False
    return True


def _has_changed(picture: Picture, snapshot: Picture, target: str, edits: TileEdits) -> bool:
    now, then = target_tiles(picture, target), target_tiles(snapshot, target)
    return any(now.get(key) is not then.get(key) for key in edits)
