"""What Draft and Final come to is legal for the model and said as it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.providers.model_info import ModelInfo
from aipaint.providers.openai_models import KNOWN_MODELS
from aipaint.providers.request import Operation, Size
from aipaint.providers.size_rule import SizeRule
from aipaint.ui.panels.preset_choice import Preset, meaning_of

_SIDES = st.integers(1, 9000)
_ANY = SizeRule()
_RULES = st.sampled_from(
    [
        SizeRule(),
        SizeRule(fixed=(Size(512, 512), Size(1024, 1024), Size(1536, 1024))),
        SizeRule(multiple=64, max_edge=2048),
        KNOWN_MODELS[0].sizes,
    ]
)


def _model(rule: SizeRule = _ANY, qualities: tuple[str, ...] = ()) -> ModelInfo:
    operations = frozenset({Operation.GENERATE, Operation.EDIT})
    return ModelInfo("m", "p", operations, rule, qualities=qualities)


@given(_RULES, _SIDES, _SIDES, st.sampled_from([Preset.DRAFT, Preset.FINAL]))
def test_the_size_of_a_preset_is_one_the_model_makes(
    rule: SizeRule, width: int, height: int, preset: Preset
) -> None:
    meaning = meaning_of(preset, _model(rule), Operation.GENERATE, Size(width, height))
    assert meaning.size is not None
    assert rule.allows(meaning.size)
    assert f"{meaning.size.width} × {meaning.size.height}" in meaning.sentence


def test_a_draft_is_512_and_a_final_1024_where_the_model_can() -> None:
    frame = Size(2000, 1000)
    draft = meaning_of(Preset.DRAFT, _model(), Operation.GENERATE, frame)
    final = meaning_of(Preset.FINAL, _model(), Operation.GENERATE, frame)
    assert (draft.size, final.size) == (Size(512, 256), Size(1024, 512))
    large = _model(SizeRule(fixed=(Size(1024, 1024),)))
    assert "does not make 512 × 512" in (
        meaning_of(Preset.DRAFT, large, Operation.GENERATE, Size(800, 800)).sentence
    )


@pytest.mark.parametrize(
    ("qualities", "draft", "final"),
    [
        (("low", "medium", "high", "auto"), "low", "high"),
        (("standard", "hd"), "standard", "hd"),
        (("auto", "so-so", "splendid"), "so-so", "splendid"),
        ((), "", ""),
    ],
)
def test_the_quality_is_the_models_own_word(
    qualities: tuple[str, ...], draft: str, final: str
) -> None:
    model = _model(qualities=qualities)
    asked = [
        meaning_of(preset, model, Operation.EDIT, Size(9, 9))
        for preset in (Preset.DRAFT, Preset.FINAL)
    ]
    assert [meaning.quality for meaning in asked] == [draft, final]
    assert all(meaning.size is None for meaning in asked)  # a change is as large as its crop


def test_custom_asks_for_nothing_of_its_own() -> None:
    model = replace(KNOWN_MODELS[0])
    meaning = meaning_of(Preset.CUSTOM, model, Operation.GENERATE, Size(640, 480))
    assert (meaning.quality, meaning.size) == ("", None)
