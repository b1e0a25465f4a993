"""`give_room`: air between a number and the rim of its field, which style sheets do not reach."""

from PySide6.QtWidgets import QAbstractSpinBox

_AIR = 5


def give_room(field: QAbstractSpinBox) -> None:
    """Once, when the field is made."""
    field.lineEdit().setTextMargins(_AIR, 0, _AIR, 0)
