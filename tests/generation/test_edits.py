"""What can be done with results: fitted again, starred, run again; and what is offered for
nothing."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.render import render_straight
from aipaint.errors import UsageError
from aipaint.generation.candidate import Candidate
from aipaint.generation.desk import Desk
from aipaint.generation.gallery import GalleryFilter
from aipaint.generation.generator import Generator
from aipaint.generation.options import GenerateOptions
from aipaint.history.picture_files import sha256_of
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam_choice import SeamFix
from aipaint.providers.request import InputRole, Operation
from tests.generation.editing import (
    FRAME,
    MARKED,
    PATIENCE_MILLISECONDS,
    asks,
    candidates_of,
    run,
    tinted,
)
from tests.generation.painting_provider import PaintingProvider
from tests.generation.workshop import opened


def _only(generator: Generator) -> Candidate:
    (candidate,) = generator.candidates()
    return candidate


def test_a_result_is_fitted_again_for_nothing_and_back(
    generator: Generator, painter: PaintingProvider, qtbot: QtBot
) -> None:
    painter.paint = lambda rgba, _: tinted(rgba, None)
    (first,) = run(generator, qtbot, asks())
    assert first.can_refit
    with qtbot.waitSignal(generator.candidates_changed, timeout=PATIENCE_MILLISECONDS):
        generator.edits.refit(first.id, SeamFix.POISSON, 9)
    second = _only(generator)
    assert (second.id, second.seam, second.feather_pixels) == (first.id, SeamFix.POISSON, 9)
    assert second.edge_before == first.edge_before
    assert second.edge_after is not None
    assert first.edge_after is not None
    assert second.edge_after < first.edge_after
    shown = second.tiles.read(FRAME)
    assert (shown != first.tiles.read(FRAME)).any()
    outside = np.ones((240, 320), bool)
    outside[MARKED.slices(FRAME)] = False
    assert not shown[outside].any()
    with qtbot.waitSignal(generator.candidates_changed, timeout=PATIENCE_MILLISECONDS):
        generator.edits.refit(first.id, first.seam, first.feather_pixels)
    assert (_only(generator).tiles.read(FRAME) == first.tiles.read(FRAME)).all()
    assert len(painter.asked) == 1


def test_the_stored_picture_is_the_one_that_was_applied(
    generator: Generator, document: Document, painter: PaintingProvider, desk: Desk, qtbot: QtBot
) -> None:
    """Fitted again, what the gallery opens would otherwise be the first fit."""
    painter.paint = lambda rgba, _: tinted(rgba, None)
    (first,) = run(generator, qtbot, asks())
    (stored,) = desk.history.images(first.job_id, "result")
    with qtbot.waitSignal(generator.candidates_changed, timeout=PATIENCE_MILLISECONDS):
        generator.edits.refit(first.id, SeamFix.POISSON, 9)
    assert desk.history.images(first.job_id, "result") == [stored]  # nothing is decided yet
    generator.apply(first.id)
    shown = render_straight(document.picture, FRAME)

    def is_kept() -> bool:
        (now,) = desk.history.images(first.job_id, "result")
        return now.sha256 != stored.sha256 and now.thumbnail_path == stored.thumbnail_path

    qtbot.waitUntil(is_kept, timeout=PATIENCE_MILLISECONDS)
    (item,) = generator.gallery.items(GalleryFilter.ALL, 9)
    assert (opened(item.pictures[0]) == shown).all()
    (now,) = desk.history.images(first.job_id, "result")
    assert sha256_of(item.pictures[0].read_bytes()) == now.sha256
    assert (now.id, now.width, now.height) == (stored.id, stored.width, stored.height)


def test_a_star_is_kept_with_the_picture(generator: Generator, desk: Desk, qtbot: QtBot) -> None:
    (candidate,) = run(generator, qtbot, asks())
    generator.edits.star(candidate.id, True)
    assert _only(generator).is_starred

    def stored() -> bool:
        (image,) = desk.history.images(candidate.job_id, "result")
        return image.is_starred

    qtbot.waitUntil(stored, timeout=PATIENCE_MILLISECONDS)
    generator.edits.star(candidate.id, False)
    qtbot.waitUntil(lambda: not stored(), timeout=PATIENCE_MILLISECONDS)


def test_drift_is_remembered_per_model(generator: Generator, desk: Desk, qtbot: QtBot) -> None:
    assert generator.edits.drift_words("painting", "brush") == ""
    (candidate,) = run(generator, qtbot, asks())
    (image,) = desk.history.images(candidate.job_id, "result")
    assert image.drift == candidate.drift > 0.5
    share = f"{candidate.drift:.0%}"
    said = generator.edits.drift_words("painting", "brush")
    assert said == f"This model changed {share} outside the mask in your last edit."
    run(generator, qtbot, asks(seed=2))
    assert "last 2 edits" in generator.edits.drift_words("painting", "brush")
    assert generator.edits.drift_words("painting", "other") == ""


def _offer_free(generator: Generator, qtbot: QtBot, options: GenerateOptions | None) -> None:
    with qtbot.waitSignal(generator.candidates_changed, timeout=PATIENCE_MILLISECONDS):
        generator.edits.offer_free(options)


def test_candidate_0_is_there_without_any_job(
    generator: Generator, document: Document, desk: Desk, qtbot: QtBot
) -> None:
    before = render_straight(document.picture, FRAME)
    generator.edits.warm_free()
    _offer_free(generator, qtbot, asks())
    free = _only(generator)
    assert (free.is_local, free.job_id, free.cost_micros) == (True, "", 0)
    assert desk.history.jobs(10) == []
    assert desk.ledger.entries(10) == []
    run(generator, qtbot, asks())
    assert [one.is_local for one in generator.candidates()] == [True, False]
    _offer_free(generator, qtbot, asks(feather_pixels=0))
    assert [one.is_local for one in generator.candidates()] == [True, False]
    generator.apply(generator.candidates()[0].id)
    after = render_straight(document.picture, FRAME)
    inside = np.zeros((240, 320), bool)
    inside[MARKED.slices(FRAME)] = True
    assert (after[~inside] == before[~inside]).all()
    assert (after[inside] != before[inside]).any()
    document.undo()
    assert (render_straight(document.picture, FRAME) == before).all()


def test_candidate_0_goes_with_the_mask_and_with_other_wishes(
    generator: Generator, document: Document, qtbot: QtBot
) -> None:
    _offer_free(generator, qtbot, asks(Operation.REMOVE))
    assert _only(generator).is_local
    _offer_free(generator, qtbot, asks(Operation.OUTPAINT))
    assert generator.candidates() == ()
    _offer_free(generator, qtbot, asks())
    picture = document.picture
    document.do(EditTiles.replacing("Clear", picture, MASK, picture.mask.cleared()))
    _offer_free(generator, qtbot, asks())
    assert generator.candidates() == ()
    generator.edits.offer_free(None)
    assert generator.candidates() == ()


def test_a_final_refines_the_draft_that_was_chosen(
    generator: Generator, document: Document, painter: PaintingProvider, qtbot: QtBot
) -> None:
    run(generator, qtbot, asks(count=2))
    draft = generator.candidates()[0]
    offer = generator.edits.final_offer(draft.id)
    assert offer is not None
    assert offer.problem == ""
    assert (offer.options.operation, offer.options.quality) == (Operation.EDIT, "high")
    assert offer.sentence.startswith("2 drafts ")
    with qtbot.waitSignal(generator.job_done, timeout=PATIENCE_MILLISECONDS) as waited:
        assert generator.edits.finalize(draft.id, offer.options)
    (final,) = candidates_of(waited.args)
    drafted, refined = painter.asked
    assert refined.quality == "high"
    assert refined.size == drafted.size
    masks = [one.image(InputRole.MASK) for one in (drafted, refined)]
    assert masks[0] is not None
    assert masks[1] is not None
    assert masks[0].png == masks[1].png
    sent = refined.image(InputRole.INPUT)
    assert sent is not None
    middle = opened(sent.png)[105, 150]
    assert np.abs(middle[:3].astype(int) - (150, 120, 90)).max() <= 1
    generator.apply(final.id)
    assert len(document.picture.layers) == 2


def test_savings_compare_with_as_many_finals(
    generator: Generator, desk: Desk, qtbot: QtBot
) -> None:
    run(generator, qtbot, asks(count=3))
    paid = tuple(replace(one, cost_micros=10_000) for one in generator.candidates())
    for one in paid:
        generator._review.put(one)
    offer = generator.edits.final_offer(paid[0].id)
    assert offer is not None
    # Finals are free here: drafts have saved nothing.
    assert offer.saved_micros == 0
    assert "3 drafts $0.01" in offer.sentence
    generator.edits.offer_free(asks())
    qtbot.waitUntil(lambda: generator.candidates()[0].is_local, timeout=PATIENCE_MILLISECONDS)
    assert generator.edits.final_offer(generator.candidates()[0].id) is None


def _paint_below(document: Document, rect: Rect) -> None:
    layer = document.picture.layers[0]
    red = np.zeros((rect.height, rect.width, 4), np.uint8)
    red[:] = (0, 0, 255, 255)
    edits = layer.tiles.with_pixels(rect, red)
    document.do(EditTiles.replacing("Paint", document.picture, layer.id, edits))


def test_a_layer_is_stale_when_what_it_was_made_from_changes(
    generator: Generator, document: Document, painter: PaintingProvider, qtbot: QtBot
) -> None:
    run(generator, qtbot, asks(feather_pixels=0))
    generator.apply(_only(generator).id)
    made = document.picture.layers[1]
    assert made.recipe is not None
    assert (made.recipe.provider, made.recipe.prompt) == ("painting", "a barn")
    assert made.recipe.mask is not None
    assert made.recipe.mask.bounds() == MARKED
    assert generator.edits.stale_check()() == ()
    _paint_below(document, Rect(0, 0, 40, 40))
    (stale,) = generator.edits.stale_check()()
    assert (stale.layer_id, stale.cost_micros, stale.problem) == (made.id, 0, "")
    assert stale.sentence == "Run again: free"
    with qtbot.waitSignal(generator.job_done, timeout=PATIENCE_MILLISECONDS) as waited:
        assert stale.options is not None
        assert generator.edits.run_again(made.id, stale.options)
    (again,) = candidates_of(waited.args)
    assert again.replaces == made.id
    first, second = (one.image(InputRole.INPUT) for one in painter.asked)
    assert first is not None
    assert second is not None
    assert tuple(opened(second.png)[20, 20]) == (255, 0, 0, 255)
    # The layer itself is not part of what it is made from.
    assert (opened(second.png)[105, 150] == opened(first.png)[105, 150]).all()
    generator.apply(again.id)
    assert len(document.picture.layers) == 2
    assert document.picture.layers[1].id != made.id
    assert document.picture.layers[1].name == made.name
    assert generator.edits.stale_check()() == ()
    document.undo()
    assert document.picture.layers[1].id == made.id
    document.undo()
    assert generator.edits.stale_check()() == ()
    with pytest.raises(UsageError):
        generator.edits.run_again(document.picture.layers[0].id, stale.options)


def test_a_layer_whose_provider_is_gone_says_so(
    generator: Generator, document: Document, qtbot: QtBot
) -> None:
    run(generator, qtbot, asks())
    generator.apply(_only(generator).id)
    layer = document.picture.layers[1]
    assert layer.recipe is not None
    layer.recipe = replace(layer.recipe, provider="elsewhere")
    _paint_below(document, Rect(0, 0, 9, 9))
    (stale,) = generator.edits.stale_check()()
    assert stale.cost_micros is None
    assert "elsewhere" in stale.sentence
    layer.recipe = replace(layer.recipe, asked="{")
    (stale,) = generator.edits.stale_check()()
    assert "cannot be read" in stale.problem
