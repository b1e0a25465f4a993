"""Enlarging and cutting out: figures of single photographs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cutout import cut_out
from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import read_coverage
from aipaint.pixels.encode import shrink_to_fit
from aipaint.pixels.upscale import upscale
from tests.quality.measures import overlap, psnr
from tests.quality.photographs import Photograph

_MASKS = Path(__file__).parent / "masks"
_MASK_NAMES = {"messi5": "messi", "squirrel_cls": "squirrel", "Garden": "garden"}
_SIDE = 512
_SEEN_SIDE = 640  # how large a photograph is handed to the cut-out

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class UpscaleRow:
    """One photograph made smaller and enlarged again; both in dB."""

    picture: str
    factor: int
    seconds: float
    ours: float
    lanczos: float

    def __str__(self) -> str:
        return (
            f"{self.picture:<14} x{self.factor} {self.seconds:6.2f} s  PSNR {self.ours:5.2f} dB"
            f"  Lanczos {self.lanczos:5.2f} dB  {self.ours - self.lanczos:+.2f}"
        )


@dataclass(frozen=True)
class CutoutRow:
    """One photograph cut out; `overlap` with the outline drawn by hand, 0..1."""

    picture: str
    seconds: float
    overlap: float
    rgb: Pixels
    coverage: Pixels

    def __str__(self) -> str:
        return f"{self.picture:<14} {self.seconds:6.2f} s  overlap {self.overlap:.3f}"


def upscale_rows(photographs: list[Photograph]) -> Iterator[UpscaleRow]:
    """Each by 2 and by 4, beside plain Lanczos."""
    for photograph in photographs:
        truth = photograph.square(_SIDE)
        for factor in (2, 4):
            side = _SIDE // factor
            small = cv2.resize(truth, (side, side), interpolation=cv2.INTER_AREA)
            opaque = np.dstack([np.asarray(small), np.full((side, side), 255, np.uint8)])
            begun = process_time()
            ours = upscale(opaque, factor)[..., :3]
            seconds = process_time() - begun
            plain = cv2.resize(small, (_SIDE, _SIDE), interpolation=cv2.INTER_LANCZOS4)
            lanczos = psnr(np.asarray(plain, np.uint8), truth)
            yield UpscaleRow(photograph.name, factor, seconds, psnr(ours, truth), lanczos)


def cutout_rows(photographs: list[Photograph]) -> Iterator[CutoutRow]:
    """Each beside its outline drawn by hand."""
    for photograph in photographs:
        rgb = photograph.rgb()
        seen = shrink_to_fit(rgb, _SEEN_SIDE)
        begun = process_time()
        coverage = cut_out(seen)
        seconds = process_time() - begun
        name = _MASK_NAMES.get(photograph.name, photograph.name)
        truth = read_coverage(_MASKS / f"{name}.png")
        fitted = cv2.resize(coverage, truth.shape[::-1], interpolation=cv2.INTER_AREA)
        value = overlap(np.asarray(fitted, np.uint8), truth)
        yield CutoutRow(photograph.name, seconds, value, seen, coverage)
