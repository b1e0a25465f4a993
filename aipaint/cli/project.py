"""`project export` and `project import`: documents out of and into the data folder."""

import hashlib
import re
from argparse import Namespace
from pathlib import Path

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json, print_note
from aipaint.cli.workplace import Workplace
from aipaint.document.picture import Picture
from aipaint.errors import StorageError, UsageError
from aipaint.projects.export import export_picture
from aipaint.projects.open_file import open_file
from aipaint.projects.ora_write import save_ora

_WRITABLE = (".ora", ".png", ".jpg", ".jpeg", ".webp")
_LONGEST_STEM = 60


def project(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Neither touches the file that is read."""
    if arguments.verb == "export":
        source, target = Path(arguments.document), Path(arguments.output)
        _check_suffix(target)
        picture = _opened(source)
        _write(picture, target)
    else:
        source = Path(arguments.file)
        picture = _opened(source)
        target = _place(workplace.settings.home, source)
        _write(picture, target)
    _tell(picture, target, is_json=arguments.json)
    return ExitCode.DONE


def _opened(path: Path) -> Picture:
    opened = open_file(path)
    for note in opened.notes:
        print_note(f"{path.name}: {note}")
    return opened.picture


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() not in _WRITABLE:
        raise UsageError(
            f"{path.name} has no ending that says how to write it.",
            f"Use one of {', '.join(_WRITABLE)}.",
        )


def _write(picture: Picture, path: Path) -> None:
    if path.suffix.lower() == ".ora":
        save_ora(picture, path)
    else:
        export_picture(picture, path)


def _place(home: Path, source: Path) -> Path:
    """Named after the file and its bytes: the same file again takes the same place."""
    stem = re.sub(r"[^\w -]+", "-", source.stem).strip(" -.")[:_LONGEST_STEM] or "project"
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    folder = home / "projects"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be created: {error.strerror}.",
            "Check the disk, or choose another data folder with --home.",
        ) from error
    return folder / f"{stem}-{digest[:8]}.ora"


def _tell(picture: Picture, path: Path, *, is_json: bool) -> None:
    where = str(path.absolute())
    if not is_json:
        print(where)
        return
    print_json(
        {
            "path": where,
            "width": picture.frame.width,
            "height": picture.frame.height,
            "layers": len(picture.layers),
        }
    )
