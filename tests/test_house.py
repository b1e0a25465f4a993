"""The rules of the house that no linter knows: sizes, names, rooms, Qt by room, no hosts."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "aipaint"
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "manager",
    "base",
    "misc",
}

QT_ALLOWED = {
    "ui": {"QtCore", "QtGui", "QtWidgets", "QtSvg"},
    "app.py": {"QtCore", "QtGui", "QtWidgets"},
    "pixels": {"QtCore", "QtGui"},
    "document/document.py": {"QtCore"},
    "generation/job_queue.py": {"QtCore"},
    "generation/generator.py": {"QtCore"},
}
"""Which parts of Qt a room or a file may import; what is not named here imports none."""

INDEX_HOSTS = {"https://pypi.org", "https://files.pythonhosted.org"}
"""The public package index: the only hosts the lock file may name."""


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def repository_files() -> Iterator[Path]:
    """Every text file that belongs to the project, without what tools leave behind."""
    left_by_tools = {".git", ".venv", "build", "dist", "__pycache__", ".hypothesis"}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        is_ours = not any(p in left_by_tools or p.endswith(("_cache", ".egg-info")) for p in parts)
        if is_ours and path.is_file() and path.suffix not in {".jpg", ".png", ".ora"}:
            yield path


def listed_layers() -> set[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "rooms")["layers"]
    return {name.strip() for layer in layers for name in layer.split("|")}


def rooms() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def test_a_file_is_short_enough_to_read() -> None:
    lines = {
        name_of(path): path.read_text(encoding="utf-8").count("\n")
        for path in python_files("aipaint", "tests")
    }
    assert not {name: count for name, count in lines.items() if count > MAX_FILE_LINES}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines of every function and method of a file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_a_function_fits_on_a_screen() -> None:
    too_long = [
        f"{name_of(path)}: {name} has {lines} lines"
        for path in python_files("aipaint", "tests")
        for name, lines in functions(path)
        if lines > MAX_FUNCTION_LINES
    ]
    assert not too_long


def test_a_module_says_what_lives_in_it() -> None:
    docstrings = {
        name_of(path): ast.get_docstring(parsed(path)) or ""
        for path in python_files("aipaint", "tests", "resources")
    }
    assert not [name for name, text in docstrings.items() if len(text.split()) < 3]


def test_an_init_file_holds_one_docstring_and_nothing_else() -> None:
    inits = [path for path in python_files("aipaint") if path.name == "__init__.py"]
    statements = {path: len(parsed(path).body) for path in inits}
    version_line = {PACKAGE / "__init__.py": 2}
    assert statements == dict.fromkeys(inits, 1) | version_line


def test_every_room_is_placed_on_a_level() -> None:
    found = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"} | set(rooms())
    assert found <= listed_layers()


def test_every_folder_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert not [name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()]


def test_no_room_or_file_has_a_name_that_says_nothing() -> None:
    names = [(path, {path.stem, path.parent.name}) for path in python_files("aipaint")]
    assert not [name_of(path) for path, words in names if words & FORBIDDEN_NAMES]


def test_tests_mirror_the_rooms() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in python_files("tests")}
    first = {folder.parts[0] for folder in folders if folder.parts}
    assert first <= {*rooms(), "benchmarks", "flows", "long", "quality", "servers", "soak"}


def test_the_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [room for room in rooms() if f"`{room}/`" not in readme]


def qt_modules(path: Path) -> set[str]:
    """The names below PySide6 that a file imports, in any form, at any depth."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module == "PySide6":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.partition(".")[2] or "PySide6"
                for alias in node.names
                if alias.name.split(".")[0] == "PySide6"
            }
    return found


def forbidden_qt(path: Path) -> set[str]:
    inner = path.relative_to(PACKAGE)
    allowed = QT_ALLOWED.get(inner.as_posix(), QT_ALLOWED.get(inner.parts[0], set()))
    return qt_modules(path) - allowed


def test_qt_stays_in_its_rooms() -> None:
    found = {name_of(path): forbidden_qt(path) for path in python_files("aipaint")}
    assert not {name: modules for name, modules in found.items() if modules}


def test_the_lock_file_names_the_public_index_only() -> None:
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^/\"]+", text)) == INDEX_HOSTS


def test_no_file_points_to_a_package_index_or_a_place_on_one_machine() -> None:
    # Spelled in pieces, so that this file does not find itself.
    marks = ["index" + "-url", "find" + "-links", "file:" + "///", "/" + "root/", "/" + "home/"]
    found = [
        f"{name_of(path)}: {mark}"
        for path in repository_files()
        for mark in marks
        if mark in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert not found
