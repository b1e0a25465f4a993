"""`ModelChooser`: provider, model, quality and number of pictures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from aipaint.errors import AipaintError
from aipaint.ui.panels.generate_wording import quality_label
from aipaint.ui.panels.panel import GAP, field_label
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from aipaint.providers.model_info import ModelInfo
    from aipaint.providers.provider import Provider


class ModelChooser(QWidget):
    """Until the user has chosen a provider, the prompt does: with one, an online provider that
    is ready; without one, the offline engine, so that nothing is bought unasked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._providers: dict[str, Provider] = {}
        self._is_chosen_by_hand = False
        self._is_refreshing = False
        self.provider_combo = ComboBox("providerCombo", "Provider")
        self.provider_combo.setToolTip("Who makes the picture")
        self.provider_combo.activated.connect(self._on_provider_activated)
        self.provider_combo.currentIndexChanged.connect(self._on_provider_changed)
        self.model_combo = ComboBox("modelCombo", "Model")
        self.model_combo.setToolTip("Choose a model or type the name of one")
        self.model_combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        model_edit = QLineEdit()
        model_edit.setObjectName("modelEdit")
        model_edit.setAccessibleName("Model name")
        self.model_combo.setLineEdit(model_edit)
        self.model_combo.currentTextChanged.connect(self._on_model_changed)
        self.preset_combo = ComboBox("presetCombo", "Quality")
        self.preset_combo.setMinimumContentsLength(5)
        self.preset_combo.setToolTip("Draft is cheap and quick, Final is dear and fine")
        self.preset_combo.currentIndexChanged.connect(self._on_changed)
        self.count = Stepper("countSpin", "Number of pictures")
        self.count.number.setPrefix("× ")
        self.count.number.setToolTip("How many pictures to choose from")
        self.count.value_changed.connect(self._on_changed)
        self._build()
        self.setEnabled(False)

    @property
    def provider(self) -> "Provider | None":
        return self._providers.get(str(self.provider_combo.currentData()))

    def model(self) -> "ModelInfo | None":
        """The chosen model's record. Raises UsageError for a name that cannot exist."""
        provider = self.provider
        return provider.model(self.model_name) if provider is not None else None

    @property
    def model_name(self) -> str:
        return self.model_combo.currentText().strip()

    @property
    def quality(self) -> str:
        return str(self.preset_combo.currentData() or "")

    def set_providers(self, providers: "Sequence[Provider]") -> None:
        """Show what there is; the first one that costs nothing is chosen."""
        self._providers = {provider.name: provider for provider in providers}
        self._is_refreshing = True
        self.provider_combo.clear()
        for provider in providers:
            self.provider_combo.addItem(provider.label, provider.name)
        self._is_refreshing = False
        self.setEnabled(bool(providers))
        self._choose(self._free_provider())
        self._on_provider_changed()

    def follow_prompt(self, *, has_prompt: bool) -> None:
        """Choose for the user who has not chosen."""
        if not self._is_chosen_by_hand:
            self._choose(self._ready_provider() if has_prompt else self._free_provider())

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.setColumnStretch(1, 1)
        grid.addWidget(field_label("P&rovider", self.provider_combo), 0, 0)
        grid.addWidget(self.provider_combo, 0, 1, 1, 2)
        grid.addWidget(field_label("Mo&del", self.model_combo), 1, 0)
        grid.addWidget(self.model_combo, 1, 1, 1, 2)
        grid.addWidget(field_label("&Quality", self.preset_combo), 2, 0)
        grid.addWidget(self.preset_combo, 2, 1)
        grid.addWidget(self.count, 2, 2)

    def _free_provider(self) -> str:
        free = (name for name, provider in self._providers.items() if not provider.is_paid)
        return next(free, next(iter(self._providers), ""))

    def _ready_provider(self) -> str:
        ready = (
            name
            for name, provider in self._providers.items()
            if provider.is_paid and not provider.readiness()
        )
        return next(ready, self._free_provider())

    def _choose(self, name: str) -> None:
        index = self.provider_combo.findData(name)
        if index >= 0 and index != self.provider_combo.currentIndex():
            self.provider_combo.setCurrentIndex(index)

    def _on_provider_activated(self) -> None:
        self._is_chosen_by_hand = True

    def _on_provider_changed(self) -> None:
        provider = self.provider
        if provider is None or self._is_refreshing:
            return
        self._is_refreshing = True
        self.model_combo.clear()
        self.model_combo.addItems([model.id for model in provider.models()])
        self.model_combo.setCurrentIndex(0)
        self._is_refreshing = False
        self._on_model_changed()

    def _on_model_changed(self) -> None:
        if self._is_refreshing:
            return
        try:
            model = self.model()
        except AipaintError:
            model = None  # half a name: `model` tells whoever asks
        if model is not None:
            self._show_abilities(model)
        self.changed.emit()

    def _show_abilities(self, model: "ModelInfo") -> None:
        self._is_refreshing = True
        wanted = self.quality if self.quality in model.qualities else model.default_quality
        self.preset_combo.clear()
        for quality in model.qualities:
            self.preset_combo.addItem(quality_label(quality), quality)
            tip = f"The model's own word: {quality}"
            row = self.preset_combo.count() - 1
            self.preset_combo.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
        if not model.qualities:
            self.preset_combo.addItem("Standard", "")
        self.preset_combo.setCurrentIndex(max(0, self.preset_combo.findData(wanted)))
        self.preset_combo.setEnabled(len(model.qualities) > 1)
        self.count.set_range(1, model.max_count)
        self._is_refreshing = False

    def _on_changed(self) -> None:
        if not self._is_refreshing:
            self.changed.emit()
