"""A server and a watch for every test of the providers that asks for them."""

from collections.abc import Iterator

import pytest

from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import ImagesApi


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def watch() -> RecordingWatch:
    return RecordingWatch()
