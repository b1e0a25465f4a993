"""What others do with the same hole, in the same run."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import read_image
from aipaint.pixels.encode import encode_coverage, encode_image

_GMIC = "gmic"
_PATIENCE_SECONDS = 300

Pixels = npt.NDArray[np.uint8]


def telea(rgb: Pixels, mask: Pixels) -> Pixels:
    """OpenCV's Telea: fast, and a smear."""
    return np.asarray(cv2.inpaint(rgb, mask, 5, cv2.INPAINT_TELEA), np.uint8)


def find_gmic() -> str:
    """Where G'MIC is, installed by apt where that is possible; "" where it is not."""
    found = shutil.which(_GMIC)
    if found is None and shutil.which("apt-get") is not None and os.geteuid() == 0:
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", _GMIC]
        subprocess.run(command, capture_output=True, check=False)
        found = shutil.which(_GMIC)
    return found or ""


def matchpatch(gmic: str, rgb: Pixels, mask: Pixels) -> Pixels:
    """G'MIC's inpaint_matchpatch with its own defaults."""
    with tempfile.TemporaryDirectory() as folder:
        picture, hole, result = (Path(folder, name) for name in ("a.png", "b.png", "c.png"))
        opaque = np.full(mask.shape, 255, np.uint8)
        picture.write_bytes(encode_image(np.dstack([rgb, opaque]), ".png"))
        hole.write_bytes(encode_coverage(mask * np.uint8(255)))
        command = [gmic, "-v", "-1", str(picture), str(hole), "inpaint_matchpatch[0]", "[1]"]
        command += ["keep[0]", "c", "0,255", "o", str(result)]
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE_SECONDS)
        return np.ascontiguousarray(read_image(result).rgba[..., :3])
