"""Atomic writing: whole content, kept permissions and links, sentences for what fails."""

import os
import resource
import signal
from pathlib import Path

import pytest

from aipaint.atomic_file import write_atomically
from aipaint.errors import StorageError


def test_it_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a.ora"]


def test_a_new_file_has_ordinary_permissions_and_a_replaced_one_keeps_its_own(
    tmp_path: Path,
) -> None:
    ordinary, path = tmp_path / "ordinary", tmp_path / "a"
    ordinary.write_bytes(b"")
    write_atomically(path, b"1")
    assert path.stat().st_mode == ordinary.stat().st_mode
    path.chmod(0o640)
    write_atomically(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_keeps_pointing_at_its_target(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.png"
    link.symlink_to(tmp_path / "real" / "target.png")
    write_atomically(link, b"x")
    assert link.is_symlink()
    assert (tmp_path / "real" / "target.png").read_bytes() == b"x"


def test_a_name_of_full_length_works(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write_atomically(path, b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no/such/a.png", "folder does not exist"),
        ("n" * 256, "too long"),
        ("nul\0", "NUL character"),
    ],
)
def test_impossible_names(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(StorageError, match=reason):
        write_atomically(tmp_path / name, b"x")
    assert os.listdir(tmp_path) == []


def test_a_folder_or_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StorageError, match="folder of that name"):
        write_atomically(tmp_path / "folder", b"x")
    with pytest.raises(StorageError):
        write_atomically(tmp_path / "pipe", b"x")
    assert sorted(os.listdir(tmp_path)) == ["folder", "pipe"]


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    """A real refusal of the system half way: the process may write files of at most 4 kB."""
    path = tmp_path / "a"
    write_atomically(path, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(StorageError, match="no file this large"):
            write_atomically(path, bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]
