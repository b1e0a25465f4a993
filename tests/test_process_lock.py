"""A lock that lives as long as its process: kept, given up, lost by kill -9, never stolen."""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest

from aipaint.errors import StorageError
from aipaint.process_lock import ProcessLock, is_alive, remove_stale

HOLDER = """
import sys
from pathlib import Path
from aipaint.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "locks"


@pytest.fixture
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of the session `other`."""
    words = [sys.executable, "-c", HOLDER, str(folder / "other.lock")]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_held_until_released(folder: Path) -> None:
    lock = ProcessLock(folder / "mine.lock")
    assert lock.owner == "mine"
    assert is_alive(folder, "mine")
    assert remove_stale(folder) == ()
    lock.release()
    lock.release()
    assert not is_alive(folder, "mine")
    assert not list(folder.iterdir())


def test_a_lock_that_is_let_go_of_is_released(folder: Path) -> None:
    lock = ProcessLock(folder / "mine.lock")
    del lock
    gc.collect()
    assert not list(folder.iterdir())
    with ProcessLock(folder / "mine.lock"):
        assert is_alive(folder, "mine")
    assert not is_alive(folder, "mine")


def test_nobody_is_alive_in_a_folder_that_is_not_there(folder: Path) -> None:
    assert not is_alive(folder, "nobody")
    assert remove_stale(folder) == ()


def test_another_process_is_alive_until_it_ends(
    folder: Path, holder: subprocess.Popen[str]
) -> None:
    assert is_alive(folder, "other")
    assert remove_stale(folder) == ()
    holder.communicate("go\n")
    assert holder.returncode == 0
    assert not is_alive(folder, "other")
    assert not list(folder.iterdir())  # it ended by itself: nothing is left behind


def test_a_killed_process_leaves_a_stale_lock(folder: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    assert holder.wait() == -signal.SIGKILL
    assert (folder / "other.lock").exists()
    assert not is_alive(folder, "other")
    assert (folder / "other.lock").exists()  # asking changes nothing
    with ProcessLock(folder / "mine.lock"):
        assert remove_stale(folder) == ("other",)
    assert not list(folder.iterdir())


def test_asking_never_makes_a_live_process_look_dead_or_a_dead_one_alive(folder: Path) -> None:
    """Many who ask, remove and take at once: the holder always has the file that others see."""
    start = Barrier(5)
    ended: list[bool] = []
    wrong: list[str] = []

    def ask() -> None:
        start.wait()
        while not ended:
            remove_stale(folder)
            if is_alive(folder, "nobody"):
                wrong.append("a dead one looks alive")

    def take() -> None:
        start.wait()
        for _ in range(300):
            with ProcessLock(folder / "busy.lock"):
                if not is_alive(folder, "busy"):
                    wrong.append("a live one looks dead")
        ended.append(True)

    folder.mkdir()
    (folder / "nobody.lock").touch()
    threads = [Thread(target=ask) for _ in range(4)] + [Thread(target=take)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_second_taker_waits_for_the_first(folder: Path) -> None:
    first = ProcessLock(folder / "opening.lock")
    order: list[str] = []

    def take() -> None:
        with ProcessLock(folder / "opening.lock"):
            order.append("second")

    thread = Thread(target=take)
    thread.start()
    time.sleep(0.05)
    order.append("first")
    first.release()
    thread.join()
    assert order == ["first", "second"]


def test_a_child_does_not_keep_the_lock_of_its_parent(folder: Path) -> None:
    lock = ProcessLock(folder / "mine.lock")
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with child:
        lock.release()
        (folder / "mine.lock").touch()
        assert not is_alive(folder, "mine")
        child.kill()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("")
    with pytest.raises(StorageError, match=r"folder .*locks cannot be written") as refused:
        ProcessLock(tmp_path / "locks" / "mine.lock")
    assert "--home" in refused.value.hint


def test_handles_do_not_leak(folder: Path) -> None:
    with ProcessLock(folder / "mine.lock"):
        before = len(os.listdir("/dev/fd"))
        for _ in range(20):
            is_alive(folder, "mine")
            is_alive(folder, "nobody")
            remove_stale(folder)
        assert len(os.listdir("/dev/fd")) == before
