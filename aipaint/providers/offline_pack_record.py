"""`PackRecord`: what is known of a model a user may add, read from model_packs.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from aipaint.pixels.model_runtime import Runtime
from aipaint.providers.request import Operation


@dataclass(frozen=True)
class PackFile:
    """One file of a pack: it is told by its bytes alone."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class PackRecord:
    """`get`: commands that fetch and add it; `install`: the one that brings its library."""

    id: str
    label: str
    about: str
    operations: tuple[Operation, ...]
    runtime: Runtime
    license: str
    license_note: str
    carrier: str
    get: tuple[str, ...]
    install: str
    files: tuple[PackFile, ...]

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)


def load_pack_records(path: Path) -> tuple[PackRecord, ...]:
    """The shipped list; a mistake in it is a broken installation, so nothing is caught."""
    return tuple(
        PackRecord(
            id=pack["id"],
            label=pack["label"],
            about=pack["about"],
            operations=tuple(Operation(name) for name in pack["operations"]),
            runtime=Runtime(pack["runtime"]),
            license=pack["license"],
            license_note=pack["license_note"],
            carrier=pack["carrier"],
            get=tuple(pack["get"]),
            install=pack["install"],
            files=tuple(
                PackFile(file["name"], file["size"], file["sha256"]) for file in pack["files"]
            ),
        )
        for pack in tomllib.loads(path.read_text(encoding="utf-8"))["packs"]
    )
