"""Filling holes beside the peers: one table of photographs and methods."""

import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.fill_holes import CAREFUL, fill_holes
from aipaint.pixels.fill_holes import QUICK as QUICK_TRY
from aipaint.pixels.outpaint import outpaint
from tests.quality.measures import changed_outside, patch_distance, psnr, texture_ratio
from tests.quality.peers import matchpatch, telea
from tests.quality.photographs import Photograph

Pixels = npt.NDArray[np.uint8]
Fill = Callable[[Pixels, Pixels], Pixels]

OURS, QUICK, TELEA, GMIC = "aipaint", "aipaint quick", "Telea", "G'MIC matchpatch"
_HIDDEN = 127  # what a method sees in the hole


@dataclass(frozen=True)
class FillRow:
    """One photograph filled by one method. `seconds` of a processor, which do not depend on what
    else the machine does; `outside`: bytes changed outside the mask."""

    picture: str
    method: str
    seconds: float
    distance: float
    texture: float
    psnr: float
    outside: int
    made: Pixels

    def __str__(self) -> str:
        return (
            f"{self.picture:<14} {self.method:<17} {self.seconds:6.2f} s  distance"
            f" {self.distance:5.2f}  texture {self.texture:4.2f}  PSNR {self.psnr:5.2f} dB"
            f"  outside {self.outside}"
        )


def remove_rows(photographs: list[Photograph], side: int, gmic: str) -> Iterator[FillRow]:
    """Each photograph with a blob of 4 to 6.5 % hidden, filled by everybody."""
    methods: dict[str, Fill] = {
        OURS: lambda rgb, mask: fill_holes(rgb, mask, 1, CAREFUL, lambda *_: None).rgb,
        TELEA: telea,
    }
    if gmic:
        methods[GMIC] = lambda rgb, mask: matchpatch(gmic, rgb, mask)
    for number, photograph in enumerate(photographs):
        truth = photograph.square(side)
        yield from _rows(photograph.name, truth, blob(side, number), methods)


def quick_rows(photographs: list[Photograph], side: int) -> Iterator[FillRow]:
    """A round hole 200 pixels across in each, filled while somebody waits."""
    methods: dict[str, Fill] = {
        QUICK: lambda rgb, mask: fill_holes(rgb, mask, 0, QUICK_TRY, lambda *_: None).rgb,
        TELEA: telea,
    }
    for photograph in photographs:
        truth = photograph.square(side)
        mask = np.zeros((side, side), np.uint8)
        cv2.circle(mask, (side // 2, side // 2), 100, 1, -1)
        yield from _rows(photograph.name, truth, mask, methods)


def outpaint_rows(photographs: list[Photograph], side: int) -> Iterator[FillRow]:
    """A fifth of each photograph cut off (25 % of what is left), painted on again; the side that
    is cut goes round."""

    def painted(rgb: Pixels, mask: Pixels) -> Pixels:
        alpha = np.where(mask > 0, 0, 255).astype(np.uint8)
        return outpaint(np.dstack([rgb, alpha]), mask, 1, lambda *_: None)[..., :3]

    for number, photograph in enumerate(photographs):
        truth = photograph.square(side)
        mask = np.zeros((side, side), np.uint8)
        mask[:, side - side // 5 :] = 1
        turned = np.ascontiguousarray(np.rot90(mask, number % 4))
        yield from _rows(photograph.name, truth, turned, {OURS: painted})


def blob(side: int, seed: int) -> Pixels:
    """A smooth random shape of about 5 % of a square, near its middle."""
    chance = np.random.default_rng(seed)
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    radius = np.full(angles.shape, 1.0)
    for wave in range(2, 6):
        radius += chance.uniform(0.03, 0.14) * np.sin(wave * angles + chance.uniform(0, 6.28))
    radius *= side * 0.126
    center = side * chance.uniform(0.38, 0.62, 2)
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius[:, None] + center
    mask = np.zeros((side, side), np.uint8)
    cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], 1)
    return mask


def _rows(name: str, truth: Pixels, mask: Pixels, methods: dict[str, Fill]) -> Iterator[FillRow]:
    hidden = truth.copy()
    hidden[mask > 0] = _HIDDEN
    for method, fill in methods.items():
        begun = _processor_seconds()
        made = fill(hidden, mask)
        seconds = _processor_seconds() - begun
        yield FillRow(
            name,
            method,
            seconds,
            patch_distance(made, truth, mask),
            texture_ratio(made, truth, mask),
            psnr(made, truth, mask),
            changed_outside(made, hidden, mask),
            made,
        )


def _processor_seconds() -> float:
    """Of this process and of the children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
