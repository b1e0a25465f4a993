"""How a layer was made is saved with it; nonsense there costs the recipe and nothing else."""

import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.document.recipe import Recipe
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects import ora_names
from aipaint.projects.ora_read import read_ora
from aipaint.projects.ora_recipe import parse_recipe
from aipaint.projects.ora_write import save_ora

_TEXT = st.text(max_size=20)
_NUMBERS = st.integers(-5000, 5000)


@st.composite
def _recipes(draw: st.DrawFn) -> Recipe:
    mask = None
    if draw(st.booleans()):
        coverage = np.full((draw(st.integers(1, 9)), draw(st.integers(1, 9))), 200, np.uint8)
        mask = TileMap.from_pixels(coverage, draw(_NUMBERS), draw(_NUMBERS))
    return Recipe(
        job_id=draw(_TEXT),
        candidate_id=draw(_TEXT),
        candidate_ids=tuple(draw(st.lists(_TEXT, max_size=3))),
        operation=draw(_TEXT),
        provider=draw(_TEXT),
        model=draw(_TEXT),
        prompt=draw(_TEXT),
        cost_micros=draw(st.integers(0, 10**9)),
        crop=Rect(draw(_NUMBERS), draw(_NUMBERS), draw(_NUMBERS), draw(_NUMBERS)),
        input_hash=draw(_TEXT),
        asked=draw(_TEXT),
        mask=mask,
    )


def _picture(recipe: Recipe | None) -> Picture:
    layer = Layer(tiles=TileMap.from_pixels(np.full((4, 4, 4), 255, np.uint8)), recipe=recipe)
    return Picture([Layer(), layer], Rect(0, 0, 4, 4))


def _plain(recipe: Recipe) -> dict[str, object]:
    return {name: value for name, value in vars(recipe).items() if name != "mask"}


@given(_recipes())
@settings(deadline=None, max_examples=25)
def test_a_recipe_comes_back_as_it_was(recipe: Recipe) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ora"
        save_ora(_picture(recipe), path)
        bottom, top = read_ora(path).picture.layers
    assert bottom.recipe is None
    assert top.recipe is not None
    assert _plain(top.recipe) == _plain(recipe)
    assert (top.recipe.mask is None) == (recipe.mask is None)
    if top.recipe.mask is not None and recipe.mask is not None:
        area = recipe.mask.bounds()
        assert top.recipe.mask.bounds() == area
        assert (top.recipe.mask.read(area) == recipe.mask.read(area)).all()


_NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@given(_NONSENSE, st.sampled_from(sorted(vars(_picture(None).layers[0]).keys() | {"crop", "mask"})))
def test_nonsense_is_no_recipe_and_no_error(nonsense: object, key: str) -> None:
    parse_recipe(nonsense)
    parse_recipe({key: nonsense})


@pytest.mark.parametrize(
    "change",
    [
        {"cost_micros": -1},
        {"cost_micros": "1"},
        {"crop": [1, 2, 3]},
        {"crop": [1, 2, 3, 10**9]},
        {"prompt": 5},
        {"candidate_ids": 7},
        {"mask": [{"src": 1}]},
        {"asked": "x" * 100_001},
    ],
)
def test_one_bad_value_costs_the_recipe_and_not_the_layer(
    tmp_path: Path, change: dict[str, object]
) -> None:
    recipe = Recipe("j", "c", ("c",), "edit", "p", "m", "w", 5, Rect(0, 0, 4, 4), "h", "{}")
    path, damaged = tmp_path / "a.ora", tmp_path / "b.ora"
    save_ora(_picture(recipe), path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(damaged, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == ora_names.DOCUMENT:
                document = json.loads(data)
                document["layers"][1]["recipe"] |= change
                data = json.dumps(document).encode()
            new.writestr(entry, data)
    opened = read_ora(damaged).picture.layers[1]
    assert opened.recipe is None
    assert len(opened.tiles) == 1
