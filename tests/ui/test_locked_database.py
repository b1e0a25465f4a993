"""Another program locks the database: the window goes on, and buys once the lock is gone.

A question to the disk on the window's own thread would wait for the lock, which only the test
itself takes away: it would hang, and be ended by the limit of a test.
"""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from aipaint.pixels.rect import Rect
from tests.flows.test_disk_faults import LOCKER
from tests.generation.workshop import photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer

_LONGER_THAN_A_TEST_SECONDS = 600
_VERBS = (
    "generate.start",
    "generate.enqueue",
    "generate.pauseQueue",
    "generate.pauseQueue",
    "generate.inbox",
    "generate.spending",
    "edit.undo",
)


@pytest.fixture
def lock(online: Rig) -> Iterator["subprocess.Popen[bytes]"]:
    assert online.desk is not None
    online.desk.seen.load()
    online.desk.ledger._database.timeout = _LONGER_THAN_A_TEST_SECONDS
    words = [sys.executable, "-c", LOCKER, str(online.desk.home / "aipaint.db")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        yield other
        if other.poll() is None:
            other.communicate(b"go\n")


def test_the_window_goes_on_while_the_database_is_locked(
    online: Rig, api: ImagesApi, lock: "subprocess.Popen[bytes]"
) -> None:
    answer(online, "costDialog", "costConfirmButton")
    prompt = online.inside.docks.prompt
    online.show_picture(picture_of(photograph(320, 240), Rect(140, 100, 40, 30)))
    for words in ("a boat", "a boat at sea"):
        prompt.prompt_edit.setPlainText(words)
        prompt.refresh()
    assert "$" in prompt.generate_button.text()
    prompt.generate_button.click()
    for verb in _VERBS:
        if online.inside.actions[verb].isEnabled():
            online.trigger(verb)
    online.inside.canvas.setFocus()
    online.key(Qt.Key.Key_B)
    online.drag((40, 40), (80, 60))
    online.wait(lambda: online.inside.canvas.tile_item.is_complete)
    assert lock.poll() is None  # it was locked all the time
    assert api.paid == []
    lock.communicate(b"go\n")
    online.wait(lambda: len(api.paid) == 1)
    online.wait(lambda: online.generator is not None and not online.generator.is_busy)
