"""Filling what must not be seen: no trace of it, nothing else touched."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.pixels.hidden_fill import filled_hidden, grown_hidden


@settings(max_examples=40)
@given(st.integers(1, 23), st.integers(1, 17), st.integers(0, 2**32 - 1))
def test_the_filling_knows_nothing_of_what_it_hides(height: int, width: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    one = chance.integers(0, 256, (height, width, 4), dtype=np.uint8)
    hidden = np.where(chance.random((height, width)) < chance.random(), 255, 0).astype(np.uint8)
    other = one.copy()
    other[hidden > 0] = chance.integers(0, 256, 4)
    filled = filled_hidden(one, hidden)
    assert (filled == filled_hidden(other, hidden)).all()
    assert (filled[hidden == 0] == one[hidden == 0]).all()
    known = one[hidden == 0]
    if len(known):
        assert (filled >= known.min(axis=0)).all()
        assert (filled <= known.max(axis=0)).all()


def test_soft_edges_are_hidden_with_a_rim() -> None:
    coverage = np.zeros((9, 9), np.uint8)
    coverage[4, 4] = 1
    hidden = grown_hidden(coverage)
    assert set(np.unique(hidden)) == {0, 255}
    rows, columns = np.nonzero(hidden)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (2, 6, 2, 6)
