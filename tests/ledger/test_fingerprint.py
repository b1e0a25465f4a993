"""What is the same purchase, and what only looks like it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.ledger.fingerprint import fingerprint

BASE: dict[str, Any] = {
    "provider": "openai",
    "model": "gpt-image-2",
    "action": "edit",
    "prompt": "write HELLO",
    "parameters": {"quality": "low", "count": 1, "seed": None},
    "inputs": [("input", "aa" * 32), ("mask", "bb" * 32)],
}


def made(**changes: Any) -> str:
    return fingerprint(**{**BASE, **changes})


@pytest.mark.parametrize(
    "change",
    [
        {"provider": "replicate"},
        {"model": "gpt-image-2 "},
        {"action": "generate"},
        {"prompt": "write hello"},
        {"prompt": "write HELLO "},
        {"prompt": "write  HELLO"},
        {"parameters": {"quality": "high", "count": 1, "seed": None}},
        {"parameters": {"quality": "low", "count": 2, "seed": None}},
        {"parameters": {"quality": "low", "count": 1, "seed": 0}},
        {"parameters": {"quality": "low", "count": 1}},
        {"parameters": {"quality": "low", "count": "1", "seed": None}},
        {"inputs": [("input", "bb" * 32), ("mask", "aa" * 32)]},  # swapped
        {"inputs": [("mask", "bb" * 32), ("input", "aa" * 32)]},
        {"inputs": [("input", "aa" * 32)]},
        {"inputs": [("input", "aa" * 32), ("reference", "bb" * 32)]},
        {"inputs": []},
    ],
)
def test_whatever_changes_the_picture_is_another_purchase(change: dict[str, Any]) -> None:
    assert made(**change) != made()


def test_the_order_in_which_parameters_are_named_is_none() -> None:
    parameters = BASE["parameters"]
    assert made(parameters=dict(reversed(parameters.items()))) == made()


def test_it_is_the_same_tomorrow() -> None:
    """Stored in every job: another one would let everything be bought twice once."""
    assert made() == "11c9b932f26cd06cde37674f4e4bc81b7c8d836303a8ccac4b1ae95b8e7e7828"


VALUES = st.none() | st.booleans() | st.integers() | st.text()
PARTS = st.fixed_dictionaries(
    {
        "prompt": st.text(),
        "parameters": st.dictionaries(st.text(), VALUES, max_size=4),
        "inputs": st.lists(st.tuples(st.text(), st.text()), max_size=3),
    }
)


@given(PARTS, PARTS)
def test_equal_exactly_where_the_parts_are(one: dict[str, Any], other: dict[str, Any]) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (made(**one) == made(**other)) is same
    assert made(**one) == made(**one)
