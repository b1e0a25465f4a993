"""`BudgetPage`: every limit of spending, and when to be asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from aipaint.errors import AipaintError
from aipaint.ui.dialogs.spend_question import ask_about_spending
from aipaint.ui.money_wording import change_text
from aipaint.ui.settings_pages.envelope_rows import EnvelopeRows
from aipaint.ui.settings_pages.page import SettingsPage
from aipaint.ui.widgets.duration_edit import DurationEdit
from aipaint.ui.widgets.money_edit import MoneyEdit
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from aipaint.settings.settings import EnvelopeSetting, Settings

_CAPS = (
    ("session_cap", "In one &session", "AIE_BUDGET_SESSION_CAP"),
    ("daily_cap", "On one &day", "AIE_BUDGET_DAILY_CAP"),
    ("monthly_cap", "In one &month", "AIE_BUDGET_MONTHLY_CAP"),
)
_TIERS = (
    ("tier_medium", "A call counts as medium &from"),
    ("tier_high", "As &expensive, and asks, from"),
    ("ask_from", "&Ask already from (0 = not)"),
)
_LABELS = 248


@dataclass(frozen=True, eq=False)
class BudgetChange:
    """What is to be stored, by the names of the settings, and the settings with it."""

    texts: Mapping[str, str | None]
    envelopes: "tuple[EnvelopeSetting, ...] | None"
    settings: "Settings"


class BudgetPage(SettingsPage):
    """`read` brings the settings as they are stored; `keep` puts a change down behind the page."""

    title = "Budget"
    icon_name = "wallet"

    def __init__(
        self, read: "Callable[[], Settings]", keep: Callable[[BudgetChange], None]
    ) -> None:
        super().__init__()
        self._read = read
        self._keep = keep
        self._settings: Settings | None = None
        self._amounts: dict[str, MoneyEdit] = {}
        self._notes: dict[str, PlainLabel] = {}
        self.message = PlainLabel("", Tone.DANGER, wraps=True)
        self.message.setObjectName("budgetPageMessage")
        self.message.setAccessibleName("What is wrong")
        self.message.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.message)
        self._build_caps(column)
        self._build_questions(column)
        self._build_pace(column)
        self._build_envelopes(column)
        column.addStretch(1)

    def load(self) -> None:
        self._say("")
        try:
            settings = self._settings = self._read()
        except AipaintError as error:
            self._say(str(error))
            return
        self.blockSignals(True)
        for name, edit in self._amounts.items():
            stored = getattr(settings, name, None)
            micros = getattr(settings, f"{name}_micros") if stored is None else stored.micros
            edit.show_micros(micros)
            self._show_fixed(name, settings)
        self.fuse_minutes.show_seconds(60 * settings.fuse_minutes)
        self.count.number.setValue(settings.ask_from_count)
        self.pause.show_seconds(settings.rate_limit_seconds)
        self.offer.show_seconds(settings.dedupe_ttl_seconds)
        self.jobs.number.setValue(settings.jobs_at_once)
        for name, part in (("rate_limit_seconds", self.pause), ("dedupe_ttl_seconds", self.offer)):
            part.setEnabled(not settings.is_fixed(name))
            self._show_fixed(name, settings)
        self.envelopes.show_envelopes(settings.envelopes)
        self.blockSignals(False)

    def save(self) -> bool:
        """Raising a limit is asked about; lowering is not."""
        from aipaint.generation.guard_of import guard_of
        from aipaint.ledger.guard_change import changes_between
        from aipaint.settings.with_changes import with_changes

        if self._settings is None:
            return False
        try:
            envelopes = self.envelopes.envelopes()
            self._check_names(envelopes)
            texts = self._texts(self._settings)
            after = with_changes(self._settings, texts, envelopes)
        except AipaintError as error:
            self._say(str(error))
            return False
        changes = changes_between(guard_of(self._settings), guard_of(after))
        raised = [change_text(change) for change in changes if change.is_raise]
        if raised and not ask_about_spending(
            self, "Allow more spending?", "\n".join(raised), "&Raise the Limits"
        ):
            return False
        is_same = after.envelopes == self._settings.envelopes
        self._settings = after
        self._say("")
        self._keep(BudgetChange(texts, None if is_same else envelopes, after))
        return True

    def _texts(self, settings: "Settings") -> dict[str, str | None]:
        """The settings that differ from what is stored. Raises SettingsError."""
        from aipaint.settings.load_settings import RULES

        wanted = {name: edit.usd for name, edit in self._amounts.items()}
        wanted |= {
            "fuse_minutes": str(max(1, self.fuse_minutes.seconds // 60)),
            "ask_from_count": str(self.count.value),
            "rate_limit_seconds": str(self.pause.seconds),
            "dedupe_ttl_seconds": str(self.offer.seconds),
            "jobs_at_once": str(self.jobs.value),
        }
        return {
            name: text
            for name, text in wanted.items()
            if not settings.is_fixed(name)
            and RULES[name].check(name, text) != _in_force(settings, name)
        }

    def _check_names(self, envelopes: "tuple[EnvelopeSetting, ...]") -> None:
        from aipaint.settings.errors import SettingsError

        names = [(each.kind, each.name) for each in envelopes]
        if len(set(names)) < len(names):
            raise SettingsError("Two envelopes have the same name.", "Keep one of them.")

    def _build_caps(self, column: QVBoxLayout) -> None:
        column.addWidget(_headline("At most, in US dollars (0 = no limit)"))
        grid = _grid(column)
        for name, label, variable in _CAPS:
            self._add_amount(grid, name, label)
            self._notes[name].setToolTip(variable)

    def _build_questions(self, column: QVBoxLayout) -> None:
        column.addWidget(_headline("Before you pay"))
        grid = _grid(column)
        for name, label in _TIERS:
            self._add_amount(grid, name, label)
        self.count = Stepper("askFromCountSpin", "Number of pictures from which on you are asked")
        self.count.set_range(0, 99)
        self.count.value_changed.connect(self.changed)
        _add(grid, "For &batches from (pictures, 0 = not)", self.count.number, self.count)

    def _build_pace(self, column: QVBoxLayout) -> None:
        column.addWidget(_headline("Pace"))
        grid = _grid(column)
        self._add_amount(grid, "fuse", "&Fuse: pause all above (0 = off)")
        self.fuse_minutes = DurationEdit("fuseMinutes", "Time in which the fuse counts")
        _add(grid, "… spent &within", self.fuse_minutes.number, self.fuse_minutes)
        self.pause = DurationEdit("rateLimit", "Time between two paid pictures")
        _add(grid, "Between two &paid pictures", self.pause.number, self.pause)
        self._add_note(grid, "rate_limit_seconds")
        self.offer = DurationEdit("duplicateTime", "How long an earlier purchase is offered")
        _add(grid, "&Offer an earlier purchase for", self.offer.number, self.offer)
        self._add_note(grid, "dedupe_ttl_seconds")
        self.jobs = Stepper("jobsAtOnceSpin", "Paid jobs at once")
        self.jobs.set_range(1, 8)
        _add(grid, "Paid &jobs at once", self.jobs.number, self.jobs)
        self.jobs.value_changed.connect(self.changed)
        for part in (self.fuse_minutes, self.pause, self.offer):
            part.changed.connect(self.changed)

    def _build_envelopes(self, column: QVBoxLayout) -> None:
        column.addWidget(_headline("Envelopes: limits of single projects and providers"))
        self.envelopes = EnvelopeRows()
        self.envelopes.changed.connect(self.changed)
        column.addWidget(self.envelopes)

    def _add_amount(self, grid: QGridLayout, name: str, label: str) -> None:
        words = label.replace("&", "")
        edit = self._amounts[name] = MoneyEdit(f"{name}Edit", words)
        edit.textChanged.connect(self.changed)
        _add(grid, label, edit, edit)
        self._add_note(grid, name)

    def _add_note(self, grid: QGridLayout, name: str) -> None:
        note = self._notes[name] = PlainLabel("", Tone.MUTED, wraps=True)
        note.setObjectName(f"{name}Note")
        grid.addWidget(note, grid.rowCount() - 1, 2)

    def _show_fixed(self, name: str, settings: "Settings") -> None:
        is_fixed = settings.is_fixed(name)
        if name in self._amounts:
            self._amounts[name].setEnabled(not is_fixed)
        source = settings.source_of(name)
        self._notes[name].setText(f"Set by the {source}" if is_fixed else "")

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))


def _in_force(settings: "Settings", name: str) -> object:
    value = getattr(settings, name, None)
    if value is None:
        return getattr(settings, f"{name}_micros")
    return getattr(value, "micros", value)


def _headline(text: str) -> PlainLabel:
    label = PlainLabel(text, Tone.STRONG, wraps=True)
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _grid(column: QVBoxLayout) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, _LABELS)
    grid.setColumnStretch(2, 1)
    column.addLayout(grid)
    return grid


def _add(grid: QGridLayout, text: str, buddy: QWidget, part: QWidget) -> None:
    label = QLabel(text)
    label.setBuddy(buddy)
    row = grid.rowCount()
    grid.addWidget(label, row, 0)
    grid.addWidget(part, row, 1, Qt.AlignmentFlag.AlignLeft)
