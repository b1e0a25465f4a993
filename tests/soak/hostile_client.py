"""One purchase from each hostile server, with what it took and what is left of it.

`python -m tests.soak.hostile_client JSON` with home, key, deadline and cases: [way, adapter, url].
"""

import gc
import json
import random
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aipaint.generation.desk import Desk
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.rect import Rect
from aipaint.providers.replicate import Replicate
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.replicate_presets import load_presets
from aipaint.providers.request import Operation
from aipaint.settings.paths import resource
from tests.generation.workshop import QUIET, do, edit, open_desk, photograph, picture_of

_SELF = Path("/proc/self")


def main() -> None:
    asked = json.loads(sys.argv[1])
    found = []
    for number, (way, adapter, url) in enumerate(asked["cases"]):
        home = Path(asked["home"]) / str(number)
        found.append({"way": way, "adapter": adapter} | _case(home, adapter, url, asked))
        sys.stderr.write(f"{json.dumps(found[-1])}\n")
    sys.stdout.write(f"{json.dumps(found)}\n")


def _case(home: Path, adapter: str, url: str, asked: dict[str, Any]) -> dict[str, object]:
    desk = _desk(home, adapter, url, asked)
    wish = (
        edit()
        if adapter == "openai"
        else GenerateOptions(
            Operation.EDIT, "replicate", model="stability-ai/sdxl", prompt="a red barn"
        )
    )
    job = Job(wish, picture_of(photograph(64, 48), Rect(10, 10, 20, 20)))
    gc.collect()
    (_SELF / "clear_refs").write_text("5")  # the highest mark starts anew
    before, started = _kilobytes("VmRSS"), time.monotonic()
    fault, text, charged = "", "", ""
    try:
        outcome = do(job, desk)
        text = f"{outcome.error or ''} {getattr(outcome.error, 'detail', '')} {outcome.warnings}"
        charged = getattr(getattr(outcome.error, "charged", None), "value", "yes")
    except Exception as error:
        fault = repr(error)
    seconds, after = time.monotonic() - started, _kilobytes("VmHWM")
    rows = desk.ledger.entries(5)
    record = desk.history.job(job.id)
    return {
        "fault": fault,
        "text": text,
        "charged": charged,
        "seconds": seconds,
        "megabytes": (after - before) / 1024,
        "states": [row.state.value for row in rows],
        "amounts": [row.actual_micros for row in rows],
        "status": record.status.value if record is not None else "",
        "audit": list(desk.ledger.audit()),
        "leaks": _leaks(home, asked["key"], text),
    }


def _desk(home: Path, adapter: str, url: str, asked: dict[str, Any]) -> Desk:
    key = asked["key"]
    more = QUIET | {"AIE_OPENAI_API_KEY": key, "AIE_OPENAI_TIMEOUT_S": str(asked["deadline"])}
    more |= {"AIE_OPENAI_BASE_URL": url} if adapter == "openai" else {}
    desk = open_desk(home, None, more)
    options = ReplicateOptions(key, url, timeout_seconds=asked["deadline"], wait_seconds=0)
    presets = load_presets(resource("replicate"))
    replicate = Replicate(options, presets, chance=random.Random(1))
    return replace(desk, providers={**desk.providers, "replicate": replicate}, clock=_now)


def _leaks(home: Path, key: str, text: str) -> list[str]:
    """Where the key can be read."""
    found = ["the error"] if key in text else []
    for path in home.rglob("*"):
        if path.is_file() and path.suffix != ".bin" and key.encode() in path.read_bytes():
            found.append(path.name)
    return found


def _kilobytes(name: str) -> int:
    for line in (_SELF / "status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    raise RuntimeError(f"the system does not say {name}")


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
