"""`ActionSpec`: one action of the window, as a row of a table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """`id` is the object name, `<menu>.<verb>`. The first of `keys` is shown."""

    id: str
    text: str
    icon: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    is_checkable: bool = False
    group: str = ""  # only one of a group is checked
    is_paid: bool = False  # a key held down must not buy again and again
