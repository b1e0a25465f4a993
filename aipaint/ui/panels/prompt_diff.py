"""What a refined prompt changed, word by word. Pure functions."""

import difflib
import re
from dataclasses import dataclass
from enum import Enum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST = 4000  # words; beyond them a comparison would be felt


class Edit(Enum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Words that had the same fate."""

    edit: Edit
    text: str


def prompt_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Kept and added pieces make `after`, kept and removed ones `before`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _LONGEST:
        pieces = [Piece(Edit.REMOVED, before), Piece(Edit.ADDED, after)]
        return tuple(piece for piece in pieces if piece.text)
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(Edit.KEPT, "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece(Edit.REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece(Edit.ADDED, "".join(new[j1:j2])))
    return tuple(found)


def diff_in_words(pieces: tuple[Piece, ...]) -> str:
    """For those who do not see colors: what was added and what was left out."""
    added = _list(pieces, Edit.ADDED)
    removed = _list(pieces, Edit.REMOVED)
    parts = [f"added: {added}"] if added else []
    parts += [f"left out: {removed}"] if removed else []
    return "; ".join(parts) or "nothing changed"


def _list(pieces: tuple[Piece, ...], edit: Edit) -> str:
    texts = (" ".join(piece.text.split()) for piece in pieces if piece.edit is edit)
    return ", ".join(text for text in texts if text)
