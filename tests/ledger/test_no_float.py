"""No float on the money path, and no database library where only values are."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MONEY_PATH = [*sorted((ROOT / "aipaint" / "ledger").glob("*.py")), ROOT / "aipaint" / "money.py"]


@pytest.mark.parametrize("path", MONEY_PATH, ids=lambda path: path.name)
def test_no_float_and_no_true_division(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


def test_values_are_imported_without_the_database_library() -> None:
    modules = [
        "ledger.caps",
        "ledger.entry",
        "ledger.errors",
        "ledger.status",
        "ledger.price",
        "ledger.price_book",
        "history.records",
        "history.errors",
    ]
    script = "import sys\n" + "\n".join(f"import aipaint.{name}" for name in modules)
    script += "\nassert not {'peewee', 'sqlite3', 'PySide6', 'msgspec'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
