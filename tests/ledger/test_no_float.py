"""No float on the money path, and no database library where only values are."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHOLE_FILES = {"rescue.py"}
"""Moves and copies databases by their age; no amount is in it."""
MONEY_PATH = [
    path
    for path in (*sorted((ROOT / "aipaint" / "ledger").glob("*.py")), ROOT / "aipaint" / "money.py")
    if path.name not in WHOLE_FILES
]


def is_division(node: ast.AST) -> bool:
    """By anything but a text: that is a path and the name of what lies in it."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
        return False
    is_name = isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)
    return not (is_name or isinstance(node.right, ast.JoinedStr))


@pytest.mark.parametrize("path", MONEY_PATH, ids=lambda path: path.name)
def test_no_float_and_no_true_division(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not is_division(node), ast.unparse(node)
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


def test_values_are_imported_without_the_database_library() -> None:
    modules = [
        "ledger.caps",
        "ledger.entry",
        "ledger.errors",
        "ledger.status",
        "ledger.price",
        "ledger.price_book",
        "ledger.guard",
        "ledger.guard_change",
        "ledger.pause",
        "ledger.report",
        "ledger.seen",
        "ledger.tiers",
        "ledger.calibrate",
        "ledger.reasons",
        "ledger.price_words",
        "history.records",
        "history.errors",
    ]
    script = "import sys\n" + "\n".join(f"import aipaint.{name}" for name in modules)
    script += "\nassert not {'peewee', 'sqlite3', 'PySide6', 'msgspec'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


@pytest.mark.parametrize(("text", "is_one"), [("a / b", True), ("a / 2", True), ("a / 'b'", False)])
def test_a_path_is_no_division(text: str, is_one: bool) -> None:
    assert is_division(ast.parse(text, mode="eval").body) is is_one
