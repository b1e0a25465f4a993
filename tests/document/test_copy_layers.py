"""Copies of layers have names that tell them apart."""

from aipaint.document.copy_layers import duplicate_layer
from aipaint.document.document import Document
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.pixels.rect import Rect


def test_copies_of_copies_are_numbered() -> None:
    document = Document(Picture([Layer(LayerStyle("Sky"))], Rect(0, 0, 10, 10)))
    for _ in range(3):  # the copy is the active layer
        document.do(duplicate_layer(document.picture, document.picture.active_layer_id))
    names = [layer.name for layer in document.picture.layers]
    assert names == ["Sky", "Sky copy", "Sky copy 2", "Sky copy 3"]


def test_a_name_that_only_speaks_of_copies_stays_whole() -> None:
    document = Document(Picture([Layer(LayerStyle("copyright"))], Rect(0, 0, 10, 10)))
    document.do(duplicate_layer(document.picture, document.picture.active_layer_id))
    assert document.picture.active_layer.name == "copyright copy"
