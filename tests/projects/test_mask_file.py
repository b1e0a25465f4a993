"""Masks as PNG files: they come back, and one of another size is told, not stretched."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.errors import StorageError, UnreadableFileError
from aipaint.pixels.area import is_same_area, rectangle_area
from aipaint.pixels.outline_fill import ellipse_area
from aipaint.pixels.rect import Rect
from aipaint.projects.mask_file import read_mask, write_mask

_FRAME = Rect(-20, 30, 320, 200)


def test_what_the_frame_shows_comes_back(tmp_path: Path) -> None:
    area = ellipse_area(0, 40, 200, 180)
    write_mask(area, _FRAME, tmp_path / "mask.png")
    with Image.open(tmp_path / "mask.png") as image:
        assert (image.mode, image.size) == ("L", (320, 200))
    assert is_same_area(read_mask(tmp_path / "mask.png", _FRAME), area)


def test_only_what_lies_in_the_frame_is_written(tmp_path: Path) -> None:
    write_mask(rectangle_area(Rect(-500, -500, 550, 2000)), _FRAME, tmp_path / "mask.png")
    area = read_mask(tmp_path / "mask.png", _FRAME)
    assert area.bounds() == Rect(-20, 30, 70, 200)


def test_black_and_white_of_other_programs_is_a_mask(tmp_path: Path) -> None:
    rgb = np.zeros((200, 320, 3), np.uint8)
    rgb[50:100, 40:90] = 255
    Image.fromarray(rgb).save(tmp_path / "mask.jpg", quality=100, subsampling=0)
    area = read_mask(tmp_path / "mask.jpg", _FRAME)
    assert area.read(Rect(25, 90, 30, 30)).min() > 200


@pytest.mark.parametrize("size", [(640, 400), (320, 199), (200, 320)])
def test_a_mask_of_another_size_is_told_and_not_stretched(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("L", size, 255).save(tmp_path / "other.png")
    with pytest.raises(UnreadableFileError) as caught:
        read_mask(tmp_path / "other.png", _FRAME)
    assert f"{size[0]} × {size[1]}" in caught.value.message
    assert "320 × 200" in caught.value.message


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write_mask(rectangle_area(_FRAME), _FRAME, tmp_path / "no" / "mask.png")
