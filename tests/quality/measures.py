"""How good a picture is, in figures: patch distance, texture, error, overlap."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2

_PATCH = 7
_SCALES = 3
_MOST_PATCHES = 4000
_DIRECTIONS = 128

Pixels = npt.NDArray[np.uint8]
Plane = npt.NDArray[np.float32]


def patch_distance(made: Pixels, truth: Pixels, mask: Pixels) -> float:
    """Sliced Wasserstein distance of 7x7 patches in Lab where `mask` is not 0, averaged over three
    scales: whether the patches are of the kinds that belong there, wherever they lie. 0 is best."""
    chance = np.random.default_rng(0)
    distances = []
    for _ in range(_SCALES):
        rows, columns = np.nonzero(mask[3:-3, 3:-3])
        if len(rows) < 10:
            break
        chosen = chance.permutation(len(rows))[:_MOST_PATCHES]
        places = (rows[chosen], columns[chosen])
        ours, theirs = _patches(made, places), _patches(truth, places)
        directions = chance.normal(size=(ours.shape[1], _DIRECTIONS)).astype(np.float32)
        directions /= np.linalg.norm(directions, axis=0)
        gaps = np.sort(ours @ directions, axis=0) - np.sort(theirs @ directions, axis=0)
        distances.append(float(np.abs(gaps).mean()))
        made, truth = (np.asarray(cv2.pyrDown(one), np.uint8) for one in (made, truth))
        size = (made.shape[1], made.shape[0])
        mask = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    return float(np.mean(distances))


def texture_ratio(made: Pixels, truth: Pixels, mask: Pixels) -> float:
    """Fine contrast of the fill divided by that of the truth: 1 is right, less is smeared."""
    return _contrast(made, mask) / max(_contrast(truth, mask), 1e-6)


def psnr(made: Pixels, truth: Pixels, mask: Pixels | None = None) -> float:
    """In dB, where `mask` is not 0, or everywhere. It rewards blur: never judged alone."""
    squares = np.square(made.astype(np.float64) - truth)
    error = squares[mask > 0].mean() if mask is not None else squares.mean()
    return float(10 * np.log10(255**2 / max(float(error), 1e-9)))


def changed_outside(made: Pixels, before: Pixels, mask: Pixels) -> int:
    """Bytes that differ where the mask is 0."""
    return int(np.count_nonzero((made != before)[mask == 0]))


def overlap(one: Pixels, other: Pixels) -> float:
    """Intersection over union of two coverages, each cut at one half."""
    inside, truth = one > 127, other > 127
    return float((inside & truth).sum() / max(1, int((inside | truth).sum())))


def _patches(rgb: Pixels, places: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]) -> Plane:
    lab = cv2.cvtColor(np.ascontiguousarray(rgb).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    windows = np.lib.stride_tricks.sliding_window_view(lab, (_PATCH, _PATCH), axis=(0, 1))
    return np.asarray(windows[places].reshape(len(places[0]), -1), np.float32)


def _contrast(rgb: Pixels, mask: Pixels) -> float:
    grey = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY)
    edges = np.asarray(cv2.Laplacian(grey, cv2.CV_32F), np.float64)[mask > 0]
    return float(np.sqrt(np.square(edges).mean()))
