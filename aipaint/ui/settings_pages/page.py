"""`SettingsPage`: what the settings dialog asks of each of its pages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class SettingsPage(QWidget):
    """A page in the list at the left. `icon_name` is that of an icon of ours.

    `load` fills the fields with what is in force; it is called whenever the dialog opens. `save`
    puts down what was changed and returns False if it cannot, or if the user thought better of it:
    the dialog stays open then, and the page has said why. What takes time goes on behind it.
    """

    title = ""
    icon_name = "settings"
    changed = Signal()  # a field was touched: Apply has something to do

    def load(self) -> None:
        raise NotImplementedError

    def save(self) -> bool:
        raise NotImplementedError
