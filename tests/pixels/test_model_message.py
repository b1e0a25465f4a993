"""What goes between the processes comes back as it was, and damage is an error."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aipaint.pixels.model_message import ModelMessage

_ARRAYS = st.lists(
    st.one_of(
        arrays.arrays(np.uint8, arrays.array_shapes(max_dims=4, max_side=5)),
        arrays.arrays(
            np.float32, arrays.array_shapes(max_side=4), elements=st.floats(-9, 9, width=32)
        ),
        st.just(np.empty((0, 3), np.uint8)),
    ),
    max_size=4,
)


@given(word=st.text(), facts=st.dictionaries(st.text(), st.integers()), parts=_ARRAYS)
def test_a_message_comes_back(word: str, facts: dict[str, int], parts: list[np.ndarray]) -> None:
    back = ModelMessage.from_bytes(ModelMessage(word, facts, tuple(parts)).to_bytes())
    assert (back.word, back.facts) == (word, facts)
    assert len(back.arrays) == len(parts)
    for one, other in zip(back.arrays, parts, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_a_view_is_sent_as_it_looks() -> None:
    picture = np.arange(24, dtype=np.uint8).reshape(4, 6)[::-1, ::2]
    (back,) = ModelMessage.from_bytes(ModelMessage("x", {}, (picture,)).to_bytes()).arrays
    assert np.array_equal(back, picture)


@given(st.binary(max_size=60))
def test_nonsense_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        ModelMessage.from_bytes(data)


@pytest.mark.parametrize("shapes", [[["|O", [2]]], [["|u1", [9]]], [["|u1", [-1]]], [1], "x"])
def test_a_shape_that_is_not_there_is_a_value_error(shapes: object) -> None:
    head = json.dumps(["word", {}, shapes]).encode()
    with pytest.raises(ValueError, match=r"."):
        ModelMessage.from_bytes(struct.pack("<I", len(head)) + head + b"1234")
