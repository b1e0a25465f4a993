"""`python -m tests.quality [--json FILE] [--sheet FILE] [--short]`: how good the offline engine is.

Fills photographs beside G'MIC and OpenCV's Telea in the same run, paints on, enlarges and cuts out;
prints every row and then the figures that have to hold; exit code 1 if one is missed. Photographs
and G'MIC are fetched by apt, where that is possible, into build/quality; without them, and with
`--short`, it measures with the few photographs that come along.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from tests.quality.figure import Figure
from tests.quality.figures import (
    cutout_figures,
    outpaint_figures,
    quick_figures,
    remove_figures,
    upscale_figures,
)
from tests.quality.fill_rows import outpaint_rows, quick_rows, remove_rows
from tests.quality.other_rows import cutout_rows, upscale_rows
from tests.quality.peers import find_gmic
from tests.quality.photographs import HELD_OUT, OUTLINED, fetched, of_scikit_learn, own
from tests.quality.quick_wait import quick_wait
from tests.quality.sheet import write_sheet

_CACHE = Path(__file__).parents[2] / "build" / "quality"
_SIDE, _SHORT_SIDE = 1024, 400

R = TypeVar("R")


def main(words: list[str]) -> int:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="a PNG to look at")
    parser.add_argument("--short", action="store_true", help="half a minute, nothing is fetched")
    asked = parser.parse_args(words)
    figures = measured(is_short=asked.short, sheet=asked.sheet)
    _say("")
    for figure in figures:
        _say(figure)
    if asked.json is not None:
        text = json.dumps({"figures": [figure.as_json() for figure in figures]}, indent=2)
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0 if all(figure.ok for figure in figures) else 1


def measured(*, is_short: bool, sheet: Path | None = None) -> list[Figure]:
    """All figures; the rows are printed on the way."""
    own_ones = [own(name) for name in ("rocket", "chelsea")]
    held_out = own_ones if is_short else fetched(HELD_OUT, _CACHE) or own_ones
    outlined = [own("coffee")] if is_short else [own("coffee"), own("astronaut")]
    if not is_short:
        outlined += of_scikit_learn() + fetched(OUTLINED, _CACHE)
    gmic = "" if is_short else find_gmic()
    side = _SHORT_SIDE if is_short else _SIDE
    if not gmic:
        _say("G'MIC: skipped")
    removed = _printed(remove_rows(held_out, side, gmic))
    quick = _printed(quick_rows(held_out, side))
    waited = None if is_short else quick_wait(held_out[0])
    painted = _printed(outpaint_rows(held_out, side))
    enlarged = _printed(upscale_rows(held_out))
    cut = _printed(cutout_rows(outlined))
    if sheet is not None:
        write_sheet(sheet, [*removed, *quick, *painted], cut)
    return [
        *remove_figures(removed),
        *quick_figures(quick, waited),
        *outpaint_figures(painted),
        *upscale_figures(enlarged),
        *cutout_figures(cut),
    ]


def _printed(rows: Iterable[R]) -> list[R]:
    kept = []
    for row in rows:
        _say(row)
        kept.append(row)
    return kept


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    load = ", ".join(f"{share:.1f}" for share in os.getloadavg())
    _say(f"{os.cpu_count()} cores, load {load}")
    sys.exit(main(sys.argv[1:]))
