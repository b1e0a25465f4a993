"""Enlarging with SPAN through ncnn, tile by tile; it adds sharpness, no inventions."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from aipaint.pixels.cv import cv2
from aipaint.pixels.model_message import Array, ModelMessage, Pixels
from aipaint.pixels.model_teller import Kept, Teller

_TILE = 128
_PAD = 10


def run_span(
    request: ModelMessage, files: list[Path], kept: Kept, tell: Teller
) -> tuple[Array, ...]:
    """Arrays in: rgb (h, w, 3); fact `factor` 2 or 4; files: .param and .bin of that factor.

    Told as pieces (rows, width × factor, 3) with their `top`; the answer itself is empty.
    """
    rgb, factor = request.arrays[0], int(request.facts["factor"])
    net = kept.get(f"span{factor}") or _loaded(files)
    kept[f"span{factor}"] = net
    height, width = rgb.shape[:2]
    padded = cv2.copyMakeBorder(rgb, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_REPLICATE)
    for top in range(0, height, _TILE):
        rows = min(_TILE, height - top)
        band = np.empty((rows * factor, width * factor, 3), np.uint8)
        for left in range(0, width, _TILE):
            columns = min(_TILE, width - left)
            part = padded[top : top + rows + 2 * _PAD, left : left + columns + 2 * _PAD]
            made = enlarged_tile(net, np.asarray(part, np.uint8), factor)
            band[:, left * factor : (left + columns) * factor] = made
            tell.progress((top + rows * (left + columns) / width) / height)
        tell.piece(band, top=top * factor)
    return (np.empty(0, np.uint8),)


def enlarged_tile(net: Any, rgb: Pixels, factor: int) -> Pixels:
    """The tile (h, w, 3) enlarged, without its pad. Raises RuntimeError."""
    ncnn: Any = importlib.import_module("ncnn")
    planes = np.ascontiguousarray(rgb.transpose(2, 0, 1), np.float32) / 255
    with net.create_extractor() as extractor:
        extractor.input("data", ncnn.Mat(planes).clone())
        failed, made = extractor.extract("output")
        answer = np.array(made)
    expected = (3, rgb.shape[0] * factor, rgb.shape[1] * factor)
    if failed or answer.shape != expected:
        raise RuntimeError(f"its answer has the shape {answer.shape} instead of {expected}")
    cut = slice(_PAD * factor, -_PAD * factor)
    levels = np.rint(np.clip(answer[:, cut, cut], 0, 1) * 255)
    return np.ascontiguousarray(levels.transpose(1, 2, 0)).astype(np.uint8)


def _loaded(files: list[Path]) -> Any:
    ncnn: Any = importlib.import_module("ncnn")
    net = ncnn.Net()
    net.opt.use_vulkan_compute = False
    for load, path in ((net.load_param, files[0]), (net.load_model, files[1])):
        if load(str(path)):
            raise RuntimeError(f"{path.name} cannot be loaded")
    return net
