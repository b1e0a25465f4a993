"""Selection and named areas in an .ora file: they come back, and damage to them is told."""

import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from aipaint.document.picture import Picture, blank_picture
from aipaint.pixels.area import is_same_area, rectangle_area
from aipaint.pixels.outline_fill import ellipse_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects.ora_read import read_ora
from aipaint.projects.ora_write import save_ora


def _picture() -> Picture:
    picture = blank_picture(300, 200)
    picture.frame = Rect(40, -30, 300, 200)
    picture.selection = ellipse_area(-500, -40, 700, 90)
    picture.kept = {"sky": rectangle_area(Rect(-9, -8, 70, 60)), "sun & <moon>": picture.selection}
    return picture


def _rewritten(path: Path, change: dict[str, object]) -> Path:
    """The same file with other words in its document.json."""
    other = path.with_name("other.ora")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "aipaint/document.json":
                data = json.dumps({**json.loads(data), **change}).encode()
            new.writestr(name, data)
    return other


def test_selection_and_names_come_back(tmp_path: Path) -> None:
    picture = _picture()
    save_ora(picture, tmp_path / "a.ora")
    opened = read_ora(tmp_path / "a.ora")
    assert not opened.notes
    assert opened.picture.selection is not None
    assert picture.selection is not None
    assert is_same_area(opened.picture.selection, picture.selection)
    assert list(opened.picture.kept) == list(picture.kept)
    for name, area in picture.kept.items():
        assert is_same_area(opened.picture.kept[name], area)


def test_without_a_selection_everything_stays_selected(tmp_path: Path) -> None:
    save_ora(blank_picture(30, 20), tmp_path / "a.ora")
    picture = read_ora(tmp_path / "a.ora").picture
    assert picture.selection is None
    assert not picture.kept


def test_far_apart_parts_of_an_area_are_kept_without_the_desert_between(tmp_path: Path) -> None:
    picture = blank_picture(30, 20)
    far = rectangle_area(Rect(-90_000, 0, 10, 10))
    far.swap({(900, 900): rectangle_area(Rect(900 * 256, 900 * 256, 256, 256)).get((900, 900))})
    picture.kept = {"far": far}
    save_ora(picture, tmp_path / "a.ora")
    assert (tmp_path / "a.ora").stat().st_size < 100_000
    assert is_same_area(read_ora(tmp_path / "a.ora").picture.kept["far"], far)


def test_a_file_of_the_first_version_has_neither(tmp_path: Path) -> None:
    save_ora(_picture(), tmp_path / "a.ora")
    with zipfile.ZipFile(tmp_path / "a.ora") as archive:
        document = json.loads(archive.read("aipaint/document.json"))
    old = {key: document[key] for key in ("version", "frame", "masks", "active_layer")}
    path = _rewritten(tmp_path / "a.ora", {"selection": None, "kept": []})
    assert old["frame"] == [40, -30, 300, 200]
    picture = read_ora(path).picture
    assert picture.frame == Rect(40, -30, 300, 200)
    assert picture.selection is None


def test_a_missing_part_is_told_by_name_and_the_rest_is_there(tmp_path: Path) -> None:
    save_ora(_picture(), tmp_path / "a.ora")
    gone = [{"src": "aipaint/nowhere.png", "x": 0, "y": 0}]
    kept = [{"name": "lost", "pieces": gone}]
    opened = read_ora(_rewritten(tmp_path / "a.ora", {"selection": gone, "kept": kept}))
    assert any("selection was left out" in note for note in opened.notes)
    assert any("'lost' was left out" in note for note in opened.notes)
    assert opened.picture.selection is None


@given(st.recursive(st.none() | st.integers() | st.text(max_size=4), st.lists, max_leaves=6))
def test_nonsense_for_areas_never_stops_the_opening(nonsense: object) -> None:
    with TemporaryDirectory() as folder:
        save_ora(blank_picture(4, 4), Path(folder) / "a.ora")
        for key in ("selection", "kept"):
            path = _rewritten(Path(folder) / "a.ora", {key: nonsense})
            assert read_ora(path).picture.frame.width == 4


def test_a_tile_map_of_its_own_is_made_for_each_name(tmp_path: Path) -> None:
    save_ora(_picture(), tmp_path / "a.ora")
    picture = read_ora(tmp_path / "a.ora").picture
    maps: list[TileMap] = list(picture.kept.values())
    assert maps[0] is not maps[1]
    assert maps[1] is not picture.selection
