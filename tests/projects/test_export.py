"""Exporting what the frame shows."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.errors import UsageError
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects import export
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


def _noise(width: int, height: int) -> Picture:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return Picture([Layer(tiles=TileMap.from_pixels(pixels, 5, 5))], Rect(-3, 10, width, height))


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.JPEG"])
def test_a_large_frame_is_written_in_bands_and_is_the_same_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    picture = _noise(300, 700)
    export_picture(picture, tmp_path / name)
    at_once = np.array(Image.open(tmp_path / name))
    monkeypatch.setattr(export, "_AT_ONCE_PIXELS", 0)
    export_picture(picture, tmp_path / name)
    assert np.array_equal(at_once, np.asarray(Image.open(tmp_path / name)))


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_large_frame_takes_the_memory_of_a_row_of_tiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(export, "_AT_ONCE_PIXELS", 1_000_000)
    picture = _noise(300, 300)
    picture.frame = Rect(0, 0, 1024, 4096)
    export_picture(_picture(), tmp_path / f"small{suffix}")  # whatever is loaded once
    tracemalloc.start()
    export_picture(picture, tmp_path / f"a{suffix}")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000  # all of it is 16,800,000 bytes, several times over
    with Image.open(tmp_path / f"a{suffix}") as image:
        assert image.size == (1024, 4096)


@pytest.mark.parametrize(
    ("frame", "name", "words"),
    [
        (Rect(0, 0, 16_384, 10), "a.webp", "16383 a side"),
        (Rect(0, 0, 8_000, 8_000), "a.webp", "50 megapixels"),
        (Rect(0, 0, 25_600, 25_600), "a.gif", r"\.gif"),
        (Rect(0, 0, 30_001, 10), "a.jpg", "30001 x 10"),
    ],
)
def test_what_does_not_fit_is_refused_before_any_pixel_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frame: Rect, name: str, words: str
) -> None:
    monkeypatch.delattr(export, "render_straight")
    picture = _picture()
    picture.frame = frame
    with pytest.raises(UsageError, match=words):
        export_picture(picture, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
