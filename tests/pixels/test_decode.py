"""Decoding: orientation, color spaces, bit depths, and every kind of bad file."""

import contextlib
import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageCms

from aipaint.errors import UnreadableFileError
from aipaint.pixels.decode import decode_image, read_coverage, read_image


def _bytes(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _corners() -> npt.NDArray[Any]:
    """A 4x6 picture in which no two corners look alike."""
    pixels = np.zeros((4, 6, 3), np.uint8)
    pixels[0, 0] = (255, 0, 0)
    pixels[0, -1] = (0, 255, 0)
    pixels[-1, 0] = (0, 0, 255)
    pixels[-1, -1] = (255, 255, 0)
    return pixels


_STORED_AS = {  # how an upright picture is stored under each EXIF orientation
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: a.transpose(1, 0, 2)[::-1],
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: a.transpose(1, 0, 2)[:, ::-1],
}


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation: int, kind: str) -> None:
    stored = np.ascontiguousarray(_STORED_AS[orientation](_corners()))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    data = _bytes(Image.fromarray(stored), kind, exif=exif.tobytes(), **options)
    decoded = decode_image(data, "photo")
    assert np.array_equal(decoded.rgba[..., :3], _corners())
    assert decoded.rgba[..., 3].min() == 255


def _s15f16(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _matrix_profile(columns: list[tuple[float, float, float]], gamma: float) -> bytes:
    """An ICC v2 display profile of three D50 primaries and one gamma."""

    def curve() -> bytes:
        return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)

    def xyz(values: tuple[float, float, float]) -> bytes:
        return b"XYZ " + bytes(4) + b"".join(_s15f16(v) for v in values)

    text = b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(79)
    tags = {b"desc": text, b"cprt": b"text" + bytes(4) + b"none\0\0\0\0"}
    tags[b"wtpt"] = xyz((0.9642, 1.0, 0.8249))
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True):
        tags[name] = xyz(column)
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        tags[name] = curve()
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    header = struct.pack(">I4sI", start + len(body), b"test", 0x02400000) + b"mntrRGB XYZ "
    header += bytes(12) + b"acsp" + bytes(28) + b"".join(map(_s15f16, (0.9642, 1.0, 0.8249)))
    return header + bytes(128 - len(header)) + table + body


_ADOBE_RGB = _matrix_profile(
    [(0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)],
    563 / 256,
)
_DISPLAY_P3 = _matrix_profile(
    [(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)], 2.2
)


def test_adobe_rgb_becomes_srgb() -> None:
    data = _bytes(Image.new("RGB", (8, 8), (161, 160, 60)), "PNG", icc_profile=_ADOBE_RGB)
    decoded = decode_image(data, "adobe.png")
    expected = _by_maths((161, 160, 60), _ADOBE_TO_SRGB, 563 / 256)
    assert decoded.had_profile
    assert np.abs(decoded.rgba[0, 0, :3].astype(int) - expected).max() <= 1
    assert decoded.rgba[0, 0, 2] < 55  # and not the 60 of the file


def test_display_p3_becomes_srgb_and_keeps_alpha() -> None:
    data = _bytes(Image.new("RGBA", (8, 8), (180, 120, 90, 77)), "PNG", icc_profile=_DISPLAY_P3)
    decoded = decode_image(data, "p3.png")
    expected = _by_maths((180, 120, 90), _P3_TO_SRGB, 2.2)
    assert np.abs(decoded.rgba[0, 0, :3].astype(int) - expected).max() <= 2
    assert decoded.rgba[0, 0, 3] == 77
    assert decoded.rgba[0, 0, 0] > 183


_ADOBE_TO_SRGB = [[1.39836, -0.39836, 0.0], [0.0, 1.0, 0.0], [0.0, -0.04293, 1.04293]]
_P3_TO_SRGB = [[1.22494, -0.22494, 0.0], [-0.04206, 1.04206, 0.0], [-0.01964, -0.07864, 1.09827]]


def _by_maths(
    color: tuple[int, int, int], matrix: list[list[float]], gamma: float
) -> npt.NDArray[Any]:
    linear = np.array(matrix) @ (np.array(color) / 255) ** gamma
    linear = np.clip(linear, 0, 1)
    low, high = linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055
    return np.round(np.where(linear <= 0.0031308, low, high) * 255).astype(int)


def test_an_srgb_profile_changes_no_byte() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = _bytes(Image.fromarray(pixels), "PNG", icc_profile=profile)
    decoded = decode_image(data, "tagged.png")
    assert decoded.had_profile
    assert np.array_equal(decoded.rgba[..., :3], pixels)


def test_a_broken_profile_is_ignored_with_a_note() -> None:
    data = _bytes(Image.new("RGB", (2, 2), (9, 8, 7)), "PNG", icc_profile=b"nonsense" * 30)
    decoded = decode_image(data, "x.png")
    assert tuple(decoded.rgba[0, 0]) == (9, 8, 7, 255)
    assert any("profile" in note for note in decoded.notes)


def test_sixteen_bit_grey_is_reduced_with_a_note() -> None:
    deep = (np.arange(256, dtype=np.uint16) * 257).reshape(16, 16)
    for kind in ("PNG", "TIFF"):
        decoded = decode_image(_bytes(Image.fromarray(deep), kind), "deep")
        assert np.array_equal(decoded.rgba[..., 0].ravel(), np.arange(256))
        assert any("8 bits" in note for note in decoded.notes)


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def _png(width: int, height: int, bits: int, color_type: int, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_chunk(b"IHDR", header)
        + _png_chunk(b"IDAT", zlib.compress(rows))
        + _png_chunk(b"IEND", b"")
    )


def test_sixteen_bit_color_is_reduced_with_a_note() -> None:
    row = b"\0" + struct.pack(">6H", 65535, 32896, 0, 257, 514, 771)
    decoded = decode_image(_png(2, 1, 16, 2, row), "deep.png")
    assert decoded.rgba[0].tolist() == [[255, 128, 0, 255], [1, 2, 3, 255]]
    assert any("8 bits" in note for note in decoded.notes)


def test_cmyk_jpeg_has_natural_colors() -> None:
    data = _bytes(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", quality=95)
    red, green, blue, alpha = decode_image(data, "print.jpg").rgba[8, 8]
    assert (red > 200, green < 60, blue < 60, alpha) == (True, True, True, 255)


def test_palette_with_transparency() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.putdata([0, 1])
    decoded = decode_image(_bytes(image, "PNG", transparency=bytes([255, 40])), "icon.png")
    assert decoded.rgba[0].tolist() == [[255, 0, 0, 255], [0, 0, 255, 40]]


def test_grey_with_alpha_and_bilevel() -> None:
    grey = decode_image(_bytes(Image.new("LA", (1, 1), (90, 30)), "PNG"), "a")
    assert grey.rgba[0, 0].tolist() == [90, 90, 90, 30]
    bilevel = decode_image(_bytes(Image.new("1", (1, 1), 1), "PNG"), "b")
    assert bilevel.rgba[0, 0].tolist() == [255, 255, 255, 255]


def test_animated_gif_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (4, 4), c) for c in ((255, 0, 0), (0, 255, 0), (0, 0, 255))]
    data = _bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode_image(data, "x.gif").rgba[0, 0].tolist() == [255, 0, 0, 255]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "PPM", "ICO", "TGA"])
def test_every_promised_format_is_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"picture.{kind.lower()}"
    path.write_bytes(_bytes(Image.new("RGB", (32, 32), (200, 100, 50)), kind))
    decoded = read_image(path)
    assert np.abs(decoded.rgba[16, 16, :3].astype(int) - (200, 100, 50)).max() <= 12
    assert decoded.format == kind


def _photo() -> Image.Image:
    noise = np.random.default_rng(0).integers(0, 256, (120, 90, 3), dtype=np.uint8)
    return Image.fromarray(noise)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "PPM"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_truncated_file_is_one_sentence(kind: str, share: float) -> None:
    data = _bytes(_photo(), kind)
    with pytest.raises(UnreadableFileError, match=r"^cut\.img is"):
        decode_image(data[: int(len(data) * share)], "cut.img")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "ICO"])
def test_flipped_bytes_never_raise_anything_else(kind: str) -> None:
    source = _bytes(_photo(), kind)
    rng = np.random.default_rng(7)
    for _attempt in range(60):
        data = bytearray(source)
        for position in rng.integers(0, min(len(data), 600), 6):
            data[position] = int(rng.integers(0, 256))
        with contextlib.suppress(UnreadableFileError):
            assert decode_image(bytes(data), "odd").rgba.ndim == 3


def test_text_named_png(tmp_path: Path) -> None:
    path = tmp_path / "notes.png"
    path.write_text("Dear diary, this is not a picture. " * 20)
    with pytest.raises(UnreadableFileError, match=r"notes\.png is not a picture.*JPEG"):
        read_image(path)


def test_known_foreign_kinds_say_what_they_are() -> None:
    with pytest.raises(UnreadableFileError, match="HEIC photo"):
        decode_image(b"\0\0\0\x18ftypheic" + bytes(100), "IMG_1.jpg")
    with pytest.raises(UnreadableFileError, match="SVG"):
        decode_image(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.png")


def test_zero_bytes_missing_folder_and_pipe(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    with pytest.raises(UnreadableFileError, match="empty"):
        read_image(tmp_path / "empty.png")
    with pytest.raises(UnreadableFileError, match="does not exist"):
        read_image(tmp_path / "gone.png")
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_image(tmp_path)
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_image(tmp_path / ("n" * 300))
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(UnreadableFileError, match="is not a file"):
        read_image(tmp_path / "pipe.png")


@pytest.mark.parametrize("size", [(60_000, 2), (29_000, 29_000)])
def test_a_decompression_bomb_is_refused_before_it_unpacks(size: tuple[int, int]) -> None:
    data = _png(*size, 8, 0, bytes(1000))
    with pytest.raises(UnreadableFileError, match="too large"):
        decode_image(data, "bomb.png")


def test_a_jpeg_of_three_hundred_scans_is_refused() -> None:
    data = _bytes(_photo(), "JPEG", progressive=True)
    assert decode_image(data, "fine.jpg").rgba.shape == (120, 90, 4)
    start = data.rindex(b"\xff\xda")
    last_scan = data[start:-2]
    with pytest.raises(UnreadableFileError, match="scans"):
        decode_image(data[:-2] + last_scan * 300 + b"\xff\xd9", "slow.jpg")


def test_coverage_is_luminance_and_alpha_is_ignored(tmp_path: Path) -> None:
    grey = np.arange(256, dtype=np.uint8).reshape(16, 16)
    (tmp_path / "mask.png").write_bytes(_bytes(Image.fromarray(grey), "PNG"))
    assert np.array_equal(read_coverage(tmp_path / "mask.png"), grey)
    with_alpha = np.dstack([grey, grey, grey, np.full_like(grey, 9)])
    assert np.array_equal(read_coverage(_bytes(Image.fromarray(with_alpha), "PNG")), grey)


def test_coverage_from_alpha_where_nothing_else_varies() -> None:
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[1:3, 1:3, 3] = 200
    coverage = read_coverage(_bytes(Image.fromarray(pixels), "PNG"))
    assert np.array_equal(coverage, pixels[..., 3])


def test_a_profile_does_not_bend_a_mask() -> None:
    data = _bytes(Image.new("RGB", (2, 2), (100, 100, 100)), "PNG", icc_profile=_ADOBE_RGB)
    assert read_coverage(data)[0, 0] == 100


def test_an_unreadable_mask_names_itself(tmp_path: Path) -> None:
    (tmp_path / "m.png").write_bytes(b"hello")
    with pytest.raises(UnreadableFileError, match=r"m\.png"):
        read_coverage(tmp_path / "m.png")
