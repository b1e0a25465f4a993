"""Cutting out the subject of a picture without a hint: where it is, then its edge by GrabCut.

Where it is follows "Geodesic Saliency Using Background Priors" (Wei, Wen, Zhu and Sun, 2012): a
patch is background if a path of small color steps leads from it to the border of the picture.
"""

import heapq
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.guided_filter import follow_edges

_SIDE = 512
_PATCHES_A_SIDE = 22
_ITERATIONS = 5
_SURE_SHARE = 0.75
_LEAST_SHARE, _MOST_SHARE = 0.005, 0.95
_SMALLEST_ISLAND = 0.04
_QUIET_STEP = 3.0  # color steps below this are grain or a gradient
_CLEAR_DIFFERENCE = 22.0
_CENTER_SPREAD = 0.42
_FOCUS_WEIGHT = 0.9
_RIM = 8  # pixels, for a look at how sharp the border is
_PLAIN_MARGIN = 1.3  # above Otsu's limit between background and subject
_HINT_REACH = 0.03  # of the picture's side

Pixels = npt.NDArray[np.uint8]
Grey = npt.NDArray[np.float32]


def cut_out(
    rgb: Pixels,
    is_cancelled: Callable[[], bool] = lambda: False,
    hint: Pixels | None = None,
) -> Pixels:
    """Coverage (h, w) of the subject of `rgb` (h, w, 3); all 0 if there is none to be told apart.

    `hint` (h, w) is not 0 roughly where the subject is. The same picture gives the same coverage.
    About a second; cancelled, it covers nothing.
    """
    height, width = rgb.shape[:2]
    nothing: Pixels = np.zeros((height, width), np.uint8)
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    small = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA) if scale < 1 else bgr
    if min(size) < 16 or float(np.std(small, axis=(0, 1)).max()) < 2:
        return nothing
    if hint is None:
        labels = _labels(_saliency(np.asarray(small, np.uint8)))
    else:
        labels = _hinted(hint, size)
    for _ in range(_ITERATIONS):
        if is_cancelled() or not _has_both(labels):
            return nothing
        _cut(np.asarray(small, np.uint8), labels)
    inside = _main_parts(np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)))
    share = float(inside.mean())
    if is_cancelled() or not _LEAST_SHARE < share < _MOST_SHARE:
        return nothing
    return follow_edges(bgr, np.asarray(inside, np.uint8) * 255)


def _saliency(bgr: Pixels) -> Grey:
    """0..1 for every pixel: how hard it is to get to the border without crossing an edge."""
    lab = cv2.cvtColor(cv2.bilateralFilter(bgr, 7, 40, 7), cv2.COLOR_BGR2LAB).astype(np.float32)
    patches = _patches(bgr)
    count = int(patches.max()) + 1
    colors = _averages(lab, patches, count)
    distances = _geodesic(colors, _neighbors(patches), _border_costs(patches, colors, count))
    # Beyond a clear difference more of it says nothing more.
    reach = min(_CLEAR_DIFFERENCE, max(4.0, float(np.percentile(distances, 85))))
    shares = (1 - np.exp(-distances / reach)) * _center_weight(patches, count)
    saliency = np.asarray(cv2.GaussianBlur(shares[patches].astype(np.float32), (0, 0), 3))
    saliency = saliency * _focus(bgr)
    top = float(np.percentile(saliency, 98))
    return np.asarray(np.clip(saliency / max(top, 1e-6), 0, 1), np.float32)


def _focus(bgr: Pixels) -> Grey:
    """About 1 where the picture is sharp, less where it is not, if most of its border is blurred:
    what a lens left out of focus is seldom the subject. 1 everywhere in other pictures."""
    grey = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), np.float32)
    fine = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.2))
    around = np.asarray(cv2.GaussianBlur(fine, (0, 0), 6), np.float32)
    top = max(float(np.percentile(around, 95)), 1e-6)
    sharp = np.asarray(cv2.GaussianBlur(np.clip(around / top, 0, 1), (0, 0), 8), np.float32)
    rim = _RIM
    border = [part.ravel() for part in (sharp[:rim], sharp[-rim:], sharp[:, :rim], sharp[:, -rim:])]
    is_shallow = np.clip((0.45 - float(np.median(np.concatenate(border)))) / 0.3, 0, 1)
    weight = _FOCUS_WEIGHT * float(is_shallow)
    return np.asarray(1 - weight + weight * np.clip(2 * sharp, 0, 1), np.float32)


def _patches(bgr: Pixels) -> npt.NDArray[np.int32]:
    """Numbers 0..n-1: a grid of patches, each drawn to the edges nearby by a watershed."""
    height, width = bgr.shape[:2]
    step = max(6, round(max(height, width) / _PATCHES_A_SIDE))
    markers = np.zeros((height, width), np.int32)
    number = 0
    for y in range(step // 2, height, step):
        for x in range(step // 2, width, step):
            number += 1
            cv2.circle(markers, (x, y), max(1, step // 6), number, -1)
    cv2.watershed(cv2.GaussianBlur(bgr, (5, 5), 0), markers)
    # The watershed leaves its lines unnumbered: they take the number beside them.
    gaps = (markers <= 0).astype(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(
        gaps, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros(int(nearest.max()) + 1, np.int32)
    table[nearest[gaps == 0]] = markers[gaps == 0]
    return np.asarray(table[nearest] - 1, np.int32)


def _averages(lab: Grey, patches: npt.NDArray[np.int32], count: int) -> npt.NDArray[np.float64]:
    flat = patches.ravel()
    sizes = np.maximum(np.bincount(flat, minlength=count), 1)
    sums = [np.bincount(flat, lab[..., c].ravel(), count) for c in range(3)]
    return np.stack(sums, axis=1) / sizes[:, None]


def _neighbors(patches: npt.NDArray[np.int32]) -> list[tuple[int, int]]:
    pairs = np.concatenate(
        [
            np.stack([patches[:, :-1].ravel(), patches[:, 1:].ravel()], axis=1),
            np.stack([patches[:-1].ravel(), patches[1:].ravel()], axis=1),
        ]
    )
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    return [(int(a), int(b)) for a, b in pairs]


def _border_costs(
    patches: npt.NDArray[np.int32], colors: npt.NDArray[np.float64], count: int
) -> dict[int, float]:
    """The patches at the border and how unlike the rest of it each is: a subject that touches the
    border is not background for that reason alone."""
    edge = np.concatenate([patches[0], patches[-1], patches[:, 0], patches[:, -1]])
    lengths = np.bincount(edge, minlength=count)
    at_border = np.flatnonzero(lengths)
    here = colors[at_border]
    apart = np.linalg.norm(here[:, None] - here[None], axis=2)
    weight = lengths[at_border] / lengths.sum()
    # The share of the border with a similar color; a rare one has to be paid for.
    alike = (np.exp(-apart / 15) * weight[None]).sum(axis=1)
    costs = 40 * np.clip(0.12 - alike, 0, None) / 0.12
    return {int(patch): float(cost) for patch, cost in zip(at_border, costs, strict=True)}


def _geodesic(
    colors: npt.NDArray[np.float64], pairs: list[tuple[int, int]], start: dict[int, float]
) -> npt.NDArray[np.float64]:
    """Dijkstra from the border; a step costs its difference of color."""
    near: list[list[tuple[int, float]]] = [[] for _ in colors]
    for a, b in pairs:
        step = max(0.0, float(np.linalg.norm(colors[a] - colors[b])) - _QUIET_STEP)
        near[a].append((b, step))
        near[b].append((a, step))
    best = np.full(len(colors), np.inf)
    heap = [(cost, patch) for patch, cost in start.items()]
    for cost, patch in heap:
        best[patch] = cost
    heapq.heapify(heap)
    while heap:
        cost, patch = heapq.heappop(heap)
        if cost > best[patch]:
            continue
        for other, step in near[patch]:
            if cost + step < best[other]:
                best[other] = cost + step
                heapq.heappush(heap, (cost + step, other))
    return np.where(np.isfinite(best), best, 0.0)


def _center_weight(patches: npt.NDArray[np.int32], count: int) -> npt.NDArray[np.float64]:
    """Photographers put subjects near the middle, more so from left to right."""
    height, width = patches.shape
    flat = patches.ravel()
    sizes = np.maximum(np.bincount(flat, minlength=count), 1)
    rows, columns = np.mgrid[0:height, 0:width]
    x = np.bincount(flat, columns.ravel(), count) / sizes / width - 0.5
    y = np.bincount(flat, rows.ravel(), count) / sizes / height - 0.55
    return np.asarray(np.exp(-(x * x + 0.6 * y * y) / (2 * _CENTER_SPREAD**2)), np.float64)


def _labels(saliency: Grey) -> Pixels:
    middle, _ = cv2.threshold((saliency * 255).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    limit = min(0.9, max(0.12, middle / 255 * _PLAIN_MARGIN))
    labels = np.full(saliency.shape, cv2.GC_PR_BGD, np.uint8)
    labels[saliency < limit * 0.4] = cv2.GC_BGD
    labels[saliency >= limit] = cv2.GC_PR_FGD
    labels[saliency >= max(_SURE_SHARE, limit)] = cv2.GC_FGD
    return labels


def _hinted(hint: Pixels, size: tuple[int, int]) -> Pixels:
    """A little beyond the hint may belong to the subject, far from it nothing does."""
    small = np.asarray(cv2.resize(hint, size, interpolation=cv2.INTER_AREA)) > 127
    reach = 2 * max(2, round(_HINT_REACH * max(size))) + 1
    near = cv2.dilate(small.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    labels = np.full(small.shape, cv2.GC_BGD, np.uint8)
    labels[near] = cv2.GC_PR_BGD
    labels[small] = cv2.GC_PR_FGD
    return labels


def _has_both(labels: Pixels) -> bool:
    kept = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD))
    return bool(kept.any()) and not kept.all()


def _cut(bgr: Pixels, labels: Pixels) -> None:
    """One round of GrabCut, with models fitted anew to the labels as they are."""
    around, inside = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)
    cv2.grabCut(bgr, labels, (0, 0, 0, 0), around, inside, 1, cv2.GC_INIT_WITH_MASK)


def _main_parts(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The largest part and what is not much smaller; pinholes are closed."""
    kept = _large(inside)
    return np.asarray(~_large(~kept), np.bool_)


def _large(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(inside.astype(np.uint8))
    if count <= 2:
        return inside
    areas = stats[:, cv2.CC_STAT_AREA]
    is_large = areas >= _SMALLEST_ISLAND * areas[1:].max()
    is_large[0] = False
    return np.asarray(is_large[numbers], np.bool_)
