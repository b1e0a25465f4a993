"""SAM 2: looks at a picture once, then says for each click or box what is meant."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aipaint.pixels.freed_memory import give_back_freed_memory
from aipaint.pixels.model_message import Array, ModelMessage
from aipaint.pixels.model_runtime import onnx_session
from aipaint.pixels.model_teller import Kept, Teller

SAM_SIDE = 1024
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_SPREAD = np.array([0.229, 0.224, 0.225], np.float32)
_ANSWER_SIDE = 256


def run_sam(
    request: ModelMessage, files: list[Path], kept: Kept, tell: Teller
) -> tuple[Array, ...]:
    """Files: encoder, decoder. With an rgb (1024, 1024, 3) array it looks at that picture and keeps
    what it saw; with points (n, 2) and labels (n,) as float32 (1 inside, 0 outside, 2 and 3 corners
    of a box) it answers with the masks (3, 256, 256), above 0 = inside, and how sure it is (3,).
    """
    encoder, decoder = files
    if request.facts["step"] == "look":
        tell.progress(0.1)
        kept["seen"] = _seen(encoder, request.arrays[0])
        give_back_freed_memory()
        kept.setdefault("decoder", onnx_session(decoder))
        return ()
    return _masks(kept, *request.arrays)


def _seen(encoder: Path, rgb: Array) -> dict[str, Any]:
    """The encoder is let go at once: it holds a gigabyte, and the next picture is far away."""
    session = onnx_session(encoder)
    normal = (rgb.astype(np.float32) / 255 - _MEAN) / _SPREAD
    answer = session.run(None, {"image": np.ascontiguousarray(normal.transpose(2, 0, 1)[None])})
    return dict(zip([output.name for output in session.get_outputs()], answer, strict=True))


def _masks(
    kept: Kept, points: npt.NDArray[np.float32], labels: npt.NDArray[np.float32]
) -> tuple[Array, Array]:
    if "seen" not in kept:
        raise RuntimeError("it could not look at the picture")
    masks, sure = kept["decoder"].run(
        ["masks", "iou_predictions"],
        {
            **kept["seen"],
            "point_coords": points[None].astype(np.float32),
            "point_labels": labels[None].astype(np.float32),
            "mask_input": np.zeros((1, 1, _ANSWER_SIDE, _ANSWER_SIDE), np.float32),
            "has_mask_input": np.zeros(1, np.float32),
        },
    )
    return np.asarray(masks[0], np.float32), np.asarray(sure[0], np.float32)
