"""The proof that no money, job or picture is lost: every promise measured, in one table.

    python -m tests.soak [NAMES…] [--json FILE] [--quick]

The long form of all takes an hour on two cores; `--quick` is what the gate runs.
`python -m tests.soak.mutants` is the proof of the tests themselves.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.soak.figure import Figure
from tests.soak.suites import SUITES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.soak")
    parser.add_argument("names", nargs="*", metavar="NAMES", help=", ".join(SUITES))
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(SUITES):
        parser.error(
            f"there is no suite {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}"
        )
    found: list[tuple[str, Figure]] = []
    for name in asked.names or SUITES:
        started = time.monotonic()
        found += [(name, figure) for figure in SUITES[name](asked.quick)]
        sys.stderr.write(f"{name}: {time.monotonic() - started:.0f} s\n")
    for name, figure in found:
        verdict = "ok" if figure.is_ok else "FAILED"
        sys.stdout.write(
            f"{name:13} {figure.name:66} {figure.measured:>14} {figure.limit:>14}  {verdict}\n"
        )
    if asked.json:
        rows = [{"suite": name, **vars(figure)} for name, figure in found]
        asked.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0 if all(figure.is_ok for _, figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
