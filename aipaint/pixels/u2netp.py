"""Finding the subject of a picture with U²-Net-p; the guided filter draws its edge."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.guided_filter import follow_edges
from aipaint.pixels.model_message import Array, ModelMessage, Pixels
from aipaint.pixels.model_runtime import OnnxNet
from aipaint.pixels.model_teller import Kept, Teller
from aipaint.pixels.rect import Rect

_SIDE = 320
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_SPREAD = np.array([0.229, 0.224, 0.225], np.float32)
_EDGE_SIDE = 512  # of the coarse cut-out the edge is looked for along
_LEAST_SURE = 0.3  # a map that is sure of nothing shows no subject
_AROUND_HINT = 0.15

_Map = npt.NDArray[np.float32]


def run_u2netp(
    request: ModelMessage, files: list[Path], kept: Kept, tell: Teller
) -> tuple[Array, ...]:
    """Arrays in: rgb (h, w, 3) and, where wished, a hint (h, w), white = roughly there. Out:
    coverage (h, w) of the subject; all 0 if there is none."""
    rgb = request.arrays[0]
    net = kept.get("u2netp") or OnnxNet(files[0])
    kept["u2netp"] = net
    tell.progress(0.1)
    coverage: Pixels = np.zeros(rgb.shape[:2], np.uint8)
    window = _part(request.arrays[1] if len(request.arrays) > 1 else None, coverage)
    part = rgb[window.slices(Rect(0, 0, rgb.shape[1], rgb.shape[0]))]
    if min(part.shape[:2]) < 2:
        return (coverage,)
    found = subject_map(net, part)
    tell.progress(0.6)
    if found is not None:
        there = window.slices(Rect(0, 0, rgb.shape[1], rgb.shape[0]))
        coverage[there] = follow_edges(np.ascontiguousarray(part[..., ::-1]), _coarse(found, part))
    return (coverage,)


def subject_map(net: OnnxNet, rgb: Pixels) -> _Map | None:
    """0..1 at the model's own size: how much each place is of the subject; None: there is none."""
    small = cv2.resize(rgb, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    levels = np.asarray(small, np.float32)
    normal = (levels / max(float(levels.max()), 1e-6) - _MEAN) / _SPREAD
    made = net.run({"input.1": np.ascontiguousarray(normal.transpose(2, 0, 1)[None])}, "1959")
    shares = np.asarray(made, np.float32).reshape(_SIDE, _SIDE)
    low, high = float(shares.min()), float(shares.max())
    if high < _LEAST_SURE or high - low < 1e-3:
        return None
    return (shares - low) / (high - low)


def _coarse(found: _Map, rgb: Pixels) -> Pixels:
    """0 or 255, in the proportions of the picture."""
    height, width = rgb.shape[:2]
    scale = min(1.0, _EDGE_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    larger = np.asarray(cv2.resize(found, size, interpolation=cv2.INTER_LINEAR))
    return np.where(larger >= 0.5, 255, 0).astype(np.uint8)


def _part(hint: Pixels | None, coverage: Pixels) -> Rect:
    whole = Rect(0, 0, coverage.shape[1], coverage.shape[0])
    if hint is None or not hint.any():
        return whole
    rows, columns = np.flatnonzero(hint.any(axis=1)), np.flatnonzero(hint.any(axis=0))
    box = Rect.from_edges(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return box.expanded(round(_AROUND_HINT * max(box.width, box.height))).intersected(whole)
