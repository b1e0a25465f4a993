"""`AccountForm`: the fields of one account."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aipaint.ui.settings_pages.account_draft import OPENAI, REPLICATE, AccountDraft
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.providers.openai_preset import OpenAIPreset

_BY_ADDRESS = "By its address"
_REPLICATE = "replicate:"


class AccountForm(QWidget):
    """`changed`: a field was edited; `draft` is the account with it."""

    changed = Signal()
    test_wanted = Signal()

    def __init__(self, presets: "Sequence[OpenAIPreset]") -> None:
        super().__init__()
        self._presets = {preset.name: preset for preset in presets}
        self._draft = AccountDraft("")
        self._is_showing = False
        self.name = _line("accountNameEdit", "Name of the account")
        self.name.setToolTip("Small letters, digits, dots and dashes; --provider takes it too")
        self.kind = ComboBox("accountPresetCombo", "Kind of service")
        self.kind.setMinimumContentsLength(18)
        self.kind.addItem(_BY_ADDRESS, "")
        for preset in presets:
            self.kind.addItem(preset.label, preset.name)
        self.kind.addItem("Replicate", _REPLICATE)
        self.base_url = _line("accountUrlEdit", "Address")
        self.base_url.setToolTip("With its path, such as https://api.openai.com/v1")
        self.model = _line("accountModelEdit", "Model")
        self.model.setPlaceholderText("The service's usual one")
        self.key = _line("accountKeyEdit", "Key")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.forget = PushButton("&Forget")
        self.forget.setObjectName("forgetKeyButton")
        self.forget.setToolTip("Take the stored key out of the key store when this is saved")
        self.forget.setAutoDefault(False)
        self.note = PlainLabel("", Tone.MUTED, wraps=True)
        self.note.setObjectName("accountNote")
        self.key_note = PlainLabel("", Tone.MUTED, wraps=True)
        self.key_note.setObjectName("accountKeyNote")
        self.test = PushButton("Save and &Test")
        self.test.setObjectName("testAccountButton")
        self.test.setToolTip("Save everything on this page, then make a call that costs nothing")
        self.test.setAutoDefault(False)
        self.outcome = PlainLabel("", Tone.NORMAL, wraps=True)
        self.outcome.setObjectName("accountTestLabel")
        self.outcome.setAccessibleName("What the test said")
        self._connect()
        self._lay_out()

    @property
    def draft(self) -> AccountDraft:
        return self._draft

    def show_draft(self, draft: AccountDraft) -> None:
        """Another account."""
        self._is_showing = True
        self._draft = draft
        self.name.setText(draft.name)
        self.name.setReadOnly(draft.is_built_in)
        wanted = _REPLICATE if draft.kind == REPLICATE else draft.preset
        self.kind.setCurrentIndex(max(0, self.kind.findData(wanted)))
        self.kind.setEnabled(not draft.is_built_in)
        self.base_url.setText(draft.base_url)
        self.base_url.setEnabled("base_url" not in draft.fixed)
        self.model.setText(draft.model)
        self.model.setEnabled("model" not in draft.fixed and draft.kind == OPENAI)
        self.key.setText(draft.key or "")
        self.key.setEnabled("key" not in draft.fixed)
        self.say("")
        self._is_showing = False
        self._show_notes()

    def show_key_state(self, has_key: bool | None, where: str) -> None:
        """Whether one is stored; None while that is not known yet."""
        draft = self._draft
        is_forgotten = draft.key == ""
        self.forget.setEnabled(bool(has_key) and "key" not in draft.fixed and not is_forgotten)
        if "key" in draft.fixed:
            self.key.setPlaceholderText("")
            self.key_note.setText(
                f"The key comes from the environment ({draft.key_variable}) or the command line."
            )
            return
        texts = {None: "Looking…", True: "A key is stored; type to replace it", False: "No key yet"}
        self.key.setPlaceholderText(
            "It is forgotten when saved" if is_forgotten else texts[has_key]
        )
        self.key_note.setText(f"Keys are kept {where}, never in a file." if where else "")

    def say(self, text: str, tone: Tone = Tone.NORMAL) -> None:
        """What a test came to."""
        self.outcome.setText(text)
        self.outcome.set_tone(tone)
        self.outcome.setVisible(bool(text))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        for edit in (self.name, self.base_url, self.model):
            edit.textEdited.connect(self._on_edited)
        self.key.textEdited.connect(self._on_key)
        self.forget.clicked.connect(self._on_forget)
        self.test.clicked.connect(self.test_wanted)

    def _lay_out(self) -> None:
        form, column = QFormLayout(), QVBoxLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        key = QHBoxLayout()
        key.addWidget(self.key, 1)
        key.addWidget(self.forget)
        rows = (("&Name", self.name), ("K&ind", self.kind), ("A&ddress", self.base_url))
        for text, field in (*rows, ("&Model", self.model)):
            form.addRow(text, field)
        label = QLabel("&Key")
        label.setBuddy(self.key)
        form.addRow(label, key)
        test = QHBoxLayout()
        test.addWidget(self.test)
        test.addWidget(self.outcome, 1)
        test.addStretch(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addLayout(form)
        column.addWidget(self.key_note)
        column.addLayout(test)

    def _on_kind(self) -> None:
        if self._is_showing:
            return
        wanted = str(self.kind.currentData())
        suggested = {preset.base_url for preset in self._presets.values()}
        if wanted == _REPLICATE:
            self._draft = replace(self._draft, kind=REPLICATE, preset="")
        else:
            self._draft = replace(self._draft, kind=OPENAI, preset=wanted)
        preset = self._presets.get(wanted)
        # An address that we suggested makes room for the next one; a typed one stays.
        if self._draft.base_url in suggested | {""}:
            base_url = preset.base_url if preset is not None else ""
            self._draft = replace(self._draft, base_url=base_url)
            self.base_url.setText(base_url)
        self.model.setEnabled(self._draft.kind == OPENAI)
        self._show_notes()
        self.changed.emit()

    def _on_edited(self, _: str) -> None:
        draft = self._draft
        self._draft = replace(
            draft,
            name=self.name.text() if not draft.is_built_in else draft.name,
            base_url=self.base_url.text(),
            model=self.model.text(),
        )
        self.changed.emit()

    def _on_key(self, text: str) -> None:
        self._draft = replace(self._draft, key=text or None)
        self.changed.emit()

    def _on_forget(self) -> None:
        self.key.clear()
        self._draft = replace(self._draft, key="")
        self.forget.setEnabled(False)
        self.key.setPlaceholderText("It is forgotten when saved")
        self.changed.emit()

    def _show_notes(self) -> None:
        preset = self._presets.get(self._draft.preset)
        notes = [preset.note] if preset is not None and preset.note else []
        if preset is not None and not preset.needs_key:
            self.key.setPlaceholderText("Not needed")
        if self._draft.fixed - {"key"}:
            notes.append("Fields that the environment sets cannot be edited here.")
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))


def _line(object_name: str, accessible_name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(object_name)
    line.setAccessibleName(accessible_name)
    return line
