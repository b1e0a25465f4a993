"""The document: one signal an act, live strokes, merged sliders, what counts as saved."""

from collections.abc import Callable

import numpy as np

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK
from aipaint.document.layer import LayerStyle
from aipaint.document.layer_commands import StyleLayer
from aipaint.document.live_stroke import LiveStroke
from aipaint.document.picture import blank_picture
from aipaint.document.projection import Projection
from aipaint.document.render import render
from aipaint.document.set_frame import SetFrame
from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile_map import keys_over

_VIEW = Rect(0, 0, 300, 200)


def _stroke(document: Document, target: str, *places: tuple[float, float]) -> LiveStroke:
    brush = Brush(size_pixels=30, hardness=0.6)
    live = LiveStroke(target, Stroke(brush, Color(9, 99, 200), StrokeMode.PAINT, DabCache()))
    for x, y in places:
        live.add([Sample(x, y)])
        document.preview(live)
    return live


def test_a_stroke_shows_while_it_grows_and_is_one_step() -> None:
    document = Document(blank_picture(300, 200))
    seen: list[Change] = []
    document.changed.connect(seen.append)
    live = _stroke(document, document.picture.active_layer_id, (40, 40), (200, 150))
    shown = render(document.picture, _VIEW)
    assert shown[40, 40, 3] == 255
    assert all(change.parts == Part.PIXELS for change in seen)
    document.finish(live, "Brush stroke")
    assert (render(document.picture, _VIEW) == shown).all()
    assert document.undo_stack.labels == ["Brush stroke"]
    document.undo()
    assert not render(document.picture, _VIEW).any()
    document.redo()
    assert (render(document.picture, _VIEW) == shown).all()


def test_the_dirty_rectangle_covers_everything_that_changed() -> None:
    document = Document(blank_picture(300, 200))
    projection = Projection(document.picture)
    document.changed.connect(lambda change: projection.invalidate(change.dirty))
    live = _stroke(document, document.picture.active_layer_id, (40, 40), (250, 150), (10, 190))
    document.finish(live, "Brush stroke")
    for key in keys_over(_VIEW):
        tile = projection.tile(key)
        whole = render(document.picture, Rect(key[1] * 256, key[0] * 256, 256, 256))
        assert (whole == (0 if tile is None else tile.pixels)).all()


def test_an_abandoned_stroke_leaves_nothing() -> None:
    document = Document(blank_picture(300, 200))
    live = _stroke(document, MASK, (40, 40), (90, 90))
    assert len(document.picture.mask)
    document.abandon(live)
    assert not len(document.picture.mask)
    assert not document.undo_stack.can_undo


def test_a_snapshot_taken_in_mid_stroke_does_not_move() -> None:
    document = Document(blank_picture(300, 200))
    live = _stroke(document, document.picture.active_layer_id, (40, 40))
    snapshot = document.picture.snapshot()
    before = render(snapshot, _VIEW)
    live.add([Sample(200, 100)])
    document.finish(live, "Brush stroke")
    assert (render(snapshot, _VIEW) == before).all()
    assert (render(document.picture, _VIEW) != before).any()


def test_a_moving_slider_is_one_step_and_another_layer_is_another() -> None:
    document = Document(blank_picture(10, 10))
    layer_id = document.picture.active_layer_id
    for percent in (90, 80, 70):
        document.do(StyleLayer(layer_id, LayerStyle(opacity=percent / 100), "Opacity"))
    assert document.undo_stack.labels == ["Opacity"]
    document.undo()
    assert document.picture.active_layer.style.opacity == 1.0
    document.redo()
    assert document.picture.active_layer.style.opacity == 0.7


def test_modified_is_true_until_saved_and_again_when_undone_past_the_save() -> None:
    document = Document(blank_picture(10, 10))
    assert not document.is_modified
    seen: list[bool] = []

    def act(*acts: Callable[[], None]) -> None:
        for one in acts:
            one()
        seen.append(document.is_modified)

    act(lambda: document.do(SetFrame(Rect(0, 0, 20, 20))))
    act(document.mark_saved)
    act(document.undo)
    act(document.redo)
    act(document.undo, lambda: document.do(SetFrame(Rect(0, 0, 30, 30))))
    act(document.undo, document.redo)
    assert seen == [True, False, True, False, True, True]


def test_painting_nothing_leaves_no_step() -> None:
    document = Document(blank_picture(300, 200))
    brush = Brush(size_pixels=30)
    eraser = LiveStroke(
        document.picture.active_layer_id,
        Stroke(brush, Color(0, 0, 0), StrokeMode.ERASE, DabCache()),
    )
    eraser.add([Sample(50, 50)])
    document.finish(eraser, "Erase")
    assert not document.undo_stack.can_undo
    assert not np.any(render(document.picture, _VIEW))


def test_a_picture_that_is_in_no_file_yet_counts_as_modified() -> None:
    document = Document(blank_picture(10, 10))
    document.replace_picture(blank_picture(20, 20), is_saved=False)
    assert document.is_modified
    document.replace_picture(blank_picture(20, 20))
    assert not document.is_modified
