"""The whole program with a hand that fills its queue and closes its window.

`python -m tests.soak.quitter HOME JOBS`: enqueues so many jobs once everything is loaded, writes
what its widgets say into HOME/texts as often as it looks, and closes when HOME/go is there.
"""

import sys
from argparse import Namespace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from aipaint.app import run_window
from aipaint.generation.options import GenerateOptions
from aipaint.providers.request import Operation
from aipaint.ui.services import Services
from aipaint.ui.window_shell import WindowShell

_LOOK_MILLISECONDS = 20


def main() -> int:
    home, count = Path(sys.argv[1]), int(sys.argv[2])
    connect = WindowShell.connect_services
    looks: list[QTimer] = []

    def connected(window: WindowShell, services: Services) -> None:
        connect(window, services)
        assert services.generator is not None
        for number in range(count):
            wish = GenerateOptions(Operation.GENERATE, "openai", prompt=f"a barn, {number}")
            services.generator.enqueue(wish)
        look = QTimer(window)
        look.setInterval(_LOOK_MILLISECONDS)
        look.timeout.connect(lambda: _look(window, home))
        look.start()
        looks.append(look)

    WindowShell.connect_services = connected  # type: ignore[assignment,method-assign]
    return run_window(Namespace(files=[], home=str(home)))


def _look(window: WindowShell, home: Path) -> None:
    if (home / "go").exists():
        window.close()
    elif (home / "say").exists():
        (home / "say").unlink()
        (home / "texts").write_text("\n".join(_texts()), "utf-8")


def _texts() -> list[str]:
    """Everything that a person can read or have read to them."""
    found = []
    for widget in QApplication.allWidgets():
        for name in ("text", "toPlainText", "title", "windowTitle", "placeholderText"):
            said = getattr(widget, name, None)
            if callable(said):
                found.append(str(said()))
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        found += _rows(widget)
    return found


def _rows(widget: QWidget) -> list[str]:
    model = getattr(widget, "model", None)
    rows = model() if callable(model) else None
    if rows is None or not hasattr(rows, "rowCount"):
        return []
    return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]


if __name__ == "__main__":
    sys.exit(main())
