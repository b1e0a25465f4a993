"""The preset files: what is shipped says what the models need, and a broken one is named."""

from pathlib import Path

import pytest

from aipaint.ledger.price import PriceRequest
from aipaint.ledger.price_book import PriceBook
from aipaint.providers.model_info import MaskConvention
from aipaint.providers.replicate_presets import PresetError, load_presets
from aipaint.providers.request import Operation, Size
from tests.providers.replicate_setup import PRESETS

RESOURCES = Path(__file__).parents[2] / "resources"
_BY_ID = {preset.info.id: preset for preset in PRESETS}


def test_the_first_is_the_default_and_does_the_main_things() -> None:
    first = PRESETS[0].info
    assert {Operation.EDIT, Operation.GENERATE, Operation.OUTPAINT} <= first.operations
    assert first.mask is MaskConvention.WHITE
    names = {field.name for field in first.options or ()}
    assert {"prompt_strength", "num_inference_steps", "guidance_scale", "scheduler"} <= names


def test_every_kind_of_work_has_a_preset() -> None:
    done = {operation for preset in PRESETS for operation in preset.info.operations}
    assert done == set(Operation) - {Operation.REFINE}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.info.id)
def test_a_preset_hangs_together_and_has_a_price(preset: object) -> None:
    model = _BY_ID[preset.info.id]  # type: ignore[attr-defined]
    info = model.info
    assert info.operations
    assert (info.mask is MaskConvention.NONE) == (not model.wiring.mask)
    assert bool(model.wiring.prompt) == bool(info.needs_prompt or model.default_prompt)
    assert info.max_count == 1 or model.wiring.count
    options = {field.name: field for field in info.options or ()}
    assert not set(options) & {name for name, _ in info.taken}
    for name, value in model.always:
        if name in options:
            assert options[name].value_of(str(value)) == value
    assert {name for name, _ in model.versions_with} <= set(options)
    book = PriceBook.load(RESOURCES / "prices.toml")
    size = info.sizes.canvas_for(Size(1024, 768))[0]
    ask = PriceRequest("replicate", info.id, "edit", size.width, size.height, input_images=1)
    estimate = book.estimate(ask)
    assert 0 < estimate.micros < 100_000
    is_time = book.cost_source("replicate", info.id).value == "time"
    assert is_time == model.is_billed_by_time


_GOOD = """
id = "a/b"
label = "B"
operations = ["generate"]
billed_by = "time"
[fields]
prompt = "prompt"
"""


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('label = "B"', "colour = 1", "colour"),
        ('label = "B"', "", "label"),
        ('label = "B"', 'label = "B"\nversion = "abc"', "version"),
        ('["generate"]', '["fly"]', "fly"),
        ('"time"', '"word"', "word"),
        ('"time"', '"time"\nmask = "grey"', "grey"),
        ('prompt = "prompt"', "brush = 1", "brush"),
        ('prompt = "prompt"', '[[options]]\nname = "x"\nkind = "choice"', "x"),
        ('prompt = "prompt"', '[[options]]\nname = "x"\nkind = "color"', "color"),
        ("[fields]", "[sizes]\nmost = 3\n[fields]", "most"),
        ("[fields]", "= 3", "line"),
    ],
)
def test_a_broken_preset_is_named(tmp_path: Path, old: str, new: str, word: str) -> None:
    path = tmp_path / "10-b.toml"
    path.write_text(_GOOD)
    assert load_presets(tmp_path)[0].info.id == "a/b"
    path.write_text(_GOOD.replace(old, new))
    with pytest.raises(PresetError) as caught:
        load_presets(tmp_path)
    assert "10-b.toml" in caught.value.message
    assert word in caught.value.message
