"""Windows to test: one that is still starting, one that is ready, one with a server behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.generation.workshop import open_desk
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, make_rig


@pytest.fixture
def starting(qtbot: QtBot, tmp_path: Path) -> Rig:
    """No services yet."""
    return make_rig(qtbot, tmp_path / "home", None)


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path) -> Rig:
    """Ready, offline: no key is there."""
    home = tmp_path / "home"
    return make_rig(qtbot, home, open_desk(home, None))


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def online(qtbot: QtBot, tmp_path: Path, api: ImagesApi) -> Rig:
    """Ready, with a key and a server on loopback."""
    home = tmp_path / "home"
    return make_rig(qtbot, home, open_desk(home, api))
