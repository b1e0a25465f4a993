"""Opening OpenRaster files of other programs, damaged ones and hostile ones."""

import io
import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.errors import UnreadableFileError
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects.ora_read import read_ora
from aipaint.projects.ora_write import save_ora


def _png(color: tuple[int, ...] = (255, 0, 0, 255), size: tuple[int, int] = (8, 6)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", size, color).save(buffer, "PNG")
    return buffer.getvalue()


def _ora(path: Path, stack: str | bytes, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", stack)
        for name, data in {"a": _png(), **members}.items():
            archive.writestr(f"data/{name}.png", data)
    return path


def _image(body: str, attributes: str = 'w="20" h="10"') -> str:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><image {attributes}><stack>{body}</stack></image>"
    )


def test_groups_as_krita_writes_them_stay_groups(tmp_path: Path) -> None:
    body = """
      <stack name="Group" opacity="0.5" composite-op="svg:src-over" visibility="visible" x="0">
        <layer name="inner top" src="data/a.png" x="1" y="2" opacity="0.5" composite-op="svg:add"/>
        <stack visibility="hidden"><layer name="deep" src="data/a.png"/></stack>
      </stack>
      <layer name="bottom" src="data/a.png" x="-3" y="-4" composite-op="krita:greater"
             edit-locked="true"/>"""
    opened = read_ora(_ora(tmp_path / "k.ora", _image(body)))
    bottom, deep, inner, top, group = opened.picture.layers
    assert (bottom.name, deep.name, top.name) == ("bottom", "deep", "inner top")
    assert (group.is_group, group.style.opacity, group.group_id) == (True, 0.5, "")
    assert top.group_id == inner.group_id == group.id
    assert (inner.name, inner.style.is_visible, deep.group_id) == ("Group", False, inner.id)
    assert (top.style.opacity, top.style.blend_mode) == (0.5, BlendMode.PLUS)
    assert top.tiles.bounds() == Rect(1, 2, 8, 6)
    assert bottom.style == LayerStyle("bottom", 1.0, BlendMode.NORMAL, True, True)
    assert bottom.tiles.bounds() == Rect(-3, -4, 8, 6)
    assert opened.picture.frame == Rect(0, 0, 20, 10)
    (note,) = opened.notes
    assert "krita:greater" in note


@pytest.mark.parametrize(
    ("attributes", "is_open"),
    [
        ('isolation="auto"', True),
        ("", True),  # the default of OpenRaster
        ('isolation="isolate"', False),
        ('isolation="auto" opacity="0.5"', False),  # met as one, says the standard
        ('isolation="auto" composite-op="svg:multiply"', False),
    ],
)
def test_groups_of_other_programs_are_open_where_openraster_says_so(
    tmp_path: Path, attributes: str, is_open: bool
) -> None:
    layer = '<layer src="data/a.png" composite-op="svg:multiply"/>'
    opened = read_ora(_ora(tmp_path / "a.ora", _image(f"<stack {attributes}>{layer}</stack>")))
    inside, group = opened.picture.layers
    assert (group.style.is_pass_through, inside.style.is_pass_through) == (is_open, False)
    assert not opened.notes


def test_damaged_pixels_under_a_mask_leave_what_shows(tmp_path: Path) -> None:
    path = _ora(tmp_path / "a.ora", _image('<layer src="data/a.png"/>'), b=_png()[:40])
    mask = {"pieces": [], "open": True, "enabled": True}
    beside = {
        "frame": [0, 0, 20, 10],
        "masks": [],
        "active_layer": 0,
        "layers": [{"mask": mask, "pixels": [{"src": "data/b.png", "x": 0, "y": 0}]}],
    }
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("aipaint/document.json", json.dumps(beside))
    opened = read_ora(path)
    (layer,) = opened.picture.layers
    assert layer.tiles.bounds() == Rect(0, 0, 8, 6)
    assert layer.mask is None
    assert any("hides was left out" in note for note in opened.notes)


def test_mypaint_marks_its_selected_layer(tmp_path: Path) -> None:
    plain = '<layer src="data/a.png"/>'
    body = plain + '<layer src="data/a.png" selected="true"/>' + plain
    picture = read_ora(_ora(tmp_path / "m.ora", _image(body))).picture
    assert picture.index_of(picture.active_layer_id) == 1


def test_layers_that_gimp_leaves_bare_get_defaults(tmp_path: Path) -> None:
    opened = read_ora(_ora(tmp_path / "g.ora", _image('<layer src="data/a.png"/>')))
    assert opened.picture.layers[0].style == LayerStyle("Layer")
    assert opened.notes == ()


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "two", "1e999", ""])
def test_odd_numbers_are_tamed(tmp_path: Path, value: str) -> None:
    body = f'<layer src="data/a.png" opacity="{value}" x="{value}" y="99999999999"/>'
    opened = read_ora(_ora(tmp_path / "a.ora", _image(body, f'w="{value}" h="9999999999"')))
    layer = opened.picture.layers[0]
    assert 0 <= layer.style.opacity <= 1
    assert not opened.picture.frame.is_empty
    assert opened.picture.frame.area < 1000
    assert any("far away" in note for note in opened.notes)


def test_one_damaged_layer_does_not_take_the_others_along(tmp_path: Path) -> None:
    body = '<layer name="Ink" src="data/b.png"/><layer src="data/a.png"/><layer src="../etc"/>'
    opened = read_ora(_ora(tmp_path / "a.ora", _image(body), b=_png()[:50]))
    assert len(opened.picture.layers) == 1
    assert any("'Ink' was left out" in note for note in opened.notes)


def test_no_readable_layer_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="No layer"):
        read_ora(_ora(tmp_path / "a.ora", _image('<layer src="data/gone.png"/>')))


@pytest.mark.parametrize(
    "stack",
    [
        b"",
        b"<image>",
        b"<svg/>",
        b"<image w='1' h='1'/>",
        b"\xff\xfe\x00",
        b"<!DOCTYPE image [<!ENTITY a 'aaaa'>]><image w='1' h='1'><stack name='&a;'/></image>",
        "<!DOCTYPE image SYSTEM 'x'><image><stack/></image>".encode("utf-16"),
        b"<image><stack>" + b"<stack>" * 200_000,
        b"<image><stack>" + b"<layer/>" * 100_000 + b"</stack></image>",
        b"<?xml version='1.0' encoding='klingon'?><image><stack/></image>",
    ],
)
def test_a_bad_stack_is_one_sentence(tmp_path: Path, stack: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"a\.ora"):
        read_ora(_ora(tmp_path / "a.ora", stack))


def test_files_that_are_no_openraster(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    path.write_bytes(b"this is text")
    with pytest.raises(UnreadableFileError, match="no OpenRaster"):
        read_ora(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/x-krita")
    with pytest.raises(UnreadableFileError, match="not an OpenRaster"):
        read_ora(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hi")
    with pytest.raises(UnreadableFileError, match="missing"):
        read_ora(path)
    with pytest.raises(UnreadableFileError, match="does not exist"):
        read_ora(tmp_path / "gone.ora")
    with pytest.raises(UnreadableFileError, match="not a file"):
        read_ora(tmp_path)


def test_duplicate_members_are_refused(tmp_path: Path) -> None:
    path = _ora(tmp_path / "a.ora", _image('<layer src="data/a.png"/>'))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("stack.xml", "<image/>")
    with pytest.raises(UnreadableFileError, match="two members"):
        read_ora(path)


def test_a_zip_bomb_is_stopped_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", b" " * (40 * 1024**2))
    with pytest.raises(UnreadableFileError, match="unpacks to more"):
        read_ora(path)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stack.xml", b" " * 100_000)
    data = path.read_bytes().replace(struct.pack("<I", 100_000), struct.pack("<I", 10))
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError):
        read_ora(path)


def _saved(path: Path) -> bytes:
    pixels = np.full((9, 9, 4), 255, np.uint8)
    picture = Picture([Layer(tiles=TileMap.from_pixels(pixels))], Rect(2, 3, 9, 9))
    picture.mask = TileMap.from_pixels(np.full((2, 2), 9, np.uint8))
    save_ora(picture, path)
    return path.read_bytes()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8), st.floats(0, 1))
def test_damage_anywhere_is_survived(
    tmp_path: Path, damage: list[tuple[int, int]], share: float
) -> None:
    path = tmp_path / "a.ora"
    data = bytearray(_saved(path))
    for position, value in damage:
        data[position % len(data)] = value
    path.write_bytes(data[: int(len(data) * share) + 1] if share < 0.5 else data)
    try:
        opened = read_ora(path)
    except UnreadableFileError:
        return
    assert opened.picture.layers


@pytest.mark.parametrize(
    "document",
    [
        "[]",
        "{}",
        "nonsense",
        json.dumps({"frame": [0, 0, 10**9, 1], "masks": [], "active_layer": 0}),
        json.dumps({"frame": [0, 0, "a", 1], "masks": [], "active_layer": 0}),
        json.dumps({"frame": [0, 0, 5, 5], "masks": [{"src": 1}], "active_layer": 0}),
        "[" * 100_000,
    ],
)
def test_an_odd_document_file_costs_frame_and_mask_only(tmp_path: Path, document: str) -> None:
    path = _ora(tmp_path / "a.ora", _image('<layer src="data/a.png"/>'))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("aipaint/document.json", document)
    opened = read_ora(path)
    assert opened.picture.frame == Rect(0, 0, 20, 10)
    assert any("frame and mask" in note for note in opened.notes)


def test_a_missing_mask_is_a_note(tmp_path: Path) -> None:
    path = _ora(tmp_path / "a.ora", _image('<layer src="data/a.png"/>'))
    masks = [{"src": "aipaint/mask.png", "x": 0, "y": 0}]
    with zipfile.ZipFile(path, "a") as archive:
        document = {"frame": [0, 0, 5, 5], "masks": masks, "active_layer": 7}
        archive.writestr("aipaint/document.json", json.dumps(document))
    opened = read_ora(path)
    assert opened.picture.frame == Rect(0, 0, 5, 5)
    assert any("mask was left out" in note for note in opened.notes)
    assert opened.picture.active_layer is opened.picture.layers[0]
