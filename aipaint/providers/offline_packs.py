"""`OfflinePacks`: models a user added, as models of the offline provider."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aipaint.errors import UsageError
from aipaint.pixels.model_message import ModelMessage, Pixels
from aipaint.pixels.model_process import ModelFile, ModelListener, ModelProcess
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.offline_pack_record import PackRecord
from aipaint.providers.offline_pack_shelf import PackShelf
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.request import Operation
from aipaint.providers.size_rule import SizeRule
from aipaint.providers.watch import Watch

PAIR_SIGN = "+"
_MOST_ENLARGED_PIXELS = 268_000_000  # as without a model
_SCALE = OptionField(
    "scale",
    OptionKind.CHOICE,
    default="2",
    choices=("2", "4"),
    description="How many times as wide and as high",
)


@dataclass(frozen=True, eq=False)
class PackJob:
    """`rgba` (h, w, 4) straight; `coverage` (h, w): not 0 = fill, or roughly where the subject is;
    `factor` 2 or 4 for an upscale."""

    rgba: Pixels
    coverage: Pixels | None = None
    factor: int = 2


class OfflinePacks:
    """Asks the disk each time, so that a pack is there as soon as it was added. Any thread."""

    def __init__(self, shelf: PackShelf) -> None:
        self.shelf = shelf

    def models(self) -> tuple[ModelInfo, ...]:
        """Records of the packs that are there and can be run."""
        return tuple(
            _model(state.record)
            for state in self.shelf.states()
            if state.is_ready and state.record.operations
        )

    def candidates_for(self, operation: Operation) -> tuple[ModelInfo, ...]:
        """Those of them that can do an operation."""
        return tuple(model for model in self.models() if operation in model.operations)

    def pairs(self, own: Sequence[ModelInfo]) -> tuple[ModelInfo, ...]:
        """For each engine of ours and each pack that does the same: both, side by side."""
        found = []
        for pack in self.models():
            for engine in own:
                both = engine.operations & pack.operations
                if both:
                    found.append(
                        replace(
                            engine,
                            id=f"{engine.id}{PAIR_SIGN}{pack.id}",
                            label=f"{engine.label} and {pack.label}, side by side",
                            operations=both,
                        )
                    )
        return tuple(found)

    def label(self, model_id: str) -> str:
        """What a candidate of that pack is called."""
        return next((record.label for record in self.shelf.records if record.id == model_id), "")

    def make(self, model_id: str, job: PackJob, watch: Watch) -> Pixels:
        """The pack's picture (h, w, 4), `factor` times as large for an upscale.

        In a process of its own. Raises UsageError, CancelledError (within 100 ms), ModelFailed.
        """
        files = self.shelf.ready(model_id)
        if files is None:
            raise UsageError(
                f'The model "{model_id}" is not there or cannot be run.',
                "aipaint offline-models list says what is missing.",
            )
        work = {"migan": _filled, "u2netp": _cut_out, "span": _enlarged}[model_id]
        label = self.label(model_id)
        listener = ModelListener(
            cancelled=watch.cancelled.is_set,
            progress=lambda fraction: watch.progress(fraction, f"{label} is at work"),
        )
        watch.progress(None, f"{label} is starting")
        with ModelProcess() as process:
            return work(process, files, job, listener)


def _model(record: PackRecord) -> ModelInfo:
    does_remove = Operation.REMOVE in record.operations
    return ModelInfo(
        id=record.id,
        provider="offline",
        operations=frozenset(record.operations),
        sizes=SizeRule(),
        label=record.label,
        needs_prompt=False,
        mask=MaskConvention.WHITE if does_remove else MaskConvention.NONE,
        options=(_SCALE,) if Operation.UPSCALE in record.operations else (),
        is_paid=False,
    )


def _filled(
    process: ModelProcess, files: tuple[ModelFile, ...], job: PackJob, listener: ModelListener
) -> Pixels:
    rgb, hole = _rgb(job), job.coverage
    if hole is None or not hole.any():
        return job.rgba
    if hole.all():
        raise UsageError(
            "The mask covers the whole picture, so there is nothing left to fill it from.",
            "Mark only what should go away.",
        )
    request = ModelMessage("migan", {}, (rgb, (hole > 0).astype(np.uint8)))
    (filled,) = process.run(request, files, listener)
    return np.dstack((filled, job.rgba[..., 3]))


def _cut_out(
    process: ModelProcess, files: tuple[ModelFile, ...], job: PackJob, listener: ModelListener
) -> Pixels:
    hint = () if job.coverage is None else (job.coverage,)
    (coverage,) = process.run(ModelMessage("u2netp", {}, (_rgb(job), *hint)), files, listener)
    if not coverage.any():
        raise UsageError(
            "No subject was found in the picture.", "Mark roughly where it is, then try again."
        )
    alpha = job.rgba[..., 3].astype(np.uint16) * coverage + 127
    return np.dstack((job.rgba[..., :3], (alpha // 255).astype(np.uint8)))


def _enlarged(
    process: ModelProcess, files: tuple[ModelFile, ...], job: PackJob, listener: ModelListener
) -> Pixels:
    from aipaint.pixels.alpha_beside import enlarged_alpha, filled_under

    height, width = (side * job.factor for side in job.rgba.shape[:2])
    if height * width > _MOST_ENLARGED_PIXELS:
        raise UsageError(
            f"{width} x {height} pixels are more than can be kept in memory.",
            "Enlarge less, or a part of the picture.",
        )
    result = np.empty((height, width, 4), np.uint8)
    result[..., 3] = enlarged_alpha(job.rgba[..., 3], job.factor)

    def keep(piece: ModelMessage) -> None:
        top, rows = int(piece.facts["top"]), piece.arrays[0]
        result[top : top + rows.shape[0], :, :3] = rows

    pair = {2: files[:2], 4: files[2:]}[job.factor]
    request = ModelMessage("span", {"factor": job.factor}, (filled_under(job.rgba),))
    process.run(request, pair, replace(listener, piece=keep))
    return result


def _rgb(job: PackJob) -> Pixels:
    return np.ascontiguousarray(job.rgba[..., :3])
