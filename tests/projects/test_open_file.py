"""Opening pictures as documents."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.document.picture import blank_picture
from aipaint.document.render import render_straight
from aipaint.errors import UnreadableFileError
from aipaint.pixels.rect import Rect
from aipaint.projects.open_file import open_bytes, open_file, open_picture
from aipaint.projects.ora_write import save_ora


def test_a_picture_becomes_one_layer_named_after_its_file(tmp_path: Path) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (300, 517, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "holiday.png")
    picture = open_picture(tmp_path / "holiday.png")
    assert [layer.name for layer in picture.layers] == ["holiday"]
    assert picture.frame == Rect(0, 0, 517, 300)
    rendered = render_straight(picture, picture.frame)
    assert np.array_equal(rendered[..., :3], pixels)
    assert rendered[..., 3].min() == 255


def test_a_document_is_told_by_its_suffix_in_any_case(tmp_path: Path) -> None:
    save_ora(blank_picture(7, 8), tmp_path / "A.ORA")
    assert open_picture(tmp_path / "A.ORA").frame == Rect(0, 0, 7, 8)


def test_pasted_bytes_become_a_layer(tmp_path: Path) -> None:
    Image.new("RGBA", (3, 2), (9, 8, 7, 255)).save(tmp_path / "a.png")
    picture = open_bytes((tmp_path / "a.png").read_bytes(), "Pasted")
    assert [layer.name for layer in picture.layers] == ["Pasted"]
    assert render_straight(picture, picture.frame)[1, 2].tolist() == [9, 8, 7, 255]
    with pytest.raises(UnreadableFileError, match="Pasted"):
        open_bytes(b"text", "Pasted")


def test_notes_of_decoding_arrive(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((2, 2), np.uint16)).save(tmp_path / "deep.png")
    assert any("8 bits" in note for note in open_file(tmp_path / "deep.png").notes)


def test_what_is_no_picture_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("hello")
    with pytest.raises(UnreadableFileError, match=r"a\.png"):
        open_picture(tmp_path / "a.png")
