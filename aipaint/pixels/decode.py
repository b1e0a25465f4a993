"""File bytes to pixels: every readable format as straight 8-bit sRGB RGBA; mask files as coverage.

Files come from outside: their names, sizes and kinds are not trusted, and whatever is odd about
them ends as UnreadableFileError.
"""

import io
import logging
import stat
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from aipaint.errors import UnreadableFileError
from aipaint.pixels.icc import to_srgb

MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_SIDE = 30_000
MAX_PIXELS = 200_000_000
MAX_JPEG_SCANS = 100

_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "PPM", "ICO")
_TGA_SUFFIXES = (".tga", ".icb", ".vda", ".vst")
_READABLE = "PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF, PPM, ICO, TGA and .ora files can be opened."
_UNREADABLE_KINDS = (
    (b"ftypheic", "a HEIC photo", "Export it as JPEG or PNG first."),
    (b"ftypheix", "a HEIC photo", "Export it as JPEG or PNG first."),
    (b"ftypmif1", "a HEIF photo", "Export it as JPEG or PNG first."),
    (b"8BPS", "a Photoshop document", "Save it as PNG or OpenRaster (.ora) first."),
    (b"<svg", "an SVG drawing", "Export it as PNG first."),
    (b"%PDF", "a PDF document", "Export its page as PNG first."),
)

# The decoders were fuzzed by others and by us: these are what damaged files really raise.
_DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    RuntimeError,
    AssertionError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION_TAG = 0x0112

# Pillow's own guard sits below our limit; _check_size looks before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

# A bad file gets one sentence, ours; Pillow would log its own besides.
logging.getLogger("PIL").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class DecodedImage:
    """`rgba`: (h, w, 4) uint8, straight alpha, sRGB. `notes`: what was changed on the way in."""

    rgba: npt.NDArray[np.uint8]
    format: str
    had_profile: bool
    notes: tuple[str, ...]


class DecodedBands:
    """A picture whose rows are asked for in bands: beside what the decoder itself holds (four
    bytes a pixel, twice that for a turned photograph) only the band takes memory."""

    def __init__(self, data: bytes, name: str, most_pixels: int = MAX_PIXELS) -> None:
        """Raises UnreadableFileError."""
        self._name = name
        self._image, self._notes = _load(data, name, most_pixels)
        self.width, self.height = self._image.size
        self.format = self._image.format or ""
        self.had_profile = bool(self._image.info.get("icc_profile"))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is changed on the way in; complete once a band has been read."""
        return self._notes

    def read(self, top: int, bottom: int) -> npt.NDArray[np.uint8]:
        """Rows as straight RGBA (rows, width, 4) in sRGB. Raises UnreadableFileError."""
        try:
            is_all = (top, bottom) == (0, self.height)
            image = self._image
            band = image if is_all else image.crop((0, top, self.width, bottom))
            converted, notes = to_srgb(band, ())
            rgba = np.array(converted.convert("RGBA"), dtype=np.uint8)
        except _DECODER_ERRORS as error:
            raise _damaged(self._name) from error
        self._notes = tuple(dict.fromkeys((*self._notes, *notes)))
        return rgba


def decode_image(data: bytes, name: str, most_pixels: int = MAX_PIXELS) -> DecodedImage:
    """The first picture in `data`, upright, in sRGB. `name` is used in messages (and tells TGA).

    One of more than `most_pixels` is refused before its pixels are decoded.
    Raises UnreadableFileError.
    """
    bands = DecodedBands(data, name, most_pixels)
    rgba = bands.read(0, bands.height)
    return DecodedImage(rgba, bands.format, bands.had_profile, bands.notes)


def read_image(path: Path) -> DecodedImage:
    """`decode_image` of a file. Raises UnreadableFileError, also for a missing file or a folder."""
    return decode_image(read_file(path), path.name)


def read_coverage(source: Path | bytes, name: str = "the mask") -> npt.NDArray[np.uint8]:
    """A mask file as coverage (h, w): its luminance, or its alpha where nothing else varies.

    Color profiles are not applied: a mask is a measure, not a color. Raises UnreadableFileError.
    """
    data, name = (source, name) if isinstance(source, bytes) else (read_file(source), source.name)
    image, _notes = _load(data, name)
    try:
        if image.mode == "L" and "transparency" not in image.info:
            return np.array(image, dtype=np.uint8)  # as ours are: nothing to find out
        rgba = np.array(image.convert("RGBA"), dtype=np.uint8)
        color, alpha = rgba[..., :3], rgba[..., 3]
        if (color == color[0, 0]).all() and alpha.min() != alpha.max():
            return np.ascontiguousarray(alpha)
        return np.array(Image.fromarray(np.ascontiguousarray(color)).convert("L"), dtype=np.uint8)
    except _DECODER_ERRORS as error:
        raise _damaged(name) from error


def read_file(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """All bytes of a regular file, counted while read. Raises UnreadableFileError."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would never end
            what = "is a folder" if path.is_dir() else "is not a file"
            raise UnreadableFileError(f"{path} {what}.", "Name a picture file.")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise UnreadableFileError(
            f"{path} does not exist.", "Check the name and the folder."
        ) from error
    except (OSError, ValueError, MemoryError) as error:
        reason = getattr(error, "strerror", None) or "the name or the file is not usable"
        raise UnreadableFileError(
            f"{path} cannot be read: {reason}.",
            "Check that you may open it, or copy it elsewhere.",
        ) from error
    if len(data) > max_bytes:
        raise UnreadableFileError(
            f"{path} is larger than {max_bytes // 1024**2} MB.", "Open a smaller file."
        )
    return data


def _load(
    data: bytes, name: str, most_pixels: int = MAX_PIXELS
) -> tuple[Image.Image, tuple[str, ...]]:
    """The first frame, decoded and upright, in the mode of the file or a plain 8-bit one."""
    if not data:
        raise UnreadableFileError(f"{name} is empty (0 bytes).", "Save or download it again.")
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFileError(
            f"{name} is larger than {MAX_FILE_BYTES // 1024**2} MB.",
            "Open a smaller file.",
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata is no news to the user
        image = _open(data, name)
        _check_size(image, name, most_pixels)
        _check_scans(image, data, name)
        try:
            image.load()
            deep = _is_deep(image, data)
            upright = _upright(image)
            plain = _eight_bit(upright)
        except _DECODER_ERRORS as error:
            raise _damaged(name) from error
    plain.format = image.format
    plain.info = dict(image.info)
    if deep:
        plain.info.pop("transparency", None)  # its key color counts in 16 bits
    notes = (f"{name} has more than 8 bits per color; it was reduced to 8.",) if deep else ()
    return plain, notes


def _open(data: bytes, name: str) -> Image.Image:
    formats = list(_FORMATS)
    if name.lower().endswith(_TGA_SUFFIXES):  # TGA has no signature: only its name tells
        formats.append("TGA")
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except _DECODER_ERRORS as error:
        raise _not_a_picture(data, name) from error


def _check_size(image: Image.Image, name: str, most_pixels: int) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise _damaged(name)
    if width > MAX_SIDE or height > MAX_SIDE or width * height > most_pixels:
        raise _too_large(name, f"{width} x {height} pixels", most_pixels)


def _check_scans(image: Image.Image, data: bytes, name: str) -> None:
    """A progressive JPEG of hundreds of scans is small and takes minutes: refuse it unseen."""
    if image.format in ("JPEG", "MPO") and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise UnreadableFileError(
            f"{name} is built of more than {MAX_JPEG_SCANS} scans, as only hostile files are.",
            "Save it again with another program, or open another file.",
        )


def _is_deep(image: Image.Image, data: bytes) -> bool:
    if image.format == "PNG":  # Pillow reduces color PNGs silently; the header still tells
        return data[24:25] == b"\x10"
    return image.mode.startswith(("I", "F")) or _tiff_bits(image) > 8


def _tiff_bits(image: Image.Image) -> int:
    bits = getattr(image, "tag_v2", {}).get(258, (8,))
    return max(bits) if isinstance(bits, tuple) else int(bits)


def _upright(image: Image.Image) -> Image.Image:
    turn = _TURNS.get(image.getexif().get(_ORIENTATION_TAG, 1))
    return image if turn is None else image.transpose(turn)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Integer and float grey as 8-bit grey; every other mode as it is."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.array(image) >> 8).astype(np.uint8))
    if image.mode == "I":
        values = np.clip(np.array(image), 0, None)
        shift = 8 if values.max() <= 0xFFFF else 23
        return Image.fromarray((values >> shift).astype(np.uint8))
    if image.mode == "F":
        values = np.nan_to_num(np.array(image, dtype=np.float64), posinf=1.0, neginf=0.0)
        scale = 255.0 if values.max() <= 1.0 else 1.0
        return Image.fromarray(np.clip(values * scale, 0, 255).round().astype(np.uint8))
    return image


def _too_large(
    name: str, size: str = "more pixels than any picture", most_pixels: int = MAX_PIXELS
) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name} is too large: {size}.",
        f"At most {MAX_SIDE} pixels a side and {most_pixels // 10**6} megapixels can be opened.",
    )


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name} is damaged or incomplete.", "Save, download or copy it again."
    )


def _not_a_picture(data: bytes, name: str) -> UnreadableFileError:
    head = data[:1024]
    for mark, what, hint in _UNREADABLE_KINDS:
        if mark in head:
            return UnreadableFileError(f"{name} is {what}, which cannot be opened.", hint)
    return UnreadableFileError(f"{name} is not a picture that can be read.", _READABLE)
