"""Packs of tiny models with the inputs and outputs of the real ones, and shelves that know them."""

import hashlib
import io
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

from aipaint.providers.offline_pack_record import PackFile, PackRecord, load_pack_records
from aipaint.providers.offline_pack_shelf import PackShelf
from aipaint.settings.paths import resource
from tests.providers.onnx_bytes import FLOAT, UINT8, Node, Value, onnx_model

_PICTURE = ("batch", 3, "height", "width")


def migan_bytes() -> bytes:
    """Gives back what it is given: the rough fill."""
    return onnx_model(
        [Node("Identity", ("image",), ("result",))],
        [Value("image", UINT8, _PICTURE), Value("mask", UINT8, ("batch", 1, "height", "width"))],
        [Value("result", UINT8, _PICTURE)],
    )


def u2netp_bytes() -> bytes:
    """The brighter, the more it is subject."""
    brightness = Node("ReduceMean", ("input.1",), ("mean",), {"axes": (1,), "keepdims": 1})
    return onnx_model(
        [brightness, Node("Sigmoid", ("mean",), ("1959",))],
        [Value("input.1", FLOAT, (1, 3, 320, 320))],
        [Value("1959", FLOAT, (1, 1, 320, 320))],
    )


def span_param(factor: int) -> bytes:
    """Cubic interpolation instead of a net."""
    lines = (
        "7767517",
        "2 2",
        "Input data 0 1 data",
        f"Interp larger 1 1 data output 0=3 1={factor}.0 2={factor}.0",
    )
    return ("\n".join(lines) + "\n" * factor).encode()  # of different sizes


def sam_encoder_bytes() -> bytes:
    """Sees the three colors at a quarter of the size."""
    quarter = Node(
        "AveragePool", ("image",), ("image_embed",), {"kernel_shape": (4, 4), "strides": (4, 4)}
    )
    others = [Node("Identity", ("image_embed",), (f"high_res_feats_{n}",)) for n in range(2)]
    outputs = ("high_res_feats_0", "high_res_feats_1", "image_embed")
    return onnx_model(
        [quarter, *others],
        [Value("image", FLOAT, (1, 3, 1024, 1024))],
        [Value(name, FLOAT, (1, 3, 256, 256)) for name in outputs],
    )


def sam_decoder_bytes() -> bytes:
    """Three masks: where red, green and blue are above the mean; the widest is the surest."""
    seen = ("image_embed", "high_res_feats_0", "high_res_feats_1")
    sure = Node(
        "ReduceMean", ("image_embed",), ("iou_predictions",), {"axes": (2, 3), "keepdims": 0}
    )
    return onnx_model(
        [Node("Identity", ("image_embed",), ("masks",)), sure],
        [
            *(Value(name, FLOAT, (1, 3, 256, 256)) for name in seen),
            Value("point_coords", FLOAT, (1, "points", 2)),
            Value("point_labels", FLOAT, (1, "points")),
            Value("mask_input", FLOAT, (1, 1, 256, 256)),
            Value("has_mask_input", FLOAT, (1,)),
        ],
        [Value("masks", FLOAT, (1, 3, 256, 256)), Value("iou_predictions", FLOAT, (1, 3))],
    )


FILES = {
    "migan": (migan_bytes(),),
    "u2netp": (u2netp_bytes(),),
    "span": (span_param(2), b"\0" * 4, span_param(4), b"\0" * 5),
    "sam2": (sam_encoder_bytes(), sam_decoder_bytes()),
}


def tiny_records() -> tuple[PackRecord, ...]:
    """The shipped records with the tiny files in the place of the real ones."""
    return tuple(
        replace(
            record,
            files=tuple(
                PackFile(file.name, len(data), hashlib.sha256(data).hexdigest())
                for file, data in zip(record.files, FILES[record.id], strict=True)
            ),
        )
        for record in load_pack_records(resource("model_packs.toml"))
    )


def full_shelf(folder: Path, *pack_ids: str) -> PackShelf:
    """A shelf on which the tiny files of those packs lie."""
    shelf = PackShelf(folder, tiny_records())
    folder.mkdir(parents=True, exist_ok=True)
    for record in shelf.records:
        if record.id in pack_ids:
            for file, data in zip(record.files, FILES[record.id], strict=True):
                (folder / file.name).write_bytes(data)
    return shelf


def tgz(members: dict[str, bytes]) -> bytes:
    """As a package manager packs them."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def wheel(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
