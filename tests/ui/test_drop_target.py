"""What a drop or a paste means, in the order of the formats that programs offer."""

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from aipaint.errors import UnreadableFileError
from aipaint.ui.drop_target import (
    DroppedBytes,
    DroppedFiles,
    DroppedImage,
    could_be_dropped,
    read_dropped,
)

_PNG = b"\x89PNG\r\n\x1a\nnot a real picture"


def _mime(**formats: bytes) -> QMimeData:
    mime = QMimeData()
    for kind, data in formats.items():
        mime.setData(kind.replace("__", "/").replace("_", "-"), data)
    return mime


def test_local_files_come_first_whatever_else_is_offered(tmp_path: Path) -> None:
    paths = (tmp_path / "a photo with ü.png", tmp_path / "100% real#1.jpg")
    mime = _mime(image__png=_PNG)
    mime.setUrls([QUrl("https://example.org/x.png"), *(QUrl.fromLocalFile(str(p)) for p in paths)])
    mime.setText("text")
    assert read_dropped(mime) == DroppedFiles(paths)


def test_encoded_bytes_are_taken_as_they_are() -> None:
    assert read_dropped(_mime(image__webp=b"x", image__png=_PNG)) == DroppedBytes(
        _PNG, "Pasted picture"
    )


def test_a_decoded_picture_becomes_png(qapp: object) -> None:
    image = QImage(7, 5, QImage.Format.Format_ARGB32)
    image.fill(0x80112233)
    mime = QMimeData()
    mime.setImageData(image)
    dropped = read_dropped(mime)
    assert isinstance(dropped, DroppedImage)
    again = QImage.fromData(dropped.as_png())
    assert again.size() == image.size()
    assert again.pixelColor(3, 3) == image.pixelColor(3, 3)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_picture_inside_a_page(quote: str) -> None:
    body = base64.b64encode(_PNG).decode()
    mime = QMimeData()
    mime.setHtml(f"<p>hi<IMG alt=x\n SRC={quote}data:image/png;base64,{body}{quote}></p>")
    assert read_dropped(mime) == DroppedBytes(_PNG, "Pasted picture")


def test_a_percent_encoded_picture_inside_a_page() -> None:
    mime = QMimeData()
    mime.setHtml('<img src="data:image/svg+xml,%3Csvg/%3E&amp;">')
    assert read_dropped(mime) == DroppedBytes(b"<svg/>&", "Pasted picture")


def test_a_local_picture_inside_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a b.png"
    mime = QMimeData()
    mime.setHtml(f'<img src="{QUrl.fromLocalFile(str(path)).toString()}">')
    assert read_dropped(mime) == DroppedFiles((path,))


@pytest.mark.parametrize("as_url", [False, True])
def test_a_path_as_text(tmp_path: Path, as_url: bool) -> None:
    path = tmp_path / "with space.png"
    path.write_bytes(_PNG)
    mime = QMimeData()
    text = QUrl.fromLocalFile(str(path)).toString() if as_url else str(path)
    mime.setText(f"  {text}\r\n")
    assert read_dropped(mime) == DroppedFiles((path,))


def test_text_that_is_no_path_is_nothing(tmp_path: Path) -> None:
    for text in ("good morning", str(tmp_path / "missing.png"), "relative.png", "x" * 10_000, ""):
        mime = QMimeData()
        mime.setText(text)
        with pytest.raises(UnreadableFileError, match="no picture"):
            read_dropped(mime)


def test_a_link_is_named_as_such() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])
    with pytest.raises(UnreadableFileError, match="link") as caught:
        read_dropped(mime)
    assert caught.value.hint


@pytest.mark.parametrize(
    "html",
    ['<img src="data:image/png;base64,">', '<img src="https://example.org/x.png">', "<p>no</p>"],
)
def test_a_page_without_a_usable_picture_is_nothing(html: str) -> None:
    mime = QMimeData()
    mime.setHtml(html)
    with pytest.raises(UnreadableFileError):
        read_dropped(mime)


def test_only_what_could_be_a_picture_is_welcomed_while_it_hovers() -> None:
    assert not could_be_dropped(_mime(application__x_color=b"red"))
    assert could_be_dropped(_mime(image__png=_PNG))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/x.png")])
    assert could_be_dropped(mime)
