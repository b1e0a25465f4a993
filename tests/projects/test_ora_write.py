"""Saving OpenRaster: the law that nothing differs after opening, and what other programs need."""

import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.render import render, render_straight
from aipaint.errors import StorageError
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects.open_file import open_picture
from aipaint.projects.ora_write import save_ora

_OFFSETS = st.integers(-700, 700)
_SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=20)
_XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)


@st.composite
def _layers(draw: st.DrawFn) -> Layer:
    rgba = draw(_SHAPES.flatmap(lambda shape: arrays.arrays(np.uint8, (*shape, 4))))
    style = LayerStyle(
        name=draw(_XML_TEXT),
        opacity=draw(st.floats(0, 1)),
        blend_mode=draw(st.sampled_from(BlendMode)),
        is_visible=draw(st.booleans()),
        is_locked=draw(st.booleans()),
        is_alpha_locked=draw(st.booleans()),
        is_clipped=draw(st.booleans()),
    )
    tiles = TileMap.from_pixels(premultiplied(rgba), draw(_OFFSETS), draw(_OFFSETS))
    return Layer(style, tiles, mask=draw(st.none() | _masks()))


@st.composite
def _masks(draw: st.DrawFn) -> LayerMask:
    coverage = draw(_SHAPES.flatmap(lambda shape: arrays.arrays(np.uint8, shape)))
    tiles = TileMap.from_pixels(coverage, draw(_OFFSETS), draw(_OFFSETS))
    return LayerMask(OpenArea.without(tiles) if draw(st.booleans()) else tiles, draw(st.booleans()))


def _grouped(draw: st.DrawFn, layers: list[Layer]) -> list[Layer]:
    """Some of the layers in groups, some groups in groups."""
    for number in range(draw(st.integers(0, 2))):
        lowest = draw(st.integers(0, len(layers) - 1))
        block = layers[lowest:]
        if any(layer.group_id != block[0].group_id for layer in block):
            continue
        group = Layer(
            LayerStyle(
                f"Group {number}",
                draw(st.sampled_from([1.0, 0.3])),
                is_pass_through=draw(st.booleans()),
            ),
            mask=draw(st.none() | _masks()),
            is_group=True,
            group_id=block[0].group_id,
        )
        for layer in block:
            layer.group_id = group.id
        layers = [*layers, group]
    return layers


@st.composite
def _pictures(draw: st.DrawFn) -> Picture:
    layers = _grouped(draw, draw(st.lists(_layers(), min_size=1, max_size=4)))
    coverage = draw(_SHAPES.flatmap(lambda shape: arrays.arrays(np.uint8, shape)))
    mask = TileMap.from_pixels(coverage, draw(_OFFSETS), draw(_OFFSETS))
    frame = Rect(draw(_OFFSETS), draw(_OFFSETS), draw(st.integers(1, 90)), draw(st.integers(1, 90)))
    return Picture(layers, frame, mask, draw(st.sampled_from(layers)).id)


def _assert_same_tiles(one: TileMap, other: TileMap) -> None:
    assert set(one) == set(other)
    for key in one:
        mine, theirs = one.get(key), other.get(key)
        assert (mine is None) == (theirs is None)  # None is listed where an open area is empty
        if mine is not None and theirs is not None:
            assert np.array_equal(mine.pixels, theirs.pixels)


def _assert_same_mask(mine: LayerMask | None, theirs: LayerMask | None) -> None:
    assert (mine is None) == (theirs is None)
    if mine is not None and theirs is not None:
        assert mine.is_enabled == theirs.is_enabled
        assert type(mine.tiles) is type(theirs.tiles)
        _assert_same_tiles(mine.tiles, theirs.tiles)


def _place(picture: Picture, layer_id: str) -> int:
    return picture.index_of(layer_id) if layer_id else -1


def _assert_same(one: Picture, other: Picture) -> None:
    assert [layer.style for layer in one.layers] == [layer.style for layer in other.layers]
    for mine, theirs in zip(one.layers, other.layers, strict=True):
        _assert_same_tiles(mine.tiles, theirs.tiles)
        _assert_same_mask(mine.mask, theirs.mask)
        assert mine.is_group == theirs.is_group
        groups = [_place(one, mine.group_id), _place(other, theirs.group_id)]
        assert groups[0] == groups[1]
    assert one.is_mask_active == other.is_mask_active
    _assert_same_tiles(one.mask, other.mask)
    assert one.frame == other.frame
    assert one.index_of(one.active_layer_id) == other.index_of(other.active_layer_id)


@given(_pictures())
@settings(deadline=None, max_examples=60)
def test_saving_and_opening_changes_nothing(picture: Picture) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ora"
        save_ora(picture.snapshot(), path)
        _assert_same(picture, open_picture(path))


def _two_layers() -> Picture:
    red: npt.NDArray[np.uint8] = np.zeros((30, 40, 4), np.uint8)
    red[...] = (0, 0, 255, 255)
    green: npt.NDArray[np.uint8] = np.zeros((10, 10, 4), np.uint8)
    green[...] = (0, 128, 0, 128)
    layers = [
        Layer(LayerStyle("Back"), TileMap.from_pixels(red, 100, 50)),
        Layer(LayerStyle("Front", 0.5), TileMap.from_pixels(green, 95, 45)),
    ]
    return Picture(layers, Rect(100, 50, 40, 30))


def test_the_file_is_laid_out_as_other_programs_expect(tmp_path: Path) -> None:
    picture = _two_layers()
    save_ora(picture, tmp_path / "a.ora")
    with zipfile.ZipFile(tmp_path / "a.ora") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"image/openraster"
        image = ElementTree.fromstring(archive.read("stack.xml"))
        assert (image.get("w"), image.get("h")) == ("40", "30")
        layers = image.findall("stack/layer")
        assert [layer.get("name") for layer in layers] == ["Front", "Back"]  # top first
        assert [(layer.get("x"), layer.get("y")) for layer in layers] == [("-5", "-5"), ("0", "0")]
        assert layers[0].get("opacity") == "0.5"
        assert layers[0].get("composite-op") == "svg:src-over"
        front = Image.open(io.BytesIO(archive.read(layers[0].get("src") or "")))
        assert front.convert("RGBA").getpixel((0, 0)) == (0, 255, 0, 128)
        merged = np.array(Image.open(io.BytesIO(archive.read("mergedimage.png"))).convert("RGBA"))
        assert np.array_equal(merged, render_straight(picture, picture.frame))
        thumbnail = Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png")))
        assert thumbnail.size == (40, 30)


def test_the_thumbnail_of_a_large_picture_fits_256(tmp_path: Path) -> None:
    pixels = np.full((500, 1000, 4), 255, np.uint8)
    save_ora(
        Picture([Layer(tiles=TileMap.from_pixels(pixels))], Rect(0, 0, 1000, 500)), tmp_path / "a"
    )
    with zipfile.ZipFile(tmp_path / "a") as archive:
        assert Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png"))).size == (256, 128)


def test_an_empty_document_survives(tmp_path: Path) -> None:
    picture = blank_picture(64, 48)
    save_ora(picture, tmp_path / "a.ora")
    _assert_same(picture, open_picture(tmp_path / "a.ora"))


def test_two_dots_very_far_apart_are_saved_without_the_desert_between(tmp_path: Path) -> None:
    dot = np.full((3, 3, 4), 255, np.uint8)
    tiles = TileMap.from_pixels(dot, -200_000, 5)
    far = Rect(300_000, 400_000, 3, 3)
    tiles.swap(tiles.with_pixels(far, dot))
    picture = Picture([Layer(LayerStyle("Dots", 0.25), tiles)], Rect(0, 0, 10, 10))
    save_ora(picture, tmp_path / "a.ora")
    assert (tmp_path / "a.ora").stat().st_size < 20_000
    _assert_same(picture, open_picture(tmp_path / "a.ora"))


def test_a_name_that_xml_cannot_hold_does_not_stop_the_saving(tmp_path: Path) -> None:
    picture = Picture([Layer(LayerStyle("a\x00b\x1f\ud800<&\"'\n"))], Rect(0, 0, 2, 2))
    save_ora(picture, tmp_path / "a.ora")
    assert open_picture(tmp_path / "a.ora").layers[0].name == "a\ufffdb\ufffd\ufffd<&\"'\n"


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    save_ora(_two_layers(), tmp_path / "a.ora")
    save_ora(_two_layers(), tmp_path / "b.ora")
    assert (tmp_path / "a.ora").read_bytes() == (tmp_path / "b.ora").read_bytes()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="folder does not exist"):
        save_ora(_two_layers(), tmp_path / "gone" / "a.ora")


def test_the_mask_lies_beside_and_is_not_part_of_the_picture(tmp_path: Path) -> None:
    picture = _two_layers()
    before = render(picture, picture.frame)
    picture.mask = TileMap.from_pixels(np.full((4, 5), 77, np.uint8), -3, -9)
    save_ora(picture, tmp_path / "a.ora")
    with zipfile.ZipFile(tmp_path / "a.ora") as archive:
        document = json.loads(archive.read("aipaint/document.json"))
        assert document["frame"] == [100, 50, 40, 30]
        assert document["masks"] == [{"src": "aipaint/mask.png", "x": -3, "y": -9}]
        assert Image.open(io.BytesIO(archive.read("aipaint/mask.png"))).getpixel((0, 0)) == 77
    opened = open_picture(tmp_path / "a.ora")
    assert np.array_equal(render(opened, opened.frame), before)


def test_groups_are_stacks_and_other_programs_see_what_a_mask_lets_through(tmp_path: Path) -> None:
    picture = _two_layers()
    group = Layer(LayerStyle("Both", 0.5), is_group=True)
    for layer in picture.layers:
        layer.group_id = group.id
    picture.layers.append(group)
    half: npt.NDArray[np.uint8] = np.full((30, 20), 255, np.uint8)
    picture.layers[0].mask = LayerMask(TileMap.from_pixels(half, 100, 50))
    save_ora(picture, tmp_path / "a.ora")
    with zipfile.ZipFile(tmp_path / "a.ora") as archive:
        image = ElementTree.fromstring(archive.read("stack.xml"))
        (stack,) = image.findall("stack/stack")
        assert (stack.get("name"), stack.get("opacity")) == ("Both", "0.5")
        assert stack.get("isolation") == "isolate"
        front, back = stack.findall("layer")
        assert front.get("name") == "Front"
        shown = Image.open(io.BytesIO(archive.read(back.get("src") or "")))
        assert shown.size == (20, 30)
        merged = np.array(Image.open(io.BytesIO(archive.read("mergedimage.png"))).convert("RGBA"))
        assert np.array_equal(merged, render_straight(picture, picture.frame))
    opened = open_picture(tmp_path / "a.ora")
    assert opened.layers[0].tiles.bounds() == Rect(100, 50, 40, 30)
    _assert_same(picture, opened)
