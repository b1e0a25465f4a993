"""The log takes what is no text, and no key."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.settings.load_settings import load_settings
from aipaint.settings.log_file import start_log
from tests.conftest import ExpectedLogs

_LOG = logging.getLogger("tests.log")


@pytest.fixture(autouse=True)
def _handlers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_name_that_is_no_text_is_logged_and_a_key_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expected_logs: ExpectedLogs
) -> None:
    expected_logs("cannot read boat")
    settings = load_settings({"AIPAINT_HOME": str(tmp_path)}, {})
    start_log(replace(settings, openai_api_key="sk-canary-123456"))
    _LOG.error("cannot read %s with %s", "boat-\udcff.png", "sk-canary-123456")
    written = (tmp_path / "logs" / "aipaint.log").read_text(encoding="utf-8")
    assert r"boat-\udcff.png with [key]" in written
    assert capsys.readouterr().err == ""
