"""Documents out of and into the data folder, by the command line."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.projects.open_file import open_picture
from tests.cli.shell import Shell, shell_in


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return shell_in(tmp_path, None)


def test_a_picture_becomes_a_document_and_a_picture_again(shell: Shell) -> None:
    made = shell("project", "export", "photo.png", "photo.ora")
    assert made.code == 0, made.err
    assert made.out.strip() == str(shell.folder / "photo.ora")
    back = shell("project", "export", "photo.ora", "back.png", "--json")
    assert back.json["width"] == 640
    assert back.json["layers"] == 1
    with Image.open(shell.folder / "photo.png") as before:
        with Image.open(shell.folder / "back.png") as after:
            assert np.array_equal(
                np.asarray(before.convert("RGB")), np.asarray(after.convert("RGB"))
            )


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_the_suffix_says_the_format(shell: Shell, suffix: str) -> None:
    assert shell("project", "export", "photo.png", f"out{suffix}").code == 0
    with Image.open(shell.folder / f"out{suffix}") as picture:
        assert picture.size == (640, 480)
        assert picture.format == {".jpg": "JPEG", ".webp": "WEBP"}[suffix]


def test_an_unknown_suffix_is_refused_before_anything_is_read(shell: Shell) -> None:
    said = shell("project", "export", "missing.png", "out.xcf")
    assert said.code == 2
    assert ".ora" in said.err
    assert not (shell.folder / "out.xcf").exists()


def test_an_imported_document_lies_in_the_data_folder_and_can_be_opened(shell: Shell) -> None:
    shell("project", "export", "photo.png", "über uns & mehr.ora")
    said = shell("project", "import", "über uns & mehr.ora")
    assert said.code == 0, said.err
    path = Path(said.out.strip())
    assert path.is_relative_to(Path(shell.environ["AIPAINT_HOME"]) / "projects")
    assert open_picture(path).frame.width == 640
    again = shell("project", "import", "über uns & mehr.ora", "--json")
    assert again.json["path"] == str(path)


@pytest.mark.parametrize("name", ["broken.ora", "broken.png", "nothing.ora"])
def test_what_cannot_be_read_is_a_sentence_that_names_it(shell: Shell, name: str) -> None:
    if name.startswith("broken"):
        (shell.folder / name).write_bytes(b"this is not what the name says")
    said = shell("project", "import", name)
    assert said.code == 2
    assert name in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert not list((Path(shell.environ["AIPAINT_HOME"])).glob("projects/*"))
