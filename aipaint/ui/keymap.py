"""`Keymap`: which keys each action has, and the file that remembers the user's own."""

from collections.abc import Sequence
from pathlib import Path

from aipaint.settings.shortcut_file import read_own_keys, write_own_keys
from aipaint.ui.actions import Actions
from aipaint.ui.key_codes import checked, pressed_as

_Keys = tuple[str, ...]


class Keymap:
    """Keys are portable texts such as "Ctrl+Shift+S". A key belongs to one action at most.

    Every change is in force at once and written at once; where writing fails it raises
    StorageError, and the change holds until the program ends.
    """

    def __init__(self, actions: Actions, path: Path) -> None:
        self._actions = actions
        self._path = path
        stored = read_own_keys(path)
        self.problem = stored.problem  # a sentence, "" if all is well
        self._usual = {action_id: _spelled(actions.keys(action_id)) for action_id in actions}
        self._own: dict[str, _Keys] = {}
        # A newer version's actions are not ours to forget.
        self._strangers: dict[str, _Keys] = {}
        for action_id, names in stored.keys.items():
            if action_id not in self._usual:
                self._strangers[action_id] = names
                continue
            keys = _spelled(names)
            if len(keys) < len(names) and not self.problem:
                self.problem = f"shortcuts.toml has keys for {action_id} that do not exist."
            if keys or not names:
                self._own[action_id] = keys
        if self._own:
            self._apply()

    def keys(self, action_id: str) -> _Keys:
        """The first one is shown in menus."""
        return self._actions.keys(action_id)

    def usual_keys(self, action_id: str) -> _Keys:
        return self._usual[action_id]

    def is_own(self, action_id: str) -> bool:
        """Whether it has other keys than usual."""
        return self.keys(action_id) != self._usual[action_id]

    @property
    def has_own(self) -> bool:
        return any(self.is_own(action_id) for action_id in self._usual)

    def holder(self, key: str, besides: str = "") -> str:
        """The id of the action that has this key, "" if none."""
        wanted = pressed_as(key)
        for action_id in self._usual:
            if action_id != besides and wanted in map(pressed_as, self.keys(action_id)):
                return action_id
        return ""

    def bind(self, action_id: str, keys: Sequence[str]) -> tuple[str, ...]:
        """Give it these keys instead of those it has; the ids of actions they were taken from."""
        robbed: dict[str, None] = {}
        for key in keys:
            while holder := self.holder(key, besides=action_id):
                left = (one for one in self.keys(holder) if pressed_as(one) != pressed_as(key))
                self._own[holder] = tuple(left)
                self._actions.set_keys(holder, self._own[holder])
                robbed[holder] = None
        self._own[action_id] = tuple(keys)
        self._apply()
        self._save()
        return tuple(robbed)

    def reset(self, action_id: str) -> tuple[str, ...]:
        """The usual keys again; the ids of actions they were taken from."""
        return self.bind(action_id, self._usual[action_id])

    def reset_all(self) -> None:
        """The usual keys for everything."""
        self._own.clear()
        self._apply()
        self._save()

    def _apply(self) -> None:
        """Own keys go first, in the order of the table: a file may name one twice, and a new
        version may have given a key to something else."""
        taken: set[str] = set()
        wanted: dict[str, _Keys] = {}
        for is_own in (True, False):
            for action_id, usual in self._usual.items():
                if (action_id in self._own) is is_own:
                    keys = self._own.get(action_id, usual)
                    wanted[action_id] = tuple(k for k in keys if pressed_as(k) not in taken)
                    taken.update(map(pressed_as, wanted[action_id]))
        for action_id, keys in wanted.items():
            if keys != self._actions.keys(action_id):
                self._actions.set_keys(action_id, keys)

    def _save(self) -> None:
        changed = {one: keys for one, keys in self._own.items() if keys != self._usual[one]}
        self._own = changed
        write_own_keys(self._path, {**self._strangers, **changed})


def _spelled(names: Sequence[str]) -> _Keys:
    """In the usual spelling, without what is no key."""
    return tuple(dict.fromkeys(filter(None, map(checked, names))))
