"""What changes a picture as a whole: turned, flipped, resized, cropped, with all that is in it.

These functions look at a snapshot, may run on a worker and change nothing; the command they give
is done on the main thread, on the same state of the picture. None means: given up.
"""

from dataclasses import replace
from enum import Enum

from aipaint.document.command import Command
from aipaint.document.edit_tiles import MASK, EditTiles, target_tiles
from aipaint.document.keep_area import KeepArea
from aipaint.document.moved_targets import every_target
from aipaint.document.picture import Picture
from aipaint.document.set_frame import SetFrame
from aipaint.document.set_selection import SetSelection
from aipaint.document.together import Together
from aipaint.pixels.cut import cut_to
from aipaint.pixels.homography import Homography
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileKey, TileMap
from aipaint.pixels.transform import Progress, Warp, transformed


class Turn(Enum):
    """Exact changes of a whole picture. The value is the step's name."""

    LEFT = "Rotate picture left"
    RIGHT = "Rotate picture right"
    HALF = "Rotate picture by 180°"
    FLIP_HORIZONTALLY = "Flip picture horizontally"
    FLIP_VERTICALLY = "Flip picture vertically"


def turned(picture: Picture, turn: Turn, progress: Progress) -> Command | None:
    """The frame's top left corner stays; its sides change places in a quarter turn."""
    frame = picture.frame
    to_corner = Homography.move(-frame.x, -frame.y)
    homography = {
        Turn.LEFT: Homography.turn(-90).then(Homography.move(0, frame.width)),
        Turn.RIGHT: Homography.turn(90).then(Homography.move(frame.height, 0)),
        Turn.HALF: Homography.turn(180).then(Homography.move(frame.width, frame.height)),
        Turn.FLIP_HORIZONTALLY: Homography.scale(-1, 1).then(Homography.move(frame.width, 0)),
        Turn.FLIP_VERTICALLY: Homography.scale(1, -1).then(Homography.move(0, frame.height)),
    }[turn]
    back = Homography.move(frame.x, frame.y)
    is_quarter = turn in (Turn.LEFT, Turn.RIGHT)
    sides = (frame.height, frame.width) if is_quarter else (frame.width, frame.height)
    step = _Step(turn.value, to_corner.then(homography).then(back), Rect(frame.x, frame.y, *sides))
    return step.command(picture, progress)


def resized(picture: Picture, width: int, height: int, progress: Progress) -> Command | None:
    """Every layer and area resampled, so that the frame has this size; its corner stays."""
    frame = picture.frame
    scale = Homography.scale(width / frame.width, height / frame.height)
    there = Homography.move(-frame.x, -frame.y).then(scale)
    homography = there.then(Homography.move(frame.x, frame.y))
    return _Step("Image size", homography, Rect(frame.x, frame.y, width, height)).command(
        picture, progress
    )


def cropped(
    picture: Picture, frame: Rect, *, deletes_outside: bool, label: str = "Crop"
) -> Command:
    """Another frame; what lies outside it is kept, or deleted from layers and areas."""
    commands: list[Command] = [_SetFrame(label, frame)]
    if deletes_outside:
        for target in (*every_target(picture), MASK):
            edits = cut_to(target_tiles(picture, target), frame)
            if edits:
                commands.append(EditTiles.replacing(label, picture, target, edits))
        if picture.selection is not None:
            selection = picture.selection.copy()
            selection.swap(cut_to(selection, frame))
            commands.append(SetSelection(label, selection))
    return Together(label, commands) if len(commands) > 1 else commands[0]


def anchored_frame(frame: Rect, width: int, height: int, anchor: tuple[int, int]) -> Rect:
    """A frame of another size. `anchor` says which part of the old one stays where it is: -1, 0
    or 1 for left, middle, right, and the same for top, middle, bottom."""
    more_x, more_y = width - frame.width, height - frame.height
    left = more_x * (anchor[0] + 1) // 2
    top = more_y * (anchor[1] + 1) // 2
    return Rect(frame.x - left, frame.y - top, width, height)


class _SetFrame(SetFrame):
    def __init__(self, label: str, frame: Rect) -> None:
        super().__init__(frame)
        self.label = label


class _Step:
    """One homography for everything there is."""

    def __init__(self, label: str, homography: Homography, frame: Rect) -> None:
        self._label = label
        self._warp = Warp(homography)
        self._frame = frame

    def command(self, picture: Picture, progress: Progress) -> Command | None:
        commands: list[Command] = []
        targets = (*every_target(picture), MASK)
        for number, target in enumerate(targets):
            part = _part_of(progress, number, len(targets))
            old = target_tiles(picture, target)
            new = self._moved(old, part)
            edits: dict[TileKey, Tile | None] = {**old.cleared(), **_tiles(new)}
            if edits:
                commands.append(EditTiles.replacing(self._label, picture, target, edits))
        commands.extend(self._areas(picture, progress))
        commands.append(_SetFrame(self._label, self._frame))
        return None if progress.is_cancelled() else Together(self._label, commands)

    def _areas(self, picture: Picture, progress: Progress) -> list[Command]:
        quietly = Progress(progress.is_cancelled, keep=progress.keep)
        commands: list[Command] = []
        if picture.selection is not None:
            moved = self._moved(picture.selection, quietly)
            commands.append(SetSelection(self._label, moved))
        for name, area in picture.kept.items():
            commands.append(KeepArea(self._label, name, self._moved(area, quietly)))
        return commands

    def _moved(self, tiles: TileMap, progress: Progress) -> TileMap:
        return transformed(tiles, self._warp, progress=progress)


def _part_of(progress: Progress, number: int, count: int) -> Progress:
    return replace(progress, report=lambda share: progress.report((number + share) / count))


def _tiles(tiles: TileMap) -> dict[TileKey, Tile | None]:
    return {key: tiles.get(key) for key in tiles}
