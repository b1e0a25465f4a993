"""Models in a process of their own: tiny real models, real kills."""

import hashlib
import multiprocessing
import os
import signal
from pathlib import Path

import numpy as np
import pytest

from aipaint.errors import CancelledError
from aipaint.pixels.model_message import ModelMessage
from aipaint.pixels.model_process import (
    ModelFailed,
    ModelFile,
    ModelLimits,
    ModelListener,
    ModelProcess,
)
from tests.providers.tiny_packs import full_shelf


def _files(folder: Path, pack_id: str = "migan") -> tuple[ModelFile, ...]:
    files = full_shelf(folder, pack_id).ready(pack_id)
    assert files is not None
    return files


def _request(side: int = 120) -> ModelMessage:
    # Grain, so that any pixel that is touched differs.
    rgb = np.random.default_rng(3).integers(86, 95, (side, side, 3)).astype(np.uint8)
    hole = np.zeros((side, side), np.uint8)
    hole[side // 3 : side // 2, side // 3 : side // 2] = 1
    rgb[hole > 0] = (250, 0, 0)
    return ModelMessage("migan", {}, (rgb, hole))


def test_a_hole_is_filled_and_nothing_else_changes(tmp_path: Path) -> None:
    request = _request()
    told: list[float] = []
    rgb, hole = request.arrays
    with ModelProcess() as process:
        (filled,) = process.run(request, _files(tmp_path), ModelListener(progress=told.append))
        again = process.run(request, _files(tmp_path))[0]
        assert process.is_alive
    assert np.array_equal(filled[hole == 0], rgb[hole == 0])
    assert np.abs(filled[hole > 0].astype(int) - 90).max() < 8
    assert np.array_equal(filled, again)
    assert told == [0.0]


def test_a_file_that_was_changed_never_reaches_a_parser(tmp_path: Path) -> None:
    files = _files(tmp_path)
    files[0].path.write_bytes(files[0].path.read_bytes()[::-1])
    with ModelProcess() as process, pytest.raises(ModelFailed, match="not what was added"):
        process.run(_request(), files)


def test_a_model_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"\x08\x08nonsense")
    file = ModelFile(path, hashlib.sha256(path.read_bytes()).hexdigest())
    with ModelProcess() as process, pytest.raises(ModelFailed, match="could not do it"):
        process.run(_request(), (file,))


def test_a_cancel_ends_it_at_once(tmp_path: Path) -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) == 5

    process = ModelProcess()
    with pytest.raises(CancelledError):
        process.run(_request(3000), _files(tmp_path), ModelListener(cancelled=cancelled))
    assert len(asked) == 5
    assert not process.is_alive


def test_who_outlives_a_cancel_drops_its_answer(tmp_path: Path) -> None:
    files, request = _files(tmp_path), _request()
    with ModelProcess() as process:
        process.run(request, files)
        with pytest.raises(CancelledError):
            process.run(
                _request(600), files, ModelListener(cancelled=lambda: True), outlives_cancel=True
            )
        assert process.is_alive
        assert process.is_behind
        assert process.run(request, files)[0].shape == (120, 120, 3)
        assert not process.is_behind


def test_one_that_is_killed_is_a_sentence(tmp_path: Path) -> None:
    files = _files(tmp_path)

    def kill() -> bool:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        return False

    with ModelProcess() as process:
        with pytest.raises(ModelFailed, match="stopped unexpectedly"):
            process.run(_request(3000), files, ModelListener(cancelled=kill))
        assert process.run(_request(), files)  # and another takes its place


def test_silence_has_an_end(tmp_path: Path) -> None:
    with ModelProcess(ModelLimits(silence_seconds=0.05)) as process:
        with pytest.raises(ModelFailed, match="did not answer"):
            process.run(_request(3000), _files(tmp_path))
        assert not process.is_alive


@pytest.mark.skipif(os.name == "nt", reason="the system holds no process to a limit")
def test_memory_has_an_end(tmp_path: Path) -> None:
    limits = ModelLimits(most_bytes=220 * 1024**2)
    with ModelProcess(limits) as process, pytest.raises(ModelFailed):
        process.run(_request(6000), _files(tmp_path))
