"""The offline engine is as good as it is meant to be, on the photographs that come along.

The long form with more photographs and G'MIC beside it is `python -m tests.quality`. How long it
takes is judged there and not here.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from aipaint.pixels.cv import cv2
from tests.quality.__main__ import main
from tests.quality.figure import Figure
from tests.quality.fill_rows import blob
from tests.quality.measures import overlap, patch_distance, psnr, texture_ratio
from tests.quality.photographs import own


def test_the_short_form_holds_and_writes_what_scripts_expect(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, sheet = tmp_path / "figures.json", tmp_path / "sheet.png"
    main(["--short", "--json", str(file), "--sheet", str(sheet)])
    figures = json.loads(file.read_text(encoding="utf-8"))["figures"]
    # Patch distances say something over many photographs only, and seconds depend on the machine.
    judged = [one for one in figures if "seconds" not in one["name"] and "dist" not in one["name"]]
    assert not [one for one in judged if not one["ok"]]
    names = {one["name"].split(",")[0] for one in figures}
    assert names == {"remove", "quick", "outpaint", "upscale", "cutout"}
    assert "texture" in capsys.readouterr().out
    assert sheet.read_bytes().startswith(b"\x89PNG")


def test_a_figure_knows_its_limits() -> None:
    assert Figure("a", 1.0, lowest=0.6, highest=1.4).ok
    assert not Figure("a", 0.5, lowest=0.6, highest=1.4).ok
    assert not Figure("a", 1.5, lowest=0.6, highest=1.4).ok
    assert not Figure("a", 1, highest=0).ok


def test_the_measures_tell_a_smear_from_a_texture() -> None:
    """A judge that cannot tell them apart would let anything pass."""
    truth = own("chelsea").square(300)
    mask = blob(300, 1)
    assert 0.02 < mask.mean() < 0.08
    smear = np.asarray(cv2.GaussianBlur(truth, (0, 0), 6), np.uint8)
    moved = np.roll(truth, 40, axis=1)
    assert patch_distance(truth, truth, mask) == 0
    assert texture_ratio(smear, truth, mask) < 0.4
    assert 0.6 < texture_ratio(moved, truth, mask) < 1.7
    wrong = 255 - truth
    assert patch_distance(moved, truth, mask) < patch_distance(wrong, truth, mask)
    assert psnr(smear, truth) > psnr(moved, truth), "why the error alone never decides"
    assert overlap(mask * 255, mask * 255) == 1
