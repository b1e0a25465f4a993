"""Where files live: the data folder, and what is shipped with the program."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import aipaint
from aipaint.settings.errors import SettingsError

_FOLDER_NAME = "aipaint"


def data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """`AIPAINT_HOME`, else the system's folder for application data. Absolute, not created."""
    chosen = environ.get("AIPAINT_HOME", "")
    if chosen:
        return checked_folder("AIPAINT_HOME", chosen)
    home = Path(environ.get("USERPROFILE" if platform == "win32" else "HOME") or Path.home())
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / _FOLDER_NAME
    if platform == "darwin":
        return home / "Library" / "Application Support" / _FOLDER_NAME
    # A relative XDG path is to be ignored, says the specification.
    data_home = environ.get("XDG_DATA_HOME", "")
    shared = Path(data_home) if os.path.isabs(data_home) else home / ".local" / "share"
    return shared / _FOLDER_NAME


def checked_folder(name: str, text: str) -> Path:
    """A folder a user named. Raises SettingsError if something else is in its place."""
    if "\0" in text:
        raise SettingsError(f"{name} holds a character that no path can have.", "Name a folder.")
    folder = Path(os.path.abspath(os.path.expanduser(text)))
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f'{name} is "{folder}", which is not a folder.', "Name a folder.")
    return folder


def resource(name: str) -> Path:
    """A shipped file or folder: in the installed package or bundle, else in the source tree.

    Raises FileNotFoundError: a missing resource is a broken installation, not a user's mistake.
    """
    package = Path(aipaint.__file__).resolve().parent
    for root in (package / "resources", package.parent / "resources"):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"the resource {name!r} is missing beside {package}")
