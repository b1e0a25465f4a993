"""Models a user adds: known by their bytes, kept whole, listed as they are."""

import threading
from pathlib import Path

import pytest

from aipaint.errors import CancelledError, StorageError, UsageError
from aipaint.pixels import model_runtime
from aipaint.providers.offline_pack_record import load_pack_records
from aipaint.providers.offline_pack_shelf import PackShelf
from aipaint.settings.paths import resource
from tests.providers.tiny_packs import FILES, full_shelf, tgz, tiny_records, wheel

_MIGAN, _SPAN = FILES["migan"][0], FILES["span"]


@pytest.fixture
def shelf(tmp_path: Path) -> PackShelf:
    return PackShelf(tmp_path / "home" / "models", tiny_records())


def _state(shelf: PackShelf, pack_id: str) -> str:
    return next(state.sentence for state in shelf.states() if state.record.id == pack_id)


def _given(tmp_path: Path, data: bytes, name: str = "given") -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def test_the_shipped_list_is_whole() -> None:
    records = load_pack_records(resource("model_packs.toml"))
    assert [record.id for record in records] == ["migan", "u2netp", "span", "sam2"]
    files = [file for record in records for file in record.files]
    # A file is told by its size first: no two may have the same.
    assert len({file.size_bytes for file in files}) == len(files)
    assert len({file.name for file in files}) == len(files)
    for file in files:
        assert len(bytes.fromhex(file.sha256)) == 32
        assert Path(file.name).name == file.name
    for record in records:
        assert any("offline-models add" in command for command in record.get)
        assert "://" not in " ".join((*record.get, record.install, record.license_note))


def test_nothing_is_there_at_first(shelf: PackShelf) -> None:
    assert {state.sentence for state in shelf.states()} == {"not added"}
    assert shelf.ready("migan") is None


def test_a_bare_file_and_a_package_are_taken(shelf: PackShelf, tmp_path: Path) -> None:
    ((record, file),) = shelf.add(_given(tmp_path, _MIGAN, "renamed by somebody.bin"))
    assert (record.id, file.name) == ("migan", "migan_pipeline_v2.onnx")
    files = shelf.ready("migan")
    assert files is not None
    assert files[0].path.read_bytes() == _MIGAN
    packed = wheel({"../../x": _SPAN[0], "b": _SPAN[1], "c": _SPAN[2], "d": _SPAN[3]})
    assert len(shelf.add(_given(tmp_path, packed))) == 4
    assert {path.name for path in (tmp_path / "home" / "models").iterdir()} == {
        "migan_pipeline_v2.onnx",
        *(f"spanx{factor}_ch48.{kind}" for factor in (2, 4) for kind in ("bin", "param")),
    }


def test_a_part_of_a_pack_is_told_as_such(shelf: PackShelf, tmp_path: Path) -> None:
    shelf.add(_given(tmp_path, tgz({"package/a": _SPAN[0]})))
    assert _state(shelf, "span") == "1 of 4 files added"
    assert shelf.ready("span") is None


def test_other_bytes_of_the_same_size_are_refused(shelf: PackShelf, tmp_path: Path) -> None:
    fake = b"x" * len(_MIGAN)
    for data in (fake, tgz({"migan_pipeline_v2.onnx": fake})):
        with pytest.raises(UsageError, match="SHA-256"):
            shelf.add(_given(tmp_path, data))
    assert list((tmp_path / "home" / "models").iterdir()) == []


def test_a_stranger_beside_the_right_one_does_no_harm(shelf: PackShelf, tmp_path: Path) -> None:
    members = {"a": _MIGAN, "b": b"x" * len(_MIGAN)}
    assert len(shelf.add(_given(tmp_path, tgz(members)))) == 1
    assert shelf.ready("migan") is not None


def test_unknown_files_are_refused(shelf: PackShelf, tmp_path: Path) -> None:
    for data in (b"", b"hello there", tgz({"readme": b"hello there"}), wheel({})):
        with pytest.raises(UsageError, match="no model that aipaint knows"):
            shelf.add(_given(tmp_path, data))


def test_adding_again_mends_what_was_damaged(shelf: PackShelf, tmp_path: Path) -> None:
    given = _given(tmp_path, _MIGAN)
    shelf.add(given)
    kept = tmp_path / "home" / "models" / "migan_pipeline_v2.onnx"
    kept.write_bytes(_MIGAN[:-1])
    assert _state(shelf, "migan") == "not added"
    shelf.add(given)
    assert kept.read_bytes() == _MIGAN


def test_what_is_removed_can_be_added_again(tmp_path: Path) -> None:
    shelf = full_shelf(tmp_path / "models", "migan", "u2netp")
    shelf.remove(shelf.records[0])
    assert _state(shelf, "migan") == "not added"
    assert _state(shelf, "u2netp") == "ready"
    shelf.add(_given(tmp_path, _MIGAN))
    assert _state(shelf, "migan") == "ready"


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = full_shelf(tmp_path / "models", "span", "sam2", "migan")
    monkeypatch.setattr(model_runtime, "_is_there", lambda name: False)
    assert _state(shelf, "span") == "added, needs ncnn"
    assert _state(shelf, "sam2") == "added, needs onnxruntime"
    assert _state(shelf, "migan") == "ready"
    monkeypatch.setattr(model_runtime, "_OPENCV_MAJOR", 99)
    assert _state(shelf, "migan") == "added, needs opencv-python>=5"
    assert shelf.ready("migan") is None


def test_a_cancel_leaves_nothing(shelf: PackShelf, tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(CancelledError):
        shelf.add(_given(tmp_path, _MIGAN), cancelled)
    assert list((tmp_path / "home" / "models").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file in the way")
    shelf = PackShelf(tmp_path / "models", tiny_records())
    with pytest.raises(StorageError, match="cannot be made"):
        shelf.add(_given(tmp_path, _MIGAN))
