"""Exporting what the frame shows."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.errors import UsageError
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects.export import export_picture


def _picture() -> Picture:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[...] = (10, 20, 200, 255)
    return Picture([Layer(tiles=TileMap.from_pixels(pixels, 5, 5))], Rect(0, 0, 30, 20))


def test_png_holds_the_frame_with_its_transparency(tmp_path: Path) -> None:
    export_picture(_picture(), tmp_path / "a.png")
    exported = np.array(Image.open(tmp_path / "a.png"))
    assert exported.shape == (20, 30, 4)
    assert exported[0, 0].tolist() == [0, 0, 0, 0]
    assert exported[19, 29].tolist() == [200, 20, 10, 255]


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_other_formats_by_suffix(tmp_path: Path, suffix: str) -> None:
    export_picture(_picture(), tmp_path / f"a{suffix}")
    image = Image.open(tmp_path / f"a{suffix}")
    assert image.size == (30, 20)
    assert abs(image.convert("RGB").getpixel((25, 15))[0] - 200) < 8  # type: ignore[index]


def test_what_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.png"):
        export_picture(_picture(), tmp_path / "a.gif")
    picture = _picture()
    picture.frame = Rect(0, 0, 40_000, 20)
    with pytest.raises(UsageError, match="40000 x 20"):
        export_picture(picture, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []
