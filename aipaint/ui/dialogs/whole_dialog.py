"""`WholeDialog`: enlarge the picture or cut its subject out, by a provider and model of choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from aipaint.generation.options import GenerateOptions
from aipaint.money import format_usd
from aipaint.providers.request import Operation
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.ledger.price import Estimate
    from aipaint.providers.model_info import ModelInfo
    from aipaint.providers.provider import Provider

_WIDTH = 460
_MARGIN = 24
_CHOICES = (("Enlarge", Operation.UPSCALE), ("Cut out the subject", Operation.CUTOUT))
_VERBS = {Operation.UPSCALE: "Enlarge", Operation.CUTOUT: "Cut out"}
_FACTORS = (("2 times", "2"), ("4 times", "4"))
_WHAT_APPLY_DOES = {
    Operation.UPSCALE: "The result waits below the canvas. Apply then enlarges the document, every "
    "layer with it.",
    Operation.CUTOUT: "The result waits below the canvas. Apply then puts the subject on a layer "
    "with a mask and hides the other layers.",
}


@dataclass(frozen=True)
class WholeQuote:
    """What the options would cost, or why they cannot be asked for; `notes` are what the model
    will do otherwise than asked."""

    estimate: "Estimate | None"
    problem: str = ""
    notes: tuple[str, ...] = ()


class WholeDialog(QDialog):
    """Says what is wanted and shows its price; nothing is started but by its own button."""

    wanted = Signal(object)  # GenerateOptions

    def __init__(
        self,
        parent: QWidget,
        providers: "Sequence[Provider]",
        quote: Callable[[GenerateOptions], WholeQuote],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("wholeDialog")
        self.setWindowTitle("Enlarge or cut out")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._providers = providers
        self._quote = quote
        self._is_refreshing = False
        self._make_combos()
        self.facts = PlainLabel("", Tone.MUTED, wraps=True)
        self.facts.setObjectName("wholeFacts")
        self.problem = PlainLabel("", Tone.WARNING, wraps=True)
        self.problem.setObjectName("wholeProblem")
        self._make_buttons()
        self._build()
        self._on_operation()

    @property
    def options(self) -> GenerateOptions | None:
        """What is chosen now; None where nobody can do it."""
        model = self._model()
        if model is None:
            return None
        operation = self._operation()
        is_scaled = operation is Operation.UPSCALE and self.factor_combo.isEnabled()
        extra = (("scale", str(self.factor_combo.currentData())),) if is_scaled else ()
        return GenerateOptions(operation, self._provider_name(), model=model.id, extra=extra)

    def _make_combos(self) -> None:
        self.operation_combo = ComboBox("wholeOperationCombo", "What to do")
        for text, operation in _CHOICES:
            self.operation_combo.addItem(text, operation.value)
        self.factor_combo = ComboBox("wholeFactorCombo", "How far")
        for text, factor in _FACTORS:
            self.factor_combo.addItem(text, factor)
        self.provider_combo = ComboBox("wholeProviderCombo", "Provider")
        self.provider_combo.setToolTip("Who does it")
        self.model_combo = ComboBox("wholeModelCombo", "Model")
        self.model_combo.setToolTip("Those of the provider that can do it")
        self.operation_combo.setToolTip("What is made of the whole picture")
        self.operation_combo.currentIndexChanged.connect(self._on_operation)
        self.provider_combo.currentIndexChanged.connect(self._on_provider)
        self.model_combo.currentIndexChanged.connect(self._refresh)
        self.factor_combo.currentIndexChanged.connect(self._refresh)

    def _make_buttons(self) -> None:
        self.start = PushButton()
        self.start.setObjectName("wholeStartButton")
        self.start.setAutoDefault(False)  # Enter pays for nothing
        self.start.setAutoRepeat(False)
        self.start.clicked.connect(self._on_start)
        self.cancel = PushButton("&Cancel")
        self.cancel.setObjectName("wholeCancelButton")
        self.cancel.setToolTip("Nothing is sent (Esc)")
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&What", self.operation_combo)
        form.addRow("&Provider", self.provider_combo)
        form.addRow("&Model", self.model_combo)
        form.addRow("&How far", self.factor_combo)
        self._form = form
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.start)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.facts)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(buttons)

    def _operation(self) -> Operation:
        return Operation(self.operation_combo.currentData())

    def _provider_name(self) -> str:
        return str(self.provider_combo.currentData() or "")

    def _model(self) -> "ModelInfo | None":
        wanted = self.model_combo.currentData()
        return next((one for one in self._able(self._provider_name()) if one.id == wanted), None)

    def _able(self, name: str) -> "list[ModelInfo]":
        """The models of a provider that can do what is chosen."""
        operation = self._operation()
        found = next((one for one in self._providers if one.name == name), None)
        models = found.models() if found is not None else ()
        return [model for model in models if operation in model.operations]

    def _on_operation(self) -> None:
        """Those who can do it; who was chosen stays where that is possible."""
        before = self._provider_name()
        self._is_refreshing = True
        self.provider_combo.clear()
        for provider in self._providers:
            if self._able(provider.name):
                self.provider_combo.addItem(provider.label, provider.name)
        self.provider_combo.setCurrentIndex(max(0, self.provider_combo.findData(before)))
        self._is_refreshing = False
        self._form.setRowVisible(self.factor_combo, self._operation() is Operation.UPSCALE)
        self._on_provider()

    def _on_provider(self) -> None:
        if self._is_refreshing:
            return
        self._is_refreshing = True
        self.model_combo.clear()
        for model in self._able(self._provider_name()):
            self.model_combo.addItem(model.label or model.id, model.id)
        self._is_refreshing = False
        self._refresh()

    def _refresh(self) -> None:
        if self._is_refreshing:
            return
        from aipaint.generation.takes_scale import takes_scale

        model = self._model()
        can_scale = model is not None and takes_scale(model)
        self.factor_combo.setEnabled(can_scale)
        self.factor_combo.setToolTip(
            "How many times as large" if can_scale else "This model chooses itself how far"
        )
        options = self.options
        quote = WholeQuote(None, "No provider can do that.")
        if options is not None:
            quote = self._quote(options)
        self._show(quote)

    def _show(self, quote: WholeQuote) -> None:
        words = [_WHAT_APPLY_DOES[self._operation()], *quote.notes]
        estimate = quote.estimate
        if estimate is not None and estimate.micros and estimate.source:
            dated = f" of {estimate.as_of}" if estimate.as_of else ""
            words.append(f"Price: {estimate.source}{dated}.")
        self.facts.setText("\n".join(words))
        self.problem.setText(quote.problem)
        self.problem.setVisible(bool(quote.problem))
        text = _VERBS[self._operation()]
        if estimate is not None:
            text += f" — up to {format_usd(estimate.micros)}" if estimate.micros else " — free"
        self.start.setText(f"&{text}")
        self.start.setAccessibleName(text)
        self.start.setToolTip(quote.problem or "Sent now, added to the queue if something runs")
        self.start.setEnabled(estimate is not None and not quote.problem)
        self._make_room()

    def _make_room(self) -> None:
        """For all lines of the texts; it never shrinks under the pointer."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(self.width(), self.minimumWidth())
            self.resize(width, max(self.height(), layout.totalHeightForWidth(width)))

    def _on_start(self) -> None:
        options = self.options
        if options is not None:
            self.accept()
            self.wanted.emit(options)
