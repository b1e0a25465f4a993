"""`ProvidersPage`: who makes pictures: accounts, their keys, and servers on this computer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from aipaint.errors import AipaintError
from aipaint.ui.icons import icon
from aipaint.ui.settings_pages.account_draft import (
    OPENAI,
    AccountDraft,
    ProvidersChange,
    change_of,
    drafts_of,
    free_name,
)
from aipaint.ui.settings_pages.account_form import AccountForm
from aipaint.ui.settings_pages.page import SettingsPage
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.providers.local_servers import LocalServer
    from aipaint.providers.openai_preset import OpenAIPreset
    from aipaint.settings.settings import Settings

_ROWS_HEIGHT = 128
_Failed = Callable[[AipaintError], None]


@dataclass(frozen=True)
class KeyStates:
    """Which slots hold a key, and where keys are kept, in plain words."""

    stored: Mapping[str, bool]
    where: str


@dataclass(frozen=True, eq=False)
class ProviderHooks:
    """What the page asks for; all but `read` go on behind it and answer on the main thread."""

    read: "Callable[[], Settings]"
    keep: Callable[[ProvidersChange, Callable[[], None], _Failed], None]
    look: Callable[[Sequence[str], Callable[[KeyStates], None]], None]
    test: Callable[[str, Callable[[str], None], _Failed], None]
    find: "Callable[[Callable[[Sequence[LocalServer]], None], _Failed], None]"
    presets: "Sequence[OpenAIPreset]" = ()


class ProvidersPage(SettingsPage):
    """A list of accounts and the form of the chosen one."""

    title = "Providers"
    icon_name = "key-round"

    def __init__(self, hooks: ProviderHooks) -> None:
        super().__init__()
        self._hooks = hooks
        self._settings: Settings | None = None
        self._drafts: list[AccountDraft] = []
        self._forgotten: list[str] = []
        self._keys = KeyStates({}, "")
        self._is_showing = False
        self._edits = 0  # so that what is typed while something is saved is not overwritten
        self.message = PlainLabel("", Tone.DANGER, wraps=True)
        self.message.setObjectName("providersMessage")
        self.message.setAccessibleName("What is wrong")
        self.list = QListWidget()
        self.list.setObjectName("accountList")
        self.list.setAccessibleName("Accounts")
        self.list.setFixedHeight(_ROWS_HEIGHT)
        self.list.currentRowChanged.connect(self._on_row)
        self.form = AccountForm(hooks.presets)
        self.form.changed.connect(self._on_edited)
        self.form.test_wanted.connect(self._on_test)
        self.found = PlainLabel("", Tone.MUTED, wraps=True)
        self.found.setObjectName("localServersLabel")
        self.found.setAccessibleName("Servers on this computer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for part in (self.message, self.list):
            column.addWidget(part)
        column.addLayout(self._buttons())
        column.addWidget(self.found)
        column.addWidget(self.form)
        column.addStretch(1)

    def load(self) -> None:
        self._say("")
        self._tell_found("")
        try:
            self._settings = self._hooks.read()
        except AipaintError as error:
            self._settings = None
            self._say(str(error))
            return
        self._drafts = drafts_of(self._settings)
        self._forgotten = []
        self._show_list(max(0, self.list.currentRow()))
        self._look_for_keys()

    def save(self) -> bool:
        return self._save(lambda: None)

    def _save(self, then: Callable[[], None]) -> bool:
        if self._settings is None:
            return False
        try:
            change = change_of(self._drafts, self._settings, self._forgotten)
        except AipaintError as error:
            self._say(str(error))
            return False
        self._say("")
        edits = self._edits

        def done() -> None:
            row = self.list.currentRow()
            if edits == self._edits:
                self.load()
                self.list.setCurrentRow(min(row, self.list.count() - 1))
            then()

        def failed(error: AipaintError) -> None:
            self._say(str(error))
            self.form.say("")
            self._look_for_keys()

        self._hooks.keep(change, done, failed)
        return True

    def _buttons(self) -> QHBoxLayout:
        self.add = _button("addAccountButton", "plus", "&Add Account", "One more account")
        self.remove = _button(
            "removeAccountButton", "trash", "&Remove", "Take it away, with its key, when saved"
        )
        self.look = _button(
            "findServersButton",
            "server",
            "&Look for Local Servers",
            "Ask the usual ports of this computer, and nobody else",
        )
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.look.clicked.connect(self._on_look)
        row = QHBoxLayout()
        for button in (self.add, self.remove, self.look):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _show_list(self, row: int) -> None:
        self._is_showing = True
        self.list.clear()
        for draft in self._drafts:
            self.list.addItem(QListWidgetItem(icon("key-round"), _title(draft)))
        self._is_showing = False
        self.list.setCurrentRow(min(row, len(self._drafts) - 1))

    def _on_row(self, row: int) -> None:
        if self._is_showing or not 0 <= row < len(self._drafts):
            return
        self.form.show_draft(self._drafts[row])
        self.remove.setEnabled(not self._drafts[row].is_built_in)
        self._show_key_state()

    def _on_edited(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._drafts):
            self._drafts[row] = self.form.draft
            self.list.item(row).setText(_title(self.form.draft))
            self._note_edit()

    def _on_add(self) -> None:
        self._take(AccountDraft(free_name(self._drafts, "account")))
        self.form.name.setFocus()
        self.form.name.selectAll()

    def _take(self, draft: AccountDraft) -> None:
        self._drafts.append(draft)
        self._show_list(len(self._drafts) - 1)
        self._note_edit()

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._drafts) and not self._drafts[row].is_built_in:
            gone = self._drafts.pop(row)
            if gone.key_slot in self._keys.stored:
                self._forgotten.append(gone.key_slot)
            self._show_list(max(0, row - 1))
            self._note_edit()

    def _on_test(self) -> None:
        name = self.form.draft.name

        def tell(sentence: str) -> None:
            self.form.say(sentence)

        def failed(error: AipaintError) -> None:
            self.form.say(str(error), Tone.DANGER)

        def saved() -> None:
            self.form.say("Testing…", Tone.MUTED)
            self._hooks.test(name, tell, failed)

        if self._save(saved):
            self.form.say("Saving…", Tone.MUTED)

    def _on_look(self) -> None:
        self.look.setEnabled(False)
        self._tell_found("Looking at the usual ports of this computer…")

        def done(servers: "Sequence[LocalServer]") -> None:
            self.look.setEnabled(True)
            self._take_servers(servers)

        def failed(error: AipaintError) -> None:
            self.look.setEnabled(True)
            self._tell_found(str(error))

        self._hooks.find(done, failed)

    def _take_servers(self, servers: "Sequence[LocalServer]") -> None:
        """Those that we speak become accounts, to be saved or removed."""
        known = {draft.base_url.rstrip("/") for draft in self._drafts}
        lines = []
        for server in servers:
            models = f": {', '.join(server.models[:4])}" if server.models else ""
            lines.append(f"{server.label} at {server.base_url}{models}. {server.note}".strip())
            if server.preset and server.base_url.rstrip("/") not in known:
                name = free_name(self._drafts, server.preset)
                model = next(iter(server.models), "")
                self._take(AccountDraft(name, OPENAI, server.preset, server.base_url, model))
        self._tell_found("\n".join(lines) or "No server was found on this computer.")

    def _note_edit(self) -> None:
        self._edits += 1
        self.changed.emit()

    def _look_for_keys(self) -> None:
        self._keys = KeyStates({}, "")
        self._show_key_state()
        slots = [draft.key_slot for draft in self._drafts if "key" not in draft.fixed]
        self._hooks.look(slots, self._on_keys)

    def _on_keys(self, states: KeyStates) -> None:
        self._keys = states
        self._show_key_state()

    def _show_key_state(self) -> None:
        draft = self.form.draft
        is_known = bool(self._keys.where)
        has_key = self._keys.stored.get(draft.key_slot, False) if is_known else None
        self.form.show_key_state(has_key, self._keys.where)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _tell_found(self, text: str) -> None:
        self.found.setText(text)
        self.found.setVisible(bool(text))


def _title(draft: AccountDraft) -> str:
    built_in = {"openai": "OpenAI-compatible", "replicate": "Replicate"}
    name = built_in.get(draft.name, draft.name) if draft.is_built_in else draft.name
    return f"{name} — {draft.base_url}" if draft.base_url else name


def _button(name: str, icon_name: str, text: str, tip: str) -> QPushButton:
    button = PushButton(icon(icon_name), text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
