"""`MoneyEdit`: an amount in US dollars, kept as the text that was typed; no float touches it."""

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

from aipaint.money import Micros, decimal_usd

_AMOUNT = r"\d{0,9}([.,]\d{0,6})?"


class MoneyEdit(QLineEdit):
    """`text` "" stands for 0."""

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(f"{accessible_name}, US dollars")
        self.setPlaceholderText("0")
        self.setFixedWidth(112)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(_AMOUNT), self))

    @property
    def usd(self) -> str:
        """As settings store it: "2.50"."""
        text = self.text().strip().replace(",", ".").rstrip(".")
        return f"0{text}" if text.startswith(".") else text or "0"

    def show_micros(self, micros: Micros) -> None:
        self.setText(decimal_usd(micros) if micros else "0")
