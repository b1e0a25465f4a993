"""`MainWindow`: a window that is furnished from the start."""

from pathlib import Path

from aipaint.document.document import Document
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.window_shell import WindowShell


class MainWindow(WindowShell):
    """For whoever has a document already; the program shows the shell first, which is faster."""

    def __init__(self, document: Document, toolbox: Toolbox, home: Path) -> None:
        super().__init__(home)
        self.furnish(document, toolbox)
