"""The difference between two prompts tells both of them."""

from hypothesis import given
from hypothesis import strategies as st

from aipaint.ui.panels.prompt_diff import Edit, diff_in_words, prompt_diff

_PROMPTS = st.lists(st.sampled_from(["a", "red", "barn", ",", " ", "\n", "ünï", "👍"])).map("".join)


@given(_PROMPTS, _PROMPTS)
def test_kept_and_added_words_are_the_new_prompt_kept_and_removed_the_old(
    before: str, after: str
) -> None:
    pieces = prompt_diff(before, after)
    assert "".join(each.text for each in pieces if each.edit is not Edit.REMOVED) == after
    assert "".join(each.text for each in pieces if each.edit is not Edit.ADDED) == before
    assert all(piece.text for piece in pieces)


def test_a_very_long_prompt_is_replaced_as_a_whole() -> None:
    pieces = prompt_diff("a b " * 2000, "c")
    assert [piece.edit for piece in pieces] == [Edit.REMOVED, Edit.ADDED]


def test_the_difference_in_words() -> None:
    pieces = prompt_diff("an old barn", "an old red barn, at dusk")
    assert diff_in_words(pieces) == "added: red, , at dusk"
    assert diff_in_words(prompt_diff("barn", "fox")) == "added: fox; left out: barn"
    assert diff_in_words(prompt_diff("fox", "fox")) == "nothing changed"
