"""Edits that change the whole picture: enlarged, cut out, painted on beyond its edge."""

from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.render import render_straight
from aipaint.document.set_frame import SetFrame
from aipaint.generation.beyond import reaches_beyond
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.generation.options import GenerateOptions, choose_operation
from aipaint.history.records import JobStatus
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.providers.request import Operation
from tests.generation.editing import (
    FRAME,
    PATIENCE_MILLISECONDS,
    asks,
    run,
)
from tests.generation.painting_provider import PaintingProvider
from tests.generation.workshop import opened


def test_an_enlargement_makes_the_document_larger_in_one_step(
    generator: Generator, document: Document, qtbot: QtBot
) -> None:
    before = render_straight(document.picture, FRAME)
    options = GenerateOptions(Operation.UPSCALE, "offline", extra=(("scale", "2"),))
    (candidate,) = run(generator, qtbot, options)
    assert candidate.growth == 2
    assert "640 x 480" in candidate.apply_words
    shown = candidate.tiles.read(FRAME)
    assert (shown[..., 3] == 255).all()
    with qtbot.waitSignal(document.changed, timeout=PATIENCE_MILLISECONDS):
        generator.apply(candidate.id)
    picture = document.picture
    assert picture.frame == Rect(0, 0, 640, 480)
    assert picture.mask.bounds() == Rect(240, 160, 120, 100)
    assert picture.layers[0].tiles.bounds() == Rect(0, 0, 640, 480)
    assert (render_straight(picture, picture.frame) == opened(candidate.path)).all()
    document.undo()
    assert picture.frame == FRAME
    assert (render_straight(picture, FRAME) == before).all()
    document.redo()
    assert picture.frame.width == 640


def test_a_subject_that_was_cut_out_stands_alone_with_a_mask(
    document: Document, desk: Desk, painter: PaintingProvider, qtbot: QtBot
) -> None:
    def cut(rgba: Pixels, mask: Pixels | None) -> Pixels:
        assert mask is not None  # the hint
        answer = rgba // 2  # a model that spoils the colors: they are not used
        answer[..., 3] = 0
        answer[40:200, 60:260, 3] = 255
        return answer

    painter.paint = cut
    generator = Generator(document, desk)
    before = render_straight(document.picture, FRAME)
    (candidate,) = run(generator, qtbot, asks(Operation.CUTOUT, prompt=""))
    assert candidate.is_alone
    assert "hides the other layers" in candidate.apply_words
    generator.apply(candidate.id)
    after = render_straight(document.picture, FRAME)
    assert (after[40:200, 60:260] == before[40:200, 60:260]).all()
    assert not after[:40].any()
    bottom, top = document.picture.layers
    assert not bottom.style.is_visible
    assert top.mask is not None
    assert (top.tiles.read(FRAME)[..., 3] == 255).all()  # the background can be painted back in
    document.undo()
    assert (render_straight(document.picture, FRAME) == before).all()
    assert generator.shut_down()


def test_painting_on_in_any_direction_again_and_again(
    document: Document, desk: Desk, painter: PaintingProvider, qtbot: QtBot
) -> None:
    def go_on(rgba: Pixels, mask: Pixels | None) -> Pixels:
        assert mask is not None
        answer = rgba.copy()
        answer[mask > 0] = (10, 20, 200, 255)
        return answer

    painter.paint = go_on
    generator = Generator(document, desk)
    picture = document.picture
    document.do(EditTiles.replacing("Clear", picture, MASK, picture.mask.cleared()))
    before = render_straight(picture, FRAME)
    assert not reaches_beyond(picture)
    for frame in (Rect(0, 0, 400, 240), Rect(-50, -30, 450, 270), Rect(-50, -30, 450, 330)):
        inner = picture.frame
        document.do(SetFrame(frame))
        assert reaches_beyond(picture)
        kind = choose_operation(
            has_pixels=True, has_mask=False, has_prompt=True, is_beyond=reaches_beyond(picture)
        )
        assert kind is Operation.OUTPAINT
        earlier = render_straight(picture, inner)
        run(generator, qtbot, asks(kind))
        generator.apply(generator.candidates()[-1].id)
        assert (render_straight(picture, frame)[..., 3] == 255).all()
        assert (render_straight(picture, inner) == earlier).all()
        assert not reaches_beyond(picture)
    assert (render_straight(picture, FRAME) == before).all()
    assert tuple(render_straight(picture, Rect(-50, -30, 1, 1))[0, 0]) == (10, 20, 200, 255)
    assert generator.shut_down()


def test_what_cannot_be_painted_on_is_a_sentence(
    generator: Generator, document: Document, qtbot: QtBot
) -> None:
    picture = document.picture
    document.do(EditTiles.replacing("Clear", picture, MASK, picture.mask.cleared()))
    with qtbot.waitSignal(generator.job_done, timeout=PATIENCE_MILLISECONDS) as waited:
        generator.generate(asks(Operation.OUTPAINT))
    assert waited.args is not None
    (outcome,) = waited.args
    assert outcome.status is JobStatus.FAILED
    assert "transparent" in str(outcome.error)
    document.do(SetFrame(Rect(2000, 2000, 50, 50)))
    assert "no picture to go on" in generator.quote(asks(Operation.OUTPAINT)).problem
