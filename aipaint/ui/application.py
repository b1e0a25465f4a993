"""Makes the QApplication with our names and style."""

import sys
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from aipaint import __version__
from aipaint.errors import AipaintError

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class NoScreenError(AipaintError):
    """There is nothing to show a window on."""

    kind = "screen"


def check_screen(environ: Mapping[str, str], platform: str = sys.platform) -> None:
    """Raises NoScreenError where Qt would end the program without a word to the user."""
    if platform == "linux" and not any(environ.get(name) for name in _SCREENS):
        raise NoScreenError(
            "There is no screen to show a window on.",
            "Start it on a desktop, or use a command that needs none: aipaint --help lists them.",
        )


def make_application(arguments: Sequence[str]) -> QApplication:
    """Names first: paths and settings of the system depend on them."""
    QCoreApplication.setOrganizationName("aipaint")
    QCoreApplication.setApplicationName("aipaint")
    QCoreApplication.setApplicationVersion(__version__)
    application = QApplication(list(arguments))
    application.setDesktopFileName("aipaint")
    application.setStyle("Fusion")
    return application
