"""`offline-models list` and `offline-models add`: models that make the offline engine better."""

from argparse import Namespace
from pathlib import Path

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json
from aipaint.cli.workplace import Workplace
from aipaint.providers.offline_pack_record import load_pack_records
from aipaint.providers.offline_pack_shelf import PackShelf, PackState
from aipaint.settings.paths import resource


def offline_models(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """No database is opened: models are files in the data folder."""
    records = load_pack_records(resource("model_packs.toml"))
    shelf = PackShelf(workplace.settings.home / "models", records)
    if arguments.verb == "add":
        _add(shelf, arguments, workplace)
    elif arguments.json:
        print_json({"models": [_as_json(state) for state in shelf.states()]})
    else:
        print("\n\n".join(_as_text(state) for state in shelf.states()))
    return ExitCode.DONE


def _add(shelf: PackShelf, arguments: Namespace, workplace: Workplace) -> None:
    added = shelf.add(Path(arguments.file), workplace.cancelled)
    packs = dict.fromkeys(record for record, _ in added)
    states = [shelf.state(record) for record in packs]
    if arguments.json:
        print_json(
            {
                "added": [file.name for _, file in added],
                "models": [_as_json(state) for state in states],
            }
        )
        return
    for state in states:
        names = ", ".join(file.name for record, file in added if record is state.record)
        print(f"{state.record.label}: {names} added; {state.sentence}.")
        if state.missing:
            print(f"  Still missing: {', '.join(file.name for file in state.missing)}")
        elif state.library and state.record.install:
            print(f"  {state.record.install}")


def _as_text(state: PackState) -> str:
    record = state.record
    lines = [
        f"{record.label} ({record.id}): {state.sentence}",
        f"  {record.about}",
        f"  {megabytes(record.size_bytes)}, license {record.license}. {record.license_note}",
        f"  Carried by {record.carrier}. To get it:",
        *(f"    {command}" for command in (*record.get, record.install) if command),
    ]
    lines += [f"  {file.name}  sha256 {file.sha256}" for file in record.files]
    return "\n".join(lines)


def megabytes(size_bytes: int) -> str:
    """A size as people say it."""
    return f"{size_bytes / 1_000_000:.1f} MB"


def _as_json(state: PackState) -> dict[str, object]:
    record = state.record
    return {
        "id": record.id,
        "label": record.label,
        "about": record.about,
        "operations": [operation.value for operation in record.operations],
        "is_added": state.is_added,
        "is_ready": state.is_ready,
        "missing_library": state.library,
        "license": record.license,
        "license_note": record.license_note,
        "carrier": record.carrier,
        "get": list(record.get),
        "install": record.install,
        "size_bytes": record.size_bytes,
        "files": [
            {
                "name": file.name,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
                "is_added": file not in state.missing,
            }
            for file in record.files
        ],
    }
