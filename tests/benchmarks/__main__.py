"""`python -m tests.benchmarks [--json FILE] [NAME …]`: the figures that the paint engine holds.

Prints a table; with `--json` also writes {"gates": [{"name", "ratio", "limit", "peer", "ok"}]}.
Exit code 1 if a gate is missed. Without a screen it uses Qt's offscreen platform.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.gate import Gate


def main(words: list[str]) -> int:
    """Measure the gates that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("names", nargs="*", metavar="NAME")
    asked = parser.parse_args(words)
    gates = []
    for gate in _measured(asked.names):
        _show(gate)
        gates.append(gate)
    if asked.json is not None:
        text = json.dumps({"gates": [gate.as_json() for gate in gates]}, indent=2)
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0 if all(gate.ok for gate in gates) else 1


def _measured(names: list[str]) -> Iterator[Gate]:
    from aipaint.pixels.cv import cv2

    cv2.setNumThreads(1)
    for own_names, family in _families():
        if not names or set(names) & set(own_names):
            for gate in family():
                if not names or gate.name in names:
                    yield gate


def _families() -> list[tuple[tuple[str, ...], Callable[[], Iterator[Gate]]]]:
    """Which names each family of gates yields."""
    from tests.benchmarks.fill_gates import fill_gates
    from tests.benchmarks.frame_gates import frame_gates
    from tests.benchmarks.layer_gates import layer_gates
    from tests.benchmarks.save_gates import save_gates
    from tests.benchmarks.stamp_gates import stamp_gates
    from tests.benchmarks.start_gates import start_gates
    from tests.benchmarks.undo_gates import undo_gates

    stamps = ("stamp_10", "stamp_50", "stamp_200", "stamp_500", "tiled_vs_array")
    return [
        (("start",), start_gates),
        (stamps, stamp_gates),
        (("frame_500", "edit_vs_reupload", "zoomed_out"), frame_gates),
        (("fill", "fill_gap"), fill_gates),
        (("recomposite", "recomposite_cached"), layer_gates),
        (("undo_compressed_20", "undo_compressed_200"), undo_gates),
        (("png_save",), save_gates),
    ]


def _show(gate: Gate) -> None:
    mark = "ok    " if gate.ok else "MISSED"
    line = f"{mark} {gate.name:<20} {gate.ratio:8.3f}  limit {gate.limit:<6}  {gate.peer}"
    sys.stdout.write(f"{line}\n       {gate.note}\n" if gate.note else f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Before any library looks at them; a test that imports this module keeps its own.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main(sys.argv[1:]))
