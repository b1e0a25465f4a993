"""`BrushFlow`: brushes between the shelf and their files; asks for names and places."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QInputDialog, QLineEdit, QMainWindow

from aipaint.errors import AipaintError
from aipaint.pixels.brush_preset import LONGEST_NAME, BrushPreset
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.background import Background, Work
from aipaint.ui.brush_bar import BrushBar
from aipaint.ui.brush_popup import BrushPopup
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.panels.brushes_panel import BrushesPanel
from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.window_state import WindowState

if TYPE_CHECKING:
    from aipaint.settings.brush_files import BrushFiles, StoredBrushes

_FILTER = "Brushes (*.toml)"
_FIRST_BRUSH = "Round"
_REMEMBER_MILLISECONDS = 2000


@dataclass(frozen=True, eq=False)
class BrushStage:
    """The parts of the window that brushes touch."""

    window: QMainWindow
    toolbox: Toolbox
    canvas: CanvasView
    bar: BrushBar
    panel: BrushesPanel
    state: WindowState


class BrushFlow(QObject):
    """Everything that touches a file runs on a worker; the grid follows when it is done."""

    tool_wanted = Signal(str)  # the id of the tool that a chosen brush paints with

    def __init__(self, stage: BrushStage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._window = stage.window
        self._toolbox = stage.toolbox
        self._shelf = stage.toolbox.shelf
        self._panel = stage.panel
        self._state = stage.state
        self._background = Background(self)
        self._files: BrushFiles | None = None
        self._remembering = QTimer(self)
        self._remembering.setSingleShot(True)
        self._remembering.setInterval(_REMEMBER_MILLISECONDS)
        self._remembering.timeout.connect(self.remember)
        stage.panel.brush_taken.connect(self._on_taken)
        stage.panel.brush_changed.connect(self._on_brush_changed)
        stage.canvas.pointer.brush_changed.connect(self._on_brush_changed)
        stage.canvas.pointer.brush_wanted.connect(self._on_wanted)
        self._popup: BrushPopup | None = None
        stage.bar.brush_changed.connect(self._on_brush_changed)

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the actions of the brushes do."""
        bar = self._stage.bar
        return {
            "tool.smaller": bar.shrink,
            "tool.larger": bar.grow,
            "tool.softer": bar.soften,
            "tool.harder": bar.harden,
            "brush.save": self.save,
            "brush.saveAs": self.save_as,
            "brush.reset": self.reset,
            "brush.duplicate": self.duplicate,
            "brush.rename": self.rename,
            "brush.delete": self.delete,
            "brush.import": self.import_files,
            "brush.export": self.export,
        }

    def connect_files(self, files: "BrushFiles") -> None:
        """Load the brushes; the one that was in hand last is taken up again."""
        self._files = files
        self._start(files.load, self._on_first_loaded)

    def remember(self) -> None:
        """Keep the values that brushes were used with."""
        files = self._files
        if files is None:
            return
        for preset in self._shelf.take_unsaved():
            self._start(partial(files.remember, preset), lambda _: None)

    def save(self) -> None:
        """What is in hand now is how the brush is saved from here on."""
        preset = self._in_hand()
        if self._files is not None and preset is not None:
            self._change(partial(self._files.save, preset), f"Saved the brush “{preset.name}”.")

    def save_as(self) -> None:
        """What is in hand now, as a brush of its own."""
        tool = self._toolbox.current
        current = self._shelf.current
        name = self._ask_name("Save Brush As", f"{current.name} 2" if current else "My brush")
        if self._files is None or not name:
            return
        tool_id = current.tool if current is not None else _painting_tool(tool.id)
        about = current.about if current is not None else ""
        preset = BrushPreset(name, tool_id, self._toolbox.current_brush(), about)
        if self._shelf.find(name) is not None:
            show_error(
                self._window,
                "Save Brush As",
                AipaintError(f"There is a brush “{name}” already.", "Choose another name."),
            )
            return
        self._change(
            partial(self._files.save, preset),
            f"Saved the brush “{name}”.",
            then=lambda: self._take(name),
        )

    def reset(self) -> None:
        """Back to how the brush is saved."""
        self._shelf.reset()
        self._panel.brush_changed.emit()

    def duplicate(self) -> None:
        preset = self._in_hand()
        if self._files is not None and preset is not None:
            self._change_to_named(partial(self._files.duplicate, preset), "Copied the brush")

    def rename(self) -> None:
        current = self._shelf.current
        if self._files is None or current is None:
            return
        old = current.name
        new = self._ask_name("Rename Brush", old)
        if not new or new == old:
            return

        def renamed(preset: BrushPreset) -> None:
            self._shelf.renamed(old, preset.name)
            self._reload(f"“{old}” is now called “{preset.name}”.")

        self._start(partial(self._files.rename, old, new), renamed)

    def delete(self) -> None:
        """No question: the file is put aside, not destroyed."""
        current = self._shelf.current
        if self._files is not None and current is not None:
            self._change(
                partial(self._files.delete, current.name),
                f"Deleted “{current.name}”. Its file is in the folder brushes/deleted of the data "
                "folder.",
            )

    def import_files(self) -> None:
        """Several at once; each gets a name that is free."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Import Brushes", self._state.last_folder, _FILTER
        )
        files = self._files
        if not names or files is None:
            return
        self._state.last_folder = str(Path(names[0]).parent)
        for name in names:
            self._change_to_named(partial(files.import_file, Path(name)), "Imported the brush")

    def export(self) -> None:
        """As it is in hand."""
        preset = self._in_hand()
        if preset is None:
            return
        start = str(Path(self._state.last_folder) / f"{_file_name(preset.name)}.toml")
        name, _ = QFileDialog.getSaveFileName(self._window, "Export Brush", start, _FILTER)
        if name and self._files is not None:
            path = Path(name)
            self._state.last_folder = str(path.parent)
            self._start(
                partial(self._files.export, preset, path),
                lambda written: self._toolbox.surroundings.tell(f"Exported to {written}."),
            )

    def shut_down(self) -> None:
        """The window goes: what brushes were used with is still kept."""
        self._remembering.stop()
        self._background.shut_down()
        self._shelf.note_values()
        if self._files is not None:
            # Here and now: nothing is started on a worker any more. A few small files at most.
            for preset in self._shelf.take_unsaved():
                with suppress(AipaintError):  # a full disk must not keep the window open
                    self._files.remember(preset)

    def _on_taken(self, tool_id: str) -> None:
        self.tool_wanted.emit(tool_id)
        self._on_brush_changed()
        # The keys belong to the picture again: digits, [ and ].
        self._stage.canvas.setFocus()

    def _on_wanted(self, where: QPointF) -> None:
        if self._popup is None:  # the start need not wait for it
            self._popup = BrushPopup(self._toolbox, self._window)
            self._popup.brush_changed.connect(self._on_brush_changed)
        viewport = self._stage.canvas.viewport()
        self._popup.open_at(viewport.mapToGlobal(where.toPoint()))

    def _on_brush_changed(self) -> None:
        """The brush in hand has other values, or another one is in hand."""
        self._stage.bar.refresh()
        self._stage.canvas.refresh_tool()
        self._shelf.note_values()
        current = self._shelf.current
        if current is not None:
            self._state.brush = current.name
        if self._files is not None:
            self._remembering.start()

    def _in_hand(self) -> BrushPreset | None:
        current = self._shelf.current
        if current is None:
            return None
        return BrushPreset(current.name, current.tool, self._toolbox.current_brush(), current.about)

    def _take(self, name: str) -> None:
        if self._shelf.find(name) is not None:
            self._panel.brush_taken.emit(self._shelf.choose(name).tool)

    def _change(
        self, call: Callable[[], object], sentence: str, then: Callable[[], None] | None = None
    ) -> None:
        self._start(call, lambda _: self._reload(sentence, then))

    def _change_to_named(self, call: Callable[[], BrushPreset], verb: str) -> None:
        """The brush that comes out is taken into the hand."""

        def changed(preset: BrushPreset) -> None:
            self._reload(f"{verb} “{preset.name}”.", lambda: self._take(preset.name))

        self._start(call, changed)

    def _reload(self, sentence: str, then: Callable[[], None] | None = None) -> None:
        if self._files is None:
            return

        def loaded(stored: "StoredBrushes") -> None:
            self._show(stored)
            if then is not None:
                then()
            self._toolbox.surroundings.tell(sentence)

        self._start(self._files.load, loaded)

    def _on_first_loaded(self, stored: "StoredBrushes") -> None:
        self._shelf.fill([one.preset for one in stored.brushes], stored.last_used)
        self._show(stored)
        self._shelf.hold(self._state.brush or _FIRST_BRUSH)
        self._panel.brush_changed.emit()
        if stored.problems:
            more = f" ({len(stored.problems) - 1} more)" if len(stored.problems) > 1 else ""
            self._toolbox.surroundings.tell(stored.problems[0] + more)

    def _show(self, stored: "StoredBrushes") -> None:
        self._shelf.fill([one.preset for one in stored.brushes])
        self._panel.show_own([one.preset.name for one in stored.brushes if one.is_own])

    def _start(self, call: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.start(Work(call, done, self._on_failed, "Brushes"))

    def _on_failed(self, error: AipaintError) -> None:
        show_error(self._window, "Brushes", error)

    def _ask_name(self, title: str, suggestion: str) -> str:
        dialog = QInputDialog(self._window)
        dialog.setObjectName("brushNameDialog")
        dialog.setWindowTitle(title)
        dialog.setLabelText("Name of the brush:")
        dialog.setTextValue(suggestion[:LONGEST_NAME])
        field = dialog.findChild(QLineEdit)
        if field is not None:
            field.setObjectName("brushNameEdit")
            field.setAccessibleName("Name of the brush")
            field.setMaxLength(LONGEST_NAME)
        dialog.sizeHint()  # only now Qt makes the buttons
        for box in dialog.findChildren(QDialogButtonBox):
            name_buttons(box)
        is_accepted = bool(dialog.exec())
        name = dialog.textValue().strip()
        dialog.deleteLater()
        return name if is_accepted else ""


def _painting_tool(tool_id: str) -> str:
    return tool_id if tool_id in ("eraser", "pencil", "smudge", "clone") else "brush"


def _file_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in name)
