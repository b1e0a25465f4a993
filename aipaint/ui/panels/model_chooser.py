"""`ModelChooser`: provider, model, preset and number of pictures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QWidget,
)

from aipaint.errors import AipaintError
from aipaint.ui.icons import icon
from aipaint.ui.panels.panel import GAP, field_label
from aipaint.ui.panels.preset_choice import Preset
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.plain_tip import plain_tip
from aipaint.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from aipaint.providers.model_info import ModelInfo
    from aipaint.providers.provider import Provider
    from aipaint.providers.request import Operation

_MODEL_TIP = "Choose a model or type the name of one"
_USUAL_TIP = "Draft is cheap and quick, Final is dear and fine, Custom is what you choose below"


class ModelChooser(QWidget):
    """Until the user has chosen a provider, the prompt does: with one, an online provider that
    is ready; without one, the offline engine, so that nothing is bought unasked."""

    changed = Signal()
    chosen = Signal()  # preset or count, which change the price by much
    provider_chosen = Signal(str)  # the panel says which model was used there last
    list_wanted = Signal(str)  # ask this provider for its models

    def __init__(self) -> None:
        super().__init__()
        self._providers: dict[str, Provider] = {}
        self._is_chosen_by_hand = False
        self._is_model_by_hand = False
        self._is_refreshing = False
        self.provider_combo = ComboBox("providerCombo", "Provider")
        self.provider_combo.setToolTip("Who makes the picture")
        self.provider_combo.activated.connect(self._on_provider_activated)
        self.provider_combo.currentIndexChanged.connect(self._on_provider_changed)
        self._make_model_combo()
        self.preset_combo = ComboBox("presetCombo", "Preset")
        self.preset_combo.setMinimumContentsLength(5)
        for preset in Preset:
            self.preset_combo.addItem(preset.value.capitalize(), preset.value)
        self.preset_combo.currentIndexChanged.connect(self._on_chosen)
        self.count = Stepper("countSpin", "Number of pictures")
        self.count.number.setPrefix("× ")
        self.count.number.setToolTip("How many pictures to choose from")
        self.count.value_changed.connect(self._on_chosen)
        self._build()
        self.show_meaning("", is_open=False)
        self.setEnabled(False)

    @property
    def provider(self) -> "Provider | None":
        return self._providers.get(str(self.provider_combo.currentData()))

    @property
    def providers(self) -> "tuple[Provider, ...]":
        return tuple(self._providers.values())

    def model(self) -> "ModelInfo | None":
        """The chosen model's record. Raises UsageError for a name that cannot exist."""
        provider = self.provider
        return provider.model(self.model_name) if provider is not None else None

    @property
    def model_name(self) -> str:
        return self.model_combo.currentText().strip()

    @property
    def preset(self) -> Preset:
        data = self.preset_combo.currentData()
        return Preset(data) if data else Preset.CUSTOM

    def set_preset(self, preset: Preset) -> None:
        """Without a word to anybody."""
        self._is_refreshing = True
        self.preset_combo.setCurrentIndex(self.preset_combo.findData(preset.value))
        self._is_refreshing = False

    def set_count(self, count: int, most: int) -> None:
        """Without a word to anybody."""
        self._is_refreshing = True
        self.count.set_range(1, most)
        self.count.number.setValue(count)
        self._is_refreshing = False

    def show_meaning(self, sentence: str, *, is_open: bool) -> None:
        """What the preset asks of this model; closed where it makes no difference."""
        tip = sentence or _USUAL_TIP
        self.preset_combo.setToolTip(plain_tip(tip))
        self.preset_combo.setAccessibleDescription(tip)
        self.preset_combo.setEnabled(is_open)

    def set_providers(self, providers: "Sequence[Provider]") -> None:
        """Show what there is. What was chosen stays; at first it is what costs nothing."""
        before, model = str(self.provider_combo.currentData() or ""), self.model_name
        self._providers = {provider.name: provider for provider in providers}
        self._is_refreshing = True
        self.provider_combo.clear()
        for provider in providers:
            self.provider_combo.addItem(provider.label, provider.name)
        self._is_refreshing = False
        self.setEnabled(bool(providers))
        stays = before in self._providers
        self._choose(before if stays else self._free_provider())
        self._on_provider_changed()
        if stays and model:
            self.choose_model(model)

    def choose_provider(self, name: str) -> None:
        """As a person would: the prompt chooses no other then."""
        if self.provider_combo.findData(name) >= 0:
            self._is_chosen_by_hand = True
            self._choose(name)

    def choose_model(self, name: str) -> None:
        """As a person would. Any name may be given."""
        self._is_model_by_hand = True
        self.model_combo.setCurrentText(name)

    def follow_operation(self, operation: "Operation") -> None:
        """Choose a model that can do it, for the user who has not chosen one."""
        provider = self.provider
        if provider is None or self._is_model_by_hand:
            return
        wanted = provider.default_model(operation)
        model = record_of(self)
        if not wanted and model is not None and operation not in model.operations:
            able = (one.id for one in provider.models() if operation in one.operations)
            wanted = next(able, "")
        if wanted and wanted != self.model_name:
            self._is_refreshing = True
            self.model_combo.setCurrentText(wanted)
            self._is_refreshing = False

    def show_models(self) -> None:
        """The provider knows more of them now; what was typed stays."""
        provider = self.provider
        if provider is None:
            return
        typed = self.model_name
        self._is_refreshing = True
        self.model_combo.clear()
        self.model_combo.addItems([model.id for model in provider.models()])
        self.model_combo.setCurrentText(typed)
        self._is_refreshing = False
        self.changed.emit()

    def follow_prompt(self, *, has_prompt: bool) -> None:
        """Choose for the user who has not chosen."""
        if not self._is_chosen_by_hand:
            self._choose(self._ready_provider() if has_prompt else self._free_provider())

    def _make_model_combo(self) -> None:
        self.model_combo = ComboBox("modelCombo", "Model")
        self.model_combo.setToolTip(_MODEL_TIP)
        self.model_combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        edit = QLineEdit()
        edit.setObjectName("modelEdit")
        edit.setAccessibleName("Model name")
        self.model_combo.setLineEdit(edit)
        completer = QCompleter(self.model_combo.model(), self.model_combo)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.model_combo.setCompleter(completer)
        self.model_combo.currentTextChanged.connect(self._on_changed)
        self.model_combo.activated.connect(self._on_model_by_hand)
        edit.textEdited.connect(self._on_model_by_hand)
        edit.textChanged.connect(self._show_whole_name)
        edit.editingFinished.connect(self._show_whole_name)
        self.list_button = QToolButton()
        self.list_button.setObjectName("refreshModelsButton")
        self.list_button.setIcon(icon("refresh-cw"))
        self.list_button.setAccessibleName("Ask for the list of models")
        self.list_button.setToolTip("Ask the provider which models it has; costs nothing")
        self.list_button.clicked.connect(self._on_list)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.setColumnStretch(1, 1)
        grid.addWidget(field_label("P&rovider", self.provider_combo), 0, 0)
        grid.addWidget(self.provider_combo, 0, 1)
        grid.addWidget(field_label("Mo&del", self.model_combo), 1, 0)
        grid.addLayout(_row(self.model_combo, self.list_button), 1, 1)
        grid.addWidget(field_label("Pre&set", self.preset_combo), 2, 0)
        grid.addLayout(_row(self.preset_combo, self.count), 2, 1)

    def _free_provider(self) -> str:
        free = (name for name, provider in self._providers.items() if not provider.is_paid)
        return next(free, next(iter(self._providers), ""))

    def _ready_provider(self) -> str:
        """One with a key; else a server of one's own; else what there is."""
        ready = [one for one in self._providers.values() if one.host and not one.readiness()]
        chosen = next((one for one in ready if one.is_paid), next(iter(ready), None))
        return chosen.name if chosen is not None else self._free_provider()

    def _choose(self, name: str) -> None:
        index = self.provider_combo.findData(name)
        if index >= 0 and index != self.provider_combo.currentIndex():
            self.provider_combo.setCurrentIndex(index)

    def _on_provider_activated(self) -> None:
        self._is_chosen_by_hand = True

    def _show_whole_name(self) -> None:
        """A long name is seen from its beginning, and wholly in the tip."""
        name, edit = self.model_name, self.model_combo.lineEdit()
        self.model_combo.setToolTip(plain_tip(f"{name}\n{_MODEL_TIP}" if name else _MODEL_TIP))
        if edit is not None and not edit.hasFocus():
            edit.setCursorPosition(0)

    def _on_model_by_hand(self, _: object = None) -> None:
        self._is_model_by_hand = True

    def _on_list(self) -> None:
        provider = self.provider
        if provider is not None:
            self.list_wanted.emit(provider.name)

    def _on_provider_changed(self) -> None:
        provider = self.provider
        if provider is None or self._is_refreshing:
            return
        self._is_refreshing = True
        self._is_model_by_hand = False
        self.model_combo.clear()
        self.model_combo.addItems([model.id for model in provider.models()])
        self.model_combo.setCurrentIndex(0)
        self.list_button.setEnabled(not provider.readiness() and bool(provider.host))
        self.provider_chosen.emit(provider.name)
        self._is_refreshing = False
        self._on_changed()

    def _on_chosen(self) -> None:
        if not self._is_refreshing:
            self.chosen.emit()

    def _on_changed(self) -> None:
        if not self._is_refreshing:
            self.changed.emit()


def _row(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(wide, 1)
    row.addWidget(narrow)
    return row


def record_of(chooser: ModelChooser) -> "ModelInfo | None":
    """The chosen model's record; None while there is none, also for half a name."""
    try:
        return chooser.model()
    except AipaintError:
        return None
