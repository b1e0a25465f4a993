"""Which library runs a model here, and whether there is one. Asking imports nothing."""

import importlib.metadata
import importlib.util
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_OPENCV_NAMES = (
    "opencv-python",
    "opencv-python-headless",
    "opencv-contrib-python",
    "opencv-contrib-python-headless",
)
_OPENCV_MAJOR = 5  # the first whose dnn runs all of them


class Runtime(Enum):
    """What a model needs; the value is what model_packs.toml calls it."""

    ONNX = "onnx"  # OpenCV 5, else onnxruntime
    ONNXRUNTIME = "onnxruntime"
    NCNN = "ncnn"


def missing_library(runtime: Runtime) -> str:
    """The name of the package that would have to be installed; empty: the model can be run."""
    match runtime:
        case Runtime.ONNX:
            is_there = _opencv_is_new_enough() or _is_there("onnxruntime")
            return "" if is_there else "opencv-python>=5"
        case Runtime.ONNXRUNTIME:
            return "" if _is_there("onnxruntime") else "onnxruntime"
        case Runtime.NCNN:
            return "" if _is_there("ncnn") else "ncnn"


class OnnxNet:
    """An ONNX model loaded by OpenCV where it can, else by onnxruntime. In a child process only:
    files that make parsers crash must not take the window along."""

    def __init__(self, path: Path) -> None:
        from aipaint.pixels.cv import cv2

        self._net: Any = None
        if int(cv2.__version__.split(".")[0]) >= _OPENCV_MAJOR:
            self._net = cv2.dnn.readNetFromONNX(str(path))
        else:
            self._session = onnx_session(path)

    def run(self, inputs: dict[str, npt.NDArray[Any]], output: str) -> npt.NDArray[Any]:
        """The output of that name for inputs by their names."""
        if self._net is None:
            return np.asarray(self._session.run([output], inputs)[0])
        for name, value in inputs.items():
            self._net.setInput(value, name)
        return np.asarray(self._net.forward(output))


def onnx_session(path: Path) -> Any:
    """An onnxruntime session on the processor. Raises what onnxruntime raises."""
    runtime: Any = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.log_severity_level = 3  # errors; its warnings are for who makes models
    with path.open("rb") as file:  # by its content: names say little
        kind = "ORT" if file.read(8)[4:] == b"ORTM" else "ONNX"
    options.add_session_config_entry("session.load_model_format", kind)
    # Threads that wait by spinning take the processor from the window.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _is_there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _opencv_is_new_enough() -> bool:
    for name in _OPENCV_NAMES:
        try:
            return int(importlib.metadata.version(name).split(".")[0]) >= _OPENCV_MAJOR
        except importlib.metadata.PackageNotFoundError:
            continue
    return True  # bundled without its records: the one it was bundled with
