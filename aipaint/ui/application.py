"""Makes the QApplication with our names and style."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from aipaint import __version__


def make_application(arguments: Sequence[str]) -> QApplication:
    """Names first: paths and settings of the system depend on them."""
    QCoreApplication.setOrganizationName("aipaint")
    QCoreApplication.setApplicationName("aipaint")
    QCoreApplication.setApplicationVersion(__version__)
    application = QApplication(list(arguments))
    application.setDesktopFileName("aipaint")
    application.setStyle("Fusion")
    return application
