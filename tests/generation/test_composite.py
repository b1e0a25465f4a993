"""What comes back is put where it belongs, shows only under the mask, and meets its edge."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aipaint.document.layer import Layer, LayerMask
from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.generation.compose import Composed, compose_request
from aipaint.generation.composite import Fitted, fit_answer
from aipaint.generation.crop_wish import CropWish
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import decode_image
from aipaint.pixels.rect import Rect
from aipaint.pixels.registration import register
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.request import InputRole, Operation, Size
from aipaint.providers.size_rule import SizeRule
from tests.generation.painting_provider import PaintingProvider

_ROCKET = Path(__file__).parents[2] / "resources" / "samples" / "rocket.jpg"
_RULES = (
    SizeRule(),
    SizeRule(multiple=16, min_pixels=4096, max_pixels=40_000, max_ratio=3),
    SizeRule(fixed=(Size(64, 64), Size(96, 64))),
)


def _composed(
    picture: Picture, operation: Operation = Operation.EDIT, sizes: SizeRule | None = None
) -> Composed:
    model = PaintingProvider(lambda rgba, _: rgba, sizes).model("")
    return compose_request(picture, GenerateOptions(operation, "painting", prompt="x"), model)


def _sent(composed: Composed) -> Pixels:
    image = composed.request.image(InputRole.INPUT)
    assert image is not None
    return decode_image(image.png, "sent").rgba.copy()


def _applied(picture: Picture, composed: Composed, fitted: Fitted) -> Pixels:
    """The frame with the layer on top."""
    rect = composed.plan.source
    layer = Layer(tiles=TileMap.from_pixels(fitted.layer, rect.x, rect.y))
    if fitted.coverage is not None:
        layer.mask = LayerMask(TileMap.from_pixels(fitted.coverage, rect.x, rect.y))
    after = picture.snapshot()
    after.layers.append(layer)
    return render_straight(after, picture.frame)


@st.composite
def _masked_pictures(draw: st.DrawFn) -> Picture:
    """Any pixels, half-transparent ones, too, any mask, anywhere on the canvas."""
    width, height = draw(st.integers(1, 300)), draw(st.integers(1, 300))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    rgba = chance.integers(0, 256, (height, width, 4)).astype(np.uint8)
    if draw(st.booleans()):
        rgba[..., 3] = 255
    coverage = np.zeros((height, width), np.uint8)
    for _ in range(draw(st.integers(1, 3))):
        x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
        part = coverage[y : y + draw(st.integers(1, 90)), x : x + draw(st.integers(1, 90))]
        part[:] = chance.integers(1, 256, part.shape) if draw(st.booleans()) else 255
    left, top = draw(st.integers(-700, 700)), draw(st.integers(-700, 700))
    layer = Layer(tiles=TileMap.from_pixels(premultiplied(rgba), left, top))
    mask = TileMap.from_pixels(coverage, left, top)
    return Picture([layer], Rect(left, top, width, height), mask)


@given(
    picture=_masked_pictures(),
    rule=st.sampled_from(_RULES),
    feather=st.integers(0, 40),
    seam=st.sampled_from(SeamFix),
    size=st.tuples(st.integers(1, 400), st.integers(1, 400)),
    seed=st.integers(0, 2**32),
    operation=st.sampled_from((Operation.EDIT, Operation.OUTPAINT, Operation.VARIATIONS)),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_no_byte_changes_outside_the_mask(
    picture: Picture,
    rule: SizeRule,
    feather: int,
    seam: SeamFix,
    size: tuple[int, int],
    seed: int,
    operation: Operation,
) -> None:
    composed = _composed(picture, operation, rule)
    answer = np.random.default_rng(seed).integers(0, 256, (*size, 4)).astype(np.uint8)
    fitted = fit_answer(composed, answer, feather, seam)
    before = render_straight(picture, picture.frame)
    after = _applied(picture, composed, fitted)
    outside = picture.mask.read(picture.frame) == 0
    assert (before[outside] == after[outside]).all()
    assert 0 <= fitted.drift <= 1


@pytest.fixture(scope="module")
def rocket() -> Pixels:
    rgba = decode_image(_ROCKET.read_bytes(), _ROCKET.name).rgba
    small = cv2.resize(rgba, (640, 427), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


_MASK = Rect(250, 150, 140, 120)


def _picture(rgba: Pixels, mask: Rect = _MASK) -> Picture:
    height, width = rgba.shape[:2]
    coverage = TileMap.from_pixels(
        np.full((mask.height, mask.width), 255, np.uint8), mask.x, mask.y
    )
    layer = Layer(tiles=TileMap.from_pixels(premultiplied(rgba)))
    return Picture([layer], Rect(0, 0, width, height), coverage)


def _warped(rgba: Pixels, scale: float, x: float, y: float) -> Pixels:
    height, width = rgba.shape[:2]
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    matrix = np.array(
        [[scale, 0, middle_x * (1 - scale) + x], [0, scale, middle_y * (1 - scale) + y]]
    )
    moved = cv2.warpAffine(rgba, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=2)
    return np.asarray(moved, np.uint8)


@pytest.mark.parametrize(("scale", "x", "y"), [(1.02, 3, 0), (1.02, -2, 2), (1.0, 0, 3)])
def test_a_zoomed_and_shifted_answer_ends_within_half_a_pixel(
    rocket: Pixels, scale: float, x: float, y: float
) -> None:
    composed = _composed(_picture(rocket))
    answer = _warped(_sent(composed), scale, x, y)
    fitted = fit_answer(composed, answer, 4)
    assert fitted.fit is not None
    everywhere = np.ones(composed.coverage.shape, bool)
    left = register(fitted.fit.answer, composed.source, everywhere)
    assert left.is_confident
    zoom = abs(left.scale - 1) * max(everywhere.shape) / 2
    assert zoom + max(abs(left.shift_x), abs(left.shift_y)) < 0.5
    assert "was undone" in fitted.moved
    assert fitted.moved in fitted.warnings
    still = fit_answer(composed, _sent(composed), 4)
    assert (still.moved, still.warnings, still.drift) == ("", (), 0)


def test_what_cannot_be_told_is_said(rocket: Pixels) -> None:
    composed = _composed(_picture(rocket))
    answer = np.random.default_rng(3).integers(0, 256, _sent(composed).shape).astype(np.uint8)
    fitted = fit_answer(composed, answer, 4)
    assert fitted.moved == ""
    (said,) = fitted.warnings
    assert "cannot be told" in said
    assert fitted.drift > 0.9
    assert fitted.changed_levels > 40


def test_drift_is_the_share_and_the_size_of_what_changed_outside(rocket: Pixels) -> None:
    composed = _composed(_picture(rocket))
    answer = _sent(composed)
    answer[_MASK.slices(Rect(0, 0, 640, 427))] = 0
    answer[300:400, :100, :3] ^= 128  # all of it by 128 levels
    fitted = fit_answer(composed, answer, 4)
    share = 100 * 100 / (640 * 427 - _MASK.area)
    assert fitted.drift == pytest.approx(share, abs=1e-4)
    assert fitted.changed_levels == 128


@pytest.mark.parametrize("way", [SeamFix.COLOR, SeamFix.POISSON])
def test_a_tinted_answer_meets_its_edge_by_more_than_half(rocket: Pixels, way: SeamFix) -> None:
    composed = _composed(_picture(rocket))
    tinted = _sent(composed).astype(np.float32)
    tinted[..., :3] = tinted[..., :3] * 0.8 + np.array([30, 10, -14])
    answer = np.clip(tinted, 0, 255).astype(np.uint8)
    plain = fit_answer(composed, answer, 0)
    fixed = fit_answer(composed, answer, 0, way)
    own = fit_answer(composed, _sent(composed), 0).edge_after
    assert own is not None
    assert plain.edge_before is not None
    assert fixed.edge_after is not None
    assert plain.edge_after == plain.edge_before == fixed.edge_before
    assert plain.edge_before - own > 4
    assert fixed.edge_after - own < (plain.edge_before - own) / 2


@pytest.mark.parametrize("size", [(640, 427), (900, 427), (333, 900)])
@pytest.mark.parametrize("wish", [CropWish.WHOLE, CropWish.TIGHT])
def test_an_answer_of_another_shape_is_never_stretched(
    rocket: Pixels, size: tuple[int, int], wish: CropWish
) -> None:
    """A disc stays a disc."""
    model = PaintingProvider(lambda rgba, _: rgba, SizeRule(multiple=16, max_pixels=50_000))
    options = GenerateOptions(Operation.EDIT, "painting", prompt="x", crop=wish)
    picture = _picture(rocket[::2, ::2], Rect(125, 75, 70, 60))
    composed = compose_request(picture, options, model.model(""))
    width, height = size
    answer = np.full((height, width, 4), 255, np.uint8)
    radius = min(width, height) * 0.2
    rows, columns = np.mgrid[:height, :width]
    is_disc = np.hypot(columns - (width - 1) / 2, rows - (height - 1) / 2) < radius
    answer[is_disc, :3] = 0
    fitted = fit_answer(composed, answer, 0)
    assert fitted.fit is not None
    found = fitted.fit.answer[..., 0] < 128
    across, down = (
        np.ptp(np.flatnonzero(found.any(axis=0))),
        np.ptp(np.flatnonzero(found.any(axis=1))),
    )
    assert across > 10
    assert across == pytest.approx(down, rel=0.02, abs=2)


def test_without_a_mask_there_is_neither_edge_nor_alignment(rocket: Pixels) -> None:
    picture = _picture(rocket)
    picture.mask = TileMap(picture.mask.format)
    composed = _composed(picture)
    fitted = fit_answer(composed, _warped(_sent(composed), 1.02, 3, 0), 4, SeamFix.POISSON)
    assert (fitted.coverage, fitted.fit, fitted.edge_before, fitted.moved) == (None, None, None, "")
    assert fitted.drift == 0


def test_half_transparent_pixels_go_on_into_what_is_painted_on(rocket: Pixels) -> None:
    """Soft edges of the picture stay what they are, with the new pixels below them."""
    soft = rocket.copy()
    soft[:, 500:, 3] = 0
    soft[:, 480:500, 3] = 128
    picture = _without_mask(_picture(soft))
    composed = _composed(picture, Operation.OUTPAINT)
    answer = _sent(composed)
    answer[:, 480:, :3] = (10, 200, 30)
    answer[..., 3] = 255
    after = _applied(picture, composed, fit_answer(composed, answer, 12))
    assert (after[:, :480] == soft[:, :480]).all()
    assert (after[..., 3] == 255).all()
    assert (after[:, 500:, :3] == (10, 200, 30)).all()
    expected = (soft[:, 480:500, :3].astype(float) + np.array((10, 200, 30))) / 2
    assert np.abs(after[:, 480:500, :3] - expected).max() <= 3


def _without_mask(picture: Picture) -> Picture:
    """The same picture without a mask."""
    picture.mask = TileMap(picture.mask.format)
    return picture


def test_never_sent_pixels_stay_also_under_a_seam_fix(rocket: Pixels) -> None:
    composed = _composed(_picture(rocket))
    hidden = np.zeros(composed.coverage.shape, np.uint8)
    hidden[150:200, 250:300] = 255
    kept = replace(composed, hidden=hidden, coverage=np.where(hidden > 0, 0, composed.coverage))
    answer = np.full_like(_sent(composed), 90)
    fitted = fit_answer(kept, answer, 4, SeamFix.POISSON)
    assert fitted.coverage is not None
    assert not fitted.coverage[hidden > 0].any()
