"""The contracts hold, and each of them catches the fault it is there for.

The package is copied to a temporary folder; every test breaks one rule there on purpose.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


@dataclass(frozen=True)
class Fault:
    """One line added to one file (which is made if it is not there), and the rule it breaks."""

    file: str
    line: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}: {self.line.strip()}"


CONTRACT_FAULTS = [
    Fault("pixels/rect.py", "import aipaint.document.picture", "Rooms"),
    Fault("providers/watch.py", "import aipaint.ui.theme", "Rooms"),
    Fault("ledger/caps.py", "import aipaint.history.records", "Rooms"),
    Fault("tools/tool.py", "import aipaint.generation.options", "Rooms"),
    Fault("money.py", "import aipaint.errors", "Rooms"),
    Fault("cli/__init__.py", "import aipaint.ui.theme", "Rooms"),
    Fault("settings/paths.py", "def late():\n    import aipaint.ledger.caps", "Rooms"),
    Fault(
        "document/picture.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import aipaint.generation.job",
        "Rooms",
    ),
    Fault("utils/__init__.py", "x = 1", "Rooms"),
    Fault("ui/widgets/__init__.py", "import aipaint.ui.panels", "Inside ui"),
    Fault("ui/panels/__init__.py", "import aipaint.ui.canvas", "Inside ui"),
    Fault("document/change.py", "import aipaint.document.document", "No cycles"),
    Fault("generation/options.py", "import httpx", "httpx in providers"),
    Fault("providers/openai_compat.py", "import httpx", "httpx in providers"),
    Fault("ui/theme.py", "import keyring", "keyring in settings"),
    Fault("ui/canvas/__init__.py", "import cv2", "cv2 in pixels.cv"),
    Fault("pixels/decode.py", "import cv2", "cv2 in pixels.cv"),
    Fault("projects/__init__.py", "import PIL.Image", "Pillow and patchmatch"),
    Fault("generation/crop.py", "import patchmatch", "Pillow and patchmatch"),
    Fault("projects/__init__.py", "import peewee", "peewee in database"),
    Fault("ledger/ledger.py", "from playhouse import migrate", "peewee in database"),
    Fault(
        "ui/panels/__init__.py", "import aipaint.ledger.tables", "Tables stay in their room: ledger"
    ),
    Fault(
        "generation/job.py", "import aipaint.history.tables", "Tables stay in their room: history"
    ),
    Fault("ui/panels/__init__.py", "import aipaint.providers.openai_compat", "Adapters"),
    Fault("ledger/caps.py", "from PySide6.QtCore import QObject", "No Qt, not even"),
    Fault("providers/request.py", "import aipaint.pixels.tile", "No Qt, not even"),
    Fault("tools/tool.py", "import PySide6.QtCore", "No Qt of their own"),
]

LINT_FAULTS = [
    Fault("tools/tool.py", "from PySide6.QtWidgets import QWidget", "TID251"),
    Fault("pixels/tile.py", "from PySide6 import QtWidgets", "TID251"),
    Fault("generation/job_queue.py", "import PySide6.QtWidgets", "TID251"),
    Fault("pixels/extra/thing.py", '"""A folder without its __init__ file."""', "INP001"),
    Fault("tools/tool.py", "from . import toolbox", "TID252"),
    Fault("ledger/ledger.py", "print('spent')", "T201"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its configuration as they are, in a folder of their own."""
    folder = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "aipaint", folder / "aipaint", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@contextmanager
def broken(copy: Path, fault: Fault) -> Iterator[Path]:
    """The file with the fault in it, put back afterwards."""
    path = copy / "aipaint" / fault.file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{fault.line}\n", encoding="utf-8")
    try:
        yield path
    finally:
        if before is None:
            path.unlink()
            if not any(path.parent.glob("*.py")):
                shutil.rmtree(path.parent)
        else:
            path.write_text(before, encoding="utf-8")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT_IMPORTS]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def ruff(folder: Path, path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", str(path)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_package_as_it_is_keeps_every_contract(copy: Path) -> None:
    result = lint_imports(copy)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("fault", CONTRACT_FAULTS, ids=str)
def test_a_forbidden_import_is_caught(copy: Path, fault: Fault) -> None:
    with broken(copy, fault):
        result = lint_imports(copy)
    verdicts = [line for line in result.stdout.splitlines() if fault.rule in line]
    assert result.returncode == 1
    assert any("BROKEN" in line for line in verdicts), result.stdout


@pytest.mark.parametrize("fault", LINT_FAULTS, ids=str)
def test_a_forbidden_form_is_caught(copy: Path, fault: Fault) -> None:
    with broken(copy, fault) as path:
        result = ruff(copy, path)
    assert result.returncode == 1
    assert fault.rule in result.stdout


def test_every_contract_has_a_fault_that_shows_it_works() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [contract["name"] for contract in config["tool"]["importlinter"]["contracts"]]
    rules = {fault.rule for fault in CONTRACT_FAULTS}
    assert not [name for name in names if not any(rule in name for rule in rules)]
