"""What the tests of edits share: a small picture, a model with a cast, one job run to its end."""

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from aipaint.generation.candidate import Candidate
from aipaint.generation.generator import Generator
from aipaint.generation.job import JobOutcome
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.providers.request import Operation

FRAME = Rect(0, 0, 320, 240)
MARKED = Rect(120, 80, 60, 50)
PATIENCE_MILLISECONDS = 60_000


def tinted(rgba: Pixels, mask: Pixels | None) -> Pixels:
    """A model with a cast, and a flat patch under its mask."""
    answer = (rgba.astype(int) * 3 // 4 + 40).astype(np.uint8)
    if mask is not None:
        answer[mask > 0, :3] = (150, 120, 90)
    answer[..., 3] = 255
    return answer


def asks(operation: Operation = Operation.EDIT, **more: object) -> GenerateOptions:
    options = GenerateOptions(operation, "painting", prompt="a barn")
    return replace(options, **more)  # type: ignore[arg-type]


def run(generator: Generator, qtbot: QtBot, options: GenerateOptions) -> tuple[Candidate, ...]:
    with qtbot.waitSignal(generator.job_done, timeout=PATIENCE_MILLISECONDS) as waited:
        assert generator.generate(options)
    return candidates_of(waited.args)


def candidates_of(arguments: list[object] | None) -> tuple[Candidate, ...]:
    assert arguments is not None
    (outcome,) = arguments
    assert isinstance(outcome, JobOutcome)
    assert outcome.error is None
    return outcome.candidates
