"""Enlarging tile by tile, with a net that interpolates."""

from pathlib import Path

import numpy as np
import pytest

from aipaint.pixels import span
from aipaint.pixels.model_message import ModelMessage, Pixels
from aipaint.pixels.model_teller import Teller
from aipaint.pixels.span import run_span
from tests.providers.tiny_packs import full_shelf

pytest.importorskip("ncnn", reason="the library ncnn is not installed")


def _enlarged(rgb: Pixels, factor: int, folder: Path) -> tuple[Pixels, list[float]]:
    files = full_shelf(folder, "span").ready("span")
    assert files is not None
    told: list[ModelMessage] = []
    pair = {2: files[:2], 4: files[2:]}[factor]
    request = ModelMessage("span", {"factor": factor}, (rgb,))
    run_span(request, [file.path for file in pair], {}, Teller(told.append))
    result = np.zeros((rgb.shape[0] * factor, rgb.shape[1] * factor, 3), np.uint8)
    for message in told:
        if message.arrays:
            top = message.facts["top"]
            result[top : top + message.arrays[0].shape[0]] = message.arrays[0]
    return result, [message.facts["fraction"] for message in told if not message.arrays]


@pytest.mark.parametrize("factor", [2, 4])
def test_tiles_meet_without_a_seam(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factor: int
) -> None:
    rgb = np.random.default_rng(4).integers(0, 255, (150, 270, 3)).astype(np.uint8)
    tiled, fractions = _enlarged(rgb, factor, tmp_path)
    assert len(fractions) == 6
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    monkeypatch.setattr(span, "_TILE", 1000)
    whole, _ = _enlarged(rgb, factor, tmp_path)
    assert np.abs(tiled.astype(int) - whole).max() <= 1  # rounding


def test_a_single_pixel_is_enlarged(tmp_path: Path) -> None:
    rgb = np.full((1, 1, 3), (10, 120, 250), np.uint8)
    made, _ = _enlarged(rgb, 2, tmp_path)
    assert np.abs(made.astype(int) - rgb).max() <= 1
