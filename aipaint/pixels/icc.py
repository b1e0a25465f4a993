"""Color profiles: a Pillow image of any color space as sRGB."""

import functools
import io

import numpy as np
from PIL import Image, ImageCms

_SRGB_TOLERANCE = 2  # levels; the many sRGB profiles in use differ by their rounding
_DEVICE_MODES = {"RGB ": ("RGB",), "GRAY": ("L",), "CMYK": ("CMYK",), "Lab ": ("LAB",)}


def to_srgb(image: Image.Image, notes: tuple[str, ...]) -> tuple[Image.Image, tuple[str, ...]]:
    """An RGB or RGBA image in sRGB, with a note added where the profile could not be used."""
    if image.mode == "LAB":
        return _convert(image, ImageCms.createProfile("LAB")), notes
    profile = image.info.get("icc_profile")
    plain = _without_palette(image)
    if not isinstance(profile, bytes) or not profile:
        return plain, notes
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return _with_profile(plain, source), notes
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return plain, (*notes, "Its color profile is damaged and was ignored.")


def _with_profile(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    rgba = image.convert("RGBA") if image.mode in ("LA", "RGBA", "PA", "La", "RGBa") else None
    color = image
    if rgba is not None:
        color = image.convert("L" if image.mode in ("LA", "La") else "RGB")
    expected = _DEVICE_MODES.get(source.profile.xcolor_space, ())
    if color.mode not in expected:
        if color.mode == "L" and "RGB" in expected:
            color = color.convert("RGB")  # grey pixels under an RGB profile are common
        else:
            raise ValueError("the profile is for another color space")
    converted = color if _is_srgb(source) else _convert(color, source)
    if rgba is not None:
        converted = converted.convert("RGB")
        converted.putalpha(rgba.getchannel("A"))
    return converted


def _convert(image: Image.Image, source: object) -> Image.Image:
    transform = ImageCms.buildTransform(
        source,  # type: ignore[arg-type]  # Pillow accepts its core profile as well
        _srgb(),
        image.mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    converted = ImageCms.applyTransform(image, transform)
    if converted is None:
        raise ValueError("the profile gave nothing")
    return converted


def _is_srgb(source: ImageCms.ImageCmsProfile) -> bool:
    """Whether the profile is sRGB in effect, so that pixels may stay byte for byte as they are."""
    if source.profile.xcolor_space != "RGB ":
        return False
    steps = np.arange(0, 256, 15, dtype=np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    converted = np.array(_convert(Image.fromarray(grid), source), dtype=np.int16)
    return int(np.abs(converted - grid).max()) <= _SRGB_TOLERANCE


def _without_palette(image: Image.Image) -> Image.Image:
    """Palette, bilevel and color-keyed images as RGB or RGBA; the rest unchanged."""
    if image.mode in ("P", "PA", "1") or "transparency" in image.info:
        return image.convert("RGBA")
    return image


@functools.cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
