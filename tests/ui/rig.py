"""A furnished window with everything real behind it, on a data folder of its own."""

import os
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aipaint.app import read_settings, reload_providers
from aipaint.document.document import Document
from aipaint.document.picture import Picture, blank_picture
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.generation.prompt_desk import PromptDesk
from aipaint.make_providers import openai_presets
from aipaint.projects.export import export_picture
from aipaint.projects.open_file import open_bytes, open_picture
from aipaint.projects.ora_write import save_ora
from aipaint.settings.brush_files import BrushFiles
from aipaint.settings.paths import resource
from aipaint.settings.reload_settings import reload_settings
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.main_window import MainWindow
from aipaint.ui.services import Services
from aipaint.ui.workspace import Workspace
from tests.generation.workshop import QUIET

PATIENCE_MILLISECONDS = 20_000
_Widget = TypeVar("_Widget", bound=QWidget)


@dataclass(eq=False)
class Rig:
    """The window, and what a test wants to look at."""

    window: MainWindow
    document: Document
    toolbox: Toolbox
    qtbot: QtBot
    desk: Desk | None = None
    generator: Generator | None = None

    @property
    def inside(self) -> Workspace:
        return self.window.workspace

    def find(self, kind: type[_Widget], name: str) -> _Widget:
        """The one widget with that object name."""
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    def trigger(self, action_id: str) -> None:
        """As soon as it can be triggered: what enables it may still be on its way from a worker."""
        action = self.inside.actions[action_id]
        with suppress(self.qtbot.TimeoutError):  # the next line says what is wrong
            self.wait(action.isEnabled)
        assert action.isEnabled(), f"{action_id} is disabled"
        action.trigger()

    def wait(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=PATIENCE_MILLISECONDS)

    def show_picture(self, picture: Picture) -> None:
        """As if it had been opened, at 100 %."""
        self.inside.show_canvas()
        self.document.replace_picture(picture)
        QApplication.processEvents()
        self.inside.canvas.view_port.set_zoom(1.0)

    def at(self, x: float, y: float) -> QPoint:
        """The point of the canvas widget over a canvas pixel."""
        transform = self.inside.canvas.viewportTransform()
        return transform.map(QPointF(x, y)).toPoint()

    def drag(
        self,
        *places: tuple[float, float],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        """Press, move and release over canvas pixels."""
        viewport = self.inside.canvas.viewport()
        points = [self.at(*place) for place in places]
        QTest.mousePress(viewport, button, Qt.KeyboardModifier.NoModifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(viewport, point)
        QTest.mouseRelease(viewport, button, Qt.KeyboardModifier.NoModifier, points[-1])

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier | None = None) -> None:
        """To whatever has the focus."""
        focused = QApplication.focusWidget()
        target = focused if focused is not None else self.window
        QTest.keyClick(target, key, keys or Qt.KeyboardModifier.NoModifier)

    def hover(self, x: float, y: float) -> None:
        """The pointer comes by, over a canvas pixel; the real one stays where it is."""
        viewport = self.inside.canvas.viewport()
        where = QPointF(self.at(x, y))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            where,
            viewport.mapToGlobal(where),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)

    def seen(self) -> np.ndarray:
        """(h, w, 4) BGRA of what the canvas shows."""
        self.wait(lambda: self.inside.canvas.tile_item.is_complete)
        QApplication.processEvents()
        # Into an image of ours: a screen may have fewer colors than a picture.
        viewport = self.inside.canvas.viewport()
        image = QImage(viewport.size(), QImage.Format.Format_ARGB32_Premultiplied)
        viewport.render(image)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
        return rows[:, : image.width()].copy()


def make_rig(qtbot: QtBot, home: Path, desk: Desk | None) -> Rig:
    """A window on the screen; with services if there is a desk."""
    document = Document(blank_picture(640, 480))
    toolbox = Toolbox(document)
    window = MainWindow(document, toolbox, home)
    rig = Rig(window, document, toolbox, qtbot)
    # Nobody is there to answer whether changes should be saved.
    qtbot.addWidget(window, before_close_func=lambda _: document.mark_saved())
    window.resize(1200, 800)
    window.show()
    window.activateWindow()
    # Shortcuts belong to the active window.
    with qtbot.waitActive(window):
        pass
    if desk is not None:
        connect(rig, desk)
    return rig


def connect(rig: Rig, desk: Desk) -> None:
    """What the program does once everything is loaded."""
    rig.desk = desk
    rig.generator = Generator(rig.document, desk)
    environ = {**QUIET, "AIPAINT_HOME": str(desk.home)}
    settings = read_settings(Namespace(), environ)
    rig.window.connect_services(
        Services(
            generator=rig.generator,
            open_picture=open_picture,
            open_bytes=open_bytes,
            save_ora=save_ora,
            export_picture=export_picture,
            providers=tuple(desk.providers.values()),
            settings=settings,
            sample_picture=resource("samples") / "rocket.jpg",
            brush_files=BrushFiles(
                resource("brushes"), Path(os.environ["AIPAINT_HOME"]) / "brushes"
            ),
            ledger=desk.ledger,
            reload_settings=partial(reload_settings, settings, environ),
            keys=desk.keys,
            presets=tuple(openai_presets().values()),
            reload_providers=partial(reload_providers, settings, desk),
            prompt_desk=PromptDesk(rig.document, desk),
        )
    )


def picture_file(folder: Path, name: str, size: tuple[int, int] = (64, 48)) -> Path:
    """A small picture with a corner of another color."""
    image = Image.new("RGB", size, (200, 60, 40))
    image.paste((10, 90, 200), (0, 0, size[0] // 2, size[1] // 2))
    path = folder / name
    image.save(path)
    return path


def interactive(window: QMainWindow | QWidget, kinds: tuple[type, ...]) -> list[QWidget]:
    """Everything below that can be operated; lists that pop up from a combo box belong to it."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds) and not _is_inside_popup(widget)
    ]


def _is_inside_popup(widget: QWidget) -> bool:
    at: QWidget | None = widget
    while at is not None:
        if at.inherits("QComboBoxPrivateContainer"):
            return True
        at = at.parentWidget()
    return False


def answer(rig: Rig, dialog: str, button: str) -> list[str]:
    """Press a button of a dialog once it is there, and again whenever it comes; what was pressed.

    Dialogs of money do not block, so that a test goes on and waits for what follows.
    """
    pressed: list[str] = []
    clock = QTimer(rig.window)
    clock.setInterval(20)

    def look() -> None:
        for found in rig.window.findChildren(QDialog, dialog):
            part = found.findChild(QPushButton, button)
            if found.isVisible() and part is not None and part.isEnabled():
                pressed.append(button)
                part.click()

    clock.timeout.connect(look)
    clock.start()
    return pressed
