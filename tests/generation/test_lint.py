"""What will differ is said before the click, and nothing is said where nothing will."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from aipaint.document.picture import Picture
from aipaint.generation.compose import plan_for
from aipaint.generation.lint import lint
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.rect import Rect
from aipaint.providers.model_info import MaskConvention
from aipaint.providers.openai_models import KNOWN_MODELS, find_model
from aipaint.providers.request import InputImage, InputRole, Operation, Size
from aipaint.providers.size_rule import SizeRule
from tests.generation.workshop import photograph, picture_of

TODAY = date(2026, 11, 20)
EDIT = GenerateOptions(Operation.EDIT, "openai", prompt="a barn")
NEW = GenerateOptions(Operation.GENERATE, "openai", prompt="a barn", size=Size(1024, 1024))
MODEL = KNOWN_MODELS[0]
REFERENCE = InputImage(InputRole.REFERENCE, b"", Size(8, 8))


@pytest.fixture(scope="module")
def picture() -> Picture:
    return picture_of(photograph(1152, 864), Rect(200, 150, 140, 110))


def _said(options: GenerateOptions, picture: Picture, **model: Any) -> str:
    return " ".join(lint(options, replace(MODEL, **model), picture, TODAY))


def test_nothing_is_said_where_nothing_differs(picture: Picture) -> None:
    assert lint(NEW, MODEL, picture, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "model", "words"),
    [
        ({"size": Size(1152, 860)}, {}, "1152×860 will be made as 1152×864"),
        ({"seed": 5}, {}, "No seed on this model"),
        ({"seed": 5}, {"has_seed": True}, ""),
        ({"negative_prompt": "fog"}, {}, "becomes a last sentence"),
        ({"negative_prompt": "fog"}, {"folds_negative_prompt": False}, "will not be sent"),
        ({"negative_prompt": "fog"}, {"has_negative_prompt": True}, ""),
        ({"count": 11}, {}, "at most 10"),
        ({"references": (REFERENCE,)}, {"max_references": 0}, "no reference pictures"),
        ({"references": (REFERENCE,) * 3}, {"max_references": 2}, "at most 2 reference"),
        ({"prompt": "x" * 40}, {"prompt_limit": 30}, "10 characters too long"),
        ({}, {"retires_at": "2026-12-01", "replaced_by": "b"}, "in 11 days (2026-12-01): use b"),
        ({}, {"retires_at": "2026-11-20"}, "ends today"),
        ({}, {"retires_at": "2026-11-19"}, "was to end on 2026-11-19"),
        ({}, {"retires_at": "2027-01-01"}, ""),
        ({}, {"retires_at": "soon"}, ""),
        ({}, {"aspect_ratios": ("1:1",)}, "proportions"),
        (
            {"extra": (("background", "transparent"), ("output_format", "jpeg"))},
            {},
            "cannot be transparent",
        ),
        ({"extra": (("output_compression", "50"),)}, {}, "webp and jpeg only"),
    ],
)
def test_a_difference_is_a_sentence(
    picture: Picture, changes: dict[str, Any], model: dict[str, Any], words: str
) -> None:
    said = _said(replace(NEW, **changes), picture, **model)
    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        (MaskConvention.NONE, "takes no mask"),
        (MaskConvention.ALPHA_ZERO, "only advice"),
        (MaskConvention.WHITE, ""),
    ],
)
def test_the_mask_of_an_edit(picture: Picture, mask: MaskConvention, words: str) -> None:
    said = _said(EDIT, picture, mask=mask)
    assert words in said
    assert ("mask" in said) == bool(words)
    assert "mask" not in _said(NEW, picture, mask=mask)


@pytest.mark.parametrize("operation", [Operation.UPSCALE, Operation.CUTOUT])
def test_what_is_made_of_the_whole_says_nothing_of_a_mask(
    picture: Picture, operation: Operation
) -> None:
    options = GenerateOptions(operation, "openai")
    assert "mask" not in _said(options, picture, mask=MaskConvention.NONE)


def test_a_picture_that_is_sent_smaller_says_how_much() -> None:
    large = picture_of(np.zeros((4000, 4000, 4), np.uint8))
    said = " ".join(lint(EDIT, find_model("gpt-image-1.5"), large, TODAY))
    assert "4000×4000 will be sent as 1024×1024, scaled down to 26%" in said


def test_what_cannot_be_planned_is_left_to_the_price(picture: Picture) -> None:
    bare = picture_of(photograph(64, 64))
    assert lint(replace(EDIT, operation=Operation.REMOVE), MODEL, bare, TODAY) == ()


def test_only_under_a_mask_does_a_server_of_small_squares_get_one(picture: Picture) -> None:
    squares = SizeRule(fixed=(Size(512, 512),))
    model = replace(MODEL, sizes=SizeRule(multiple=8), edit_sizes=squares)
    assert plan_for(picture, EDIT, model).sent == Size(512, 512)
    whole = picture_of(photograph(1152, 864))
    assert plan_for(whole, EDIT, model).sent == Size(1152, 864)
    assert "512" not in " ".join(lint(EDIT, model, whole, TODAY))
