"""What is shipped: the wheel, its resources, its dependencies, the lock file, the two commands."""

import ast
import os
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aipaint.cli.parser import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "aipaint"
SAMPLE = "samples/rocket.jpg"

IMPORT_NAMES = {
    "pyside6-essentials": "PySide6",
    "pillow": "PIL",
    "opencv-python": "cv2",
    "pypatchmatch": "patchmatch",
}
"""Distributions whose import name differs from their own."""

COMES_WITH = {"playhouse": "peewee", "httpcore": "httpx", "shiboken6": "PySide6"}
"""Import names that another of our dependencies brings."""

HEAVY = ["PIL", "cv2", "peewee", "httpx", "keyring", "msgspec", "tenacity", "zstandard"]
"""Libraries that may be loaded only after the window shows."""


def configuration() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared() -> dict[str, str]:
    """Import name of each dependency -> the requirement as written."""
    names = {}
    for requirement in configuration()["project"]["dependencies"]:
        name = re.split(r"[<>=!~\[; ]", requirement)[0].lower()
        names[IMPORT_NAMES.get(name, name)] = requirement
    return names


def imported() -> set[str]:
    """Top-level names of everything from outside that the package and the migrations import."""
    found: set[str] = set()
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "resources").rglob("*.py")]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    outside = found - set(sys.stdlib_module_names) - {"aipaint"}
    return {COMES_WITH.get(name, name) for name in outside}


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        cwd=Path(environment.get("PYTHONPATH", ROOT)),
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published, unpacked into a folder."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (archive,) = folder.glob("*.whl")
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_holds_the_package_its_resources_and_nothing_else(wheel: Path) -> None:
    top = {path.name for path in wheel.iterdir()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"aipaint"}
    shipped = {str(path.relative_to(wheel)) for path in wheel.rglob("*") if path.is_file()}
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"aipaint/resources/{path.relative_to(ROOT / 'resources')}" in shipped


def test_the_wheel_has_both_commands(wheel: Path) -> None:
    (entry_points,) = wheel.glob("*.dist-info/entry_points.txt")
    text = entry_points.read_text(encoding="utf-8")
    assert "[console_scripts]\naipaint = aipaint.__main__:main" in text
    assert "[gui_scripts]\naipaint-gui = aipaint.__main__:main" in text


@pytest.mark.parametrize("place", ["source", "wheel"])
def test_resources_are_found(place: str, wheel: Path) -> None:
    folder = wheel if place == "wheel" else ROOT
    code = (
        "import aipaint.settings.paths as p; "
        f"f = p.resource({SAMPLE!r}); print(p.__file__); print(f, f.stat().st_size)"
    )
    result = run_python(code, PYTHONPATH=str(folder))
    assert result.returncode == 0, result.stderr
    module, found = result.stdout.splitlines()
    assert module.startswith(str(folder))
    assert found.startswith(str(folder))
    assert found.endswith(str((ROOT / "resources" / SAMPLE).stat().st_size))


def test_every_library_in_use_is_declared() -> None:
    assert not imported() - set(declared())


def test_every_declared_library_is_in_use() -> None:
    unused = set(declared()) - imported()
    assert not {name: declared()[name] for name in unused}


def test_the_binding_that_aborts_is_kept_out() -> None:
    requirement = declared()["PySide6"]
    assert requirement.startswith("PySide6-Essentials")
    assert "!=6.12.0" in requirement


def test_plain_pip_and_uv_get_the_same_tools() -> None:
    config = configuration()
    assert config["dependency-groups"]["dev"] == ["aipaint[dev]"]
    assert set(config["project"]["optional-dependencies"]) == {
        "heif",
        "psd",
        "models",
        "build",
        "dev",
    }


def test_the_lock_file_is_of_these_dependencies() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    (ours,) = [package for package in lock["package"] if package["name"] == "aipaint"]
    locked = {entry["name"]: entry for entry in ours["metadata"]["requires-dist"]}
    runtime = {name for name, entry in locked.items() if "extra ==" not in entry.get("marker", "")}
    wanted = configuration()["project"]["dependencies"]
    assert runtime == {re.split(r"[<>=!~\[; ]", text)[0].lower() for text in wanted}
    versions = {
        package["name"]: package["version"] for package in lock["package"] if "version" in package
    }
    assert versions["pyside6-essentials"] != "6.12.0"


def test_help_answers_without_a_window_system() -> None:
    code = (
        "import sys; sys.argv = ['aipaint', '--help']\n"
        "try:\n    import aipaint.__main__ as m; m.main()\n"
        "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "print(sorted(name for name in sys.modules if name == 'PySide6.QtWidgets'))"
    )
    result = run_python(code, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="nonexistent")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("usage: aipaint")
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_window_loads_no_heavy_library() -> None:
    code = (
        "import pkgutil, importlib, sys, aipaint.ui as ui\n"
        "for found in pkgutil.walk_packages(ui.__path__, 'aipaint.ui.'):\n"
        "    importlib.import_module(found.name)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    result = run_python(code, PYTHONPATH=str(ROOT))
    assert result.stdout.strip() == "[]", result.stderr


@pytest.mark.parametrize("name", ["run", ".ci/run"])
def test_the_commands_are_plain_shell_and_executable(name: str) -> None:
    path = ROOT / name
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert path.stat().st_mode & stat.S_IXUSR
    assert subprocess.run(["sh", "-n", str(path)], check=False).returncode == 0


def test_the_readme_asks_for_the_system_packages_that_run_installs() -> None:
    script = (ROOT / "run").read_text(encoding="utf-8").replace("\\\n", "")
    (installed,) = re.findall(r'^window_packages="([^"]+)"', script, re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (advised,) = re.findall(r"`sudo apt-get install ([^`]+)`", readme)
    assert advised.split() == installed.split()


def test_the_readme_names_every_command_and_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if f"aipaint {name}" not in readme]
    files = (PACKAGE / "settings").rglob("*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    settings = set(re.findall(r"\bAIE_[A-Z_]+[A-Z]\b", source))
    assert not [name for name in settings if name not in readme]


def test_the_specification_of_the_executable_is_valid_python() -> None:
    text = (ROOT / "aipaint.spec").read_text(encoding="utf-8")
    tree = ast.parse(text)
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {"resources", "patchmatch", "keyring.backends"} <= strings


def test_the_sample_photograph_names_its_source() -> None:
    samples = ROOT / "resources" / "samples"
    text = (samples / "SOURCE.md").read_text(encoding="utf-8")
    pictures = [path for path in samples.iterdir() if path.suffix in {".jpg", ".png"}]
    assert pictures
    for path in pictures:
        assert f"`{path.name}`" in text
        assert path.stat().st_size < 700_000
