"""From the rows to the figures that have to hold (the limits are those of the issue)."""

from collections.abc import Sequence
from statistics import fmean, median

from tests.quality.figure import Figure
from tests.quality.fill_rows import GMIC, OURS, QUICK, TELEA, FillRow
from tests.quality.other_rows import CutoutRow, UpscaleRow

REMOVE_SECONDS, OUTPAINT_SECONDS, QUICK_SECONDS = 4.0, 6.0, 0.5
LEAST_TEXTURE, MOST_TEXTURE = 0.6, 1.4
LEAST_OVERLAP = 0.70  # what color alone reaches; with the U²-Net-p pack it is more


def remove_figures(rows: Sequence[FillRow]) -> list[Figure]:
    """Beside Telea, and beside G'MIC where it was there."""
    ours, telea = _of(rows, OURS), _of(rows, TELEA)
    gmic = _of(rows, GMIC)
    distance = fmean(row.distance for row in ours)
    their_seconds = f"G'MIC {median(row.seconds for row in gmic):.1f} s" if gmic else ""
    figures = [
        Figure(
            "remove, median seconds",
            median(row.seconds for row in ours),
            highest=REMOVE_SECONDS,
            note=their_seconds,
        ),
        Figure(
            "remove, distance",
            distance,
            highest=fmean(row.distance for row in telea),
            note="the limit is Telea's",
        ),
        _texture("remove", ours),
        _outside("remove", ours),
    ]
    if gmic:
        theirs = fmean(row.distance for row in gmic)
        note = "the limit is that of G'MIC inpaint_matchpatch"
        figures.append(Figure("remove, distance again", distance, highest=theirs, note=note))
        their_psnr = fmean(row.psnr for row in gmic)
        mine = fmean(row.psnr for row in ours)
        note = "the limit is G'MIC's less half a dB"
        figures.append(Figure("remove, PSNR", mine, lowest=their_psnr - 0.5, note=note))
    return figures


def quick_figures(rows: Sequence[FillRow], waited: tuple[float, float] | None) -> list[Figure]:
    """The free candidate that is there at once."""
    ours, telea = _of(rows, QUICK), _of(rows, TELEA)
    note = ""
    if waited is not None:
        note = f"by the clock in 24 megapixels: {waited[0]:.2f} s first, then {waited[1]:.2f} s"
    return [
        Figure(
            "quick, median seconds",
            median(row.seconds for row in ours),
            highest=QUICK_SECONDS,
            note=note,
        ),
        Figure(
            "quick, distance",
            fmean(row.distance for row in ours),
            highest=fmean(row.distance for row in telea),
            note="the limit is Telea's",
        ),
        _outside("quick", ours),
    ]


def outpaint_figures(rows: Sequence[FillRow]) -> list[Figure]:
    """One side, a quarter of what is there."""
    seconds = median(row.seconds for row in rows)
    return [
        Figure("outpaint, median seconds", seconds, highest=OUTPAINT_SECONDS),
        _texture("outpaint", rows),
        _outside("outpaint", rows),
    ]


def upscale_figures(rows: Sequence[UpscaleRow]) -> list[Figure]:
    """Never below Lanczos, not for a single photograph."""
    gains = [row.ours - row.lanczos for row in rows]
    note = f"mean {fmean(gains):+.2f} dB over Lanczos"
    return [Figure("upscale, least gain in dB", min(gains), lowest=0.0, note=note)]


def cutout_figures(rows: Sequence[CutoutRow]) -> list[Figure]:
    """Against outlines drawn by hand."""
    least = min(rows, key=lambda row: row.overlap)
    note = f"{len(rows)} photographs, least {least.overlap:.2f} ({least.picture})"
    mean = fmean(row.overlap for row in rows)
    return [Figure("cutout, mean overlap", mean, lowest=LEAST_OVERLAP, note=note)]


def _of(rows: Sequence[FillRow], method: str) -> list[FillRow]:
    return [row for row in rows if row.method == method]


def _texture(what: str, rows: Sequence[FillRow]) -> Figure:
    mean = fmean(row.texture for row in rows)
    return Figure(f"{what}, texture", mean, lowest=LEAST_TEXTURE, highest=MOST_TEXTURE)


def _outside(what: str, rows: Sequence[FillRow]) -> Figure:
    changed = sum(row.outside for row in rows)
    return Figure(f"{what}, bytes outside", changed, highest=0)
