"""Keyboard shortcuts: look for an action, press another key for it. In force at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aipaint.errors import StorageError
from aipaint.ui.dialogs.fixed_keys import fixed_use
from aipaint.ui.dialogs.key_tree import KeyGroup, KeyRow, KeySearch, KeyTree
from aipaint.ui.key_codes import native, pressed_as
from aipaint.ui.keymap import Keymap
from aipaint.ui.widgets.key_edit import KeyEdit
from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

_CHOOSE = "Choose an action above."


@dataclass(frozen=True)
class MenuOfKeys:
    """A menu: `names` by the id of the action, in the order of the menu. `opener` is the portable
    key that opens it."""

    title: str
    names: Mapping[str, str]
    opener: str = ""


class ShortcutsDialog(QDialog):
    """Writes the keymap; a sentence below says what happened or what stands in the way."""

    def __init__(self, parent: QWidget, keymap: Keymap, menus: Sequence[MenuOfKeys]) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 620)
        self._keymap = keymap
        self._names = {one: name for menu in menus for one, name in menu.names.items()}
        self._openers = {pressed_as(menu.opener): menu.title for menu in menus if menu.opener}
        self.search = KeySearch("shortcutSearch", "Search shortcuts")
        self.search.textChanged.connect(self._on_searched)
        self.tree = KeyTree("shortcutTree", "Actions and their keys", ("Action", "Keys", "Usually"))
        self.tree.show_groups([self._group(menu) for menu in menus])
        self.tree.chosen.connect(self._on_chosen)
        self.tree.itemClicked.connect(self._on_picked)
        self.tree.itemActivated.connect(self._on_picked)
        self.search.left_downward.connect(self.tree.choose_first)
        self.key = KeyEdit("shortcutKeyEdit", "New key")
        self.key.key_pressed.connect(self._refresh)
        self.name = PlainLabel("", Tone.STRONG)
        self.message = PlainLabel("", Tone.MUTED, wraps=True)
        self.message.setObjectName("shortcutMessage")
        self.message.setAccessibleName("What happened")
        self.use = _button("useKeyButton", "&Use This Key", "Instead of the keys it has")
        self.add = _button("addKeyButton", "A&dd This Key", "Beside the keys it has")
        self.clear = _button("noKeyButton", "&No Key", "The action is left to the menu")
        self.reset = _button("usualKeyButton", "Us&ual Key", "As it was when aipaint was new")
        self.reset_all = _button("allUsualKeysButton", "&Reset All…", "All keys as they were")
        self.use.setDefault(True)
        self.use.clicked.connect(self._on_use)
        self.add.clicked.connect(self._on_add)
        self.clear.clicked.connect(self._on_clear)
        self.reset.clicked.connect(self._on_reset)
        self.reset_all.clicked.connect(self._on_reset_all)
        self._lay_out()
        self._say(keymap.problem, Tone.WARNING)
        self._refresh("")
        self.search.setFocus()

    def _lay_out(self) -> None:
        close = _button("shortcutsCloseButton", "&Close", "")
        close.clicked.connect(self.reject)
        entry, others = QHBoxLayout(), QHBoxLayout()
        entry.addWidget(self.key, 1)
        entry.addWidget(self.use)
        entry.addWidget(self.add)
        others.addWidget(self.clear)
        others.addWidget(self.reset)
        others.addStretch(1)
        others.addWidget(self.reset_all)
        others.addWidget(close)
        # Two lines whatever it says, so that nothing jumps.
        self.message.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 2)
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addSpacing(4)
        column.addWidget(self.name)
        column.addLayout(entry)
        column.addWidget(self.message)
        column.addLayout(others)

    def _group(self, menu: MenuOfKeys) -> KeyGroup:
        return KeyGroup(menu.title, tuple(self._row(one) for one in menu.names))

    def _row(self, action_id: str) -> KeyRow:
        keys, usual = self._keymap.keys(action_id), self._keymap.usual_keys(action_id)
        other = (_listed(usual) or "no key") if self._keymap.is_own(action_id) else ""
        return KeyRow(action_id, (self._names[action_id], _listed(keys), other))

    def _refresh(self, _key: str = "") -> None:
        """The buttons, after an action was chosen, a key pressed or a key given."""
        chosen, key = self.tree.chosen_id, self.key.key
        obstacle = self._obstacle(chosen, key)
        holder = self._keymap.holder(key, besides=chosen) if key and not obstacle else ""
        self.name.setText(self._names[chosen] if chosen else _CHOOSE)
        self.use.setText(f"&Take It from “{self._names[holder]}”" if holder else "&Use This Key")
        has_it = pressed_as(key) in map(pressed_as, self._keymap.keys(chosen)) if chosen else False
        is_usable = bool(chosen and key and not obstacle)
        self.key.setEnabled(bool(chosen))
        self.use.setEnabled(is_usable and self._keymap.keys(chosen) != (key,))
        self.add.setEnabled(is_usable and not has_it and not holder)
        self.clear.setEnabled(bool(chosen and self._keymap.keys(chosen)))
        self.reset.setEnabled(bool(chosen and self._keymap.is_own(chosen)))
        self.reset_all.setEnabled(self._keymap.has_own)
        if obstacle:
            self._say(obstacle, Tone.WARNING)
        elif holder:
            self._say(f"{native(key)} is the key of “{self._names[holder]}”.", Tone.WARNING)
        elif key:
            self._say(f"{native(key)} is free." if not has_it else "", Tone.MUTED)

    def _obstacle(self, action_id: str, key: str) -> str:
        """Why no action, or not this one, can have the key."""
        if not key or (action_id and key in self._keymap.usual_keys(action_id)):
            return ""
        menu, use = self._openers.get(pressed_as(key)), fixed_use(key)
        if menu:
            return f"{native(key)} opens the menu {menu}. Choose another key."
        return f"{native(key)} is taken: {use.lower()}. Choose another key." if use else ""

    def _say(self, sentence: str, tone: Tone = Tone.MUTED) -> None:
        self.message.set_tone(tone)
        self.message.setText(sentence)

    def _on_searched(self, text: str) -> None:
        count = self.tree.search(text)
        if not count:
            self._say(f"No action has “{text.strip()}” in its name or keys.")
        elif not self.key.key:
            self._say("")

    def _on_chosen(self) -> None:
        self.key.set_key("")
        self._say("")
        self._refresh()

    def _on_picked(self) -> None:
        """By a click or Enter: the next key is for it."""
        if self.tree.chosen_id:
            self.key.setFocus()

    def _on_use(self) -> None:
        self._bind((self.key.key,))

    def _on_add(self) -> None:
        self._bind((*self._keymap.keys(self.tree.chosen_id), self.key.key))

    def _on_clear(self) -> None:
        self._bind(())

    def _on_reset(self) -> None:
        self._bind(self._keymap.usual_keys(self.tree.chosen_id))

    def _bind(self, keys: tuple[str, ...]) -> None:
        chosen = self.tree.chosen_id
        held = {self._keymap.holder(key, besides=chosen) for key in keys} - {""}
        trouble = ""
        try:
            self._keymap.bind(chosen, keys)
        except StorageError as error:
            trouble = f"It holds until you leave aipaint: {error}"
        self._show_rows((chosen, *held))
        self.key.set_key("")
        self._refresh()
        said = f"“{self._names[chosen]}” has {_listed(keys) or 'no key'} now."
        robbed = "".join(f" It was taken from “{self._names[one]}”." for one in sorted(held))
        self._say(trouble or said + robbed, Tone.DANGER if trouble else Tone.MUTED)

    def _on_reset_all(self) -> None:
        box = QMessageBox(self)
        box.setObjectName("resetKeysDialog")
        box.setWindowTitle("Reset all keys")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText("Give every action its usual keys again?")
        box.setInformativeText("The keys you chose are forgotten.")
        box.addButton("Reset All", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        name_buttons(box)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(self._reset_all)
        box.open()

    def _reset_all(self) -> None:
        trouble = ""
        try:
            self._keymap.reset_all()
        except StorageError as error:
            trouble = f"It holds until you leave aipaint: {error}"
        self._show_rows(self._names)
        self.key.set_key("")
        self._refresh()
        said = trouble or "Every action has its usual keys."
        self._say(said, Tone.DANGER if trouble else Tone.MUTED)

    def _show_rows(self, action_ids: Iterable[str]) -> None:
        for action_id in action_ids:
            self.tree.update_row(self._row(action_id))


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(map(native, keys))


def _button(object_name: str, text: str, tip: str) -> QPushButton:
    button = PushButton(text)
    button.setObjectName(object_name)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
