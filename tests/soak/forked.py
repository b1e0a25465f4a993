"""Processes without the cost of starting Python: forks of one that has loaded everything.

Only for programs that have a single thread; a test starts such a program in a process of its own.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def fork(work: Callable[[], None]) -> int:
    """Its process id. It ends with 0, or with 1 and its traceback on standard error."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def ended_well(child: int) -> bool:
    """Wait for its end: by itself and without an error."""
    return os.waitpid(child, 0)[1] == 0


def kill(child: int) -> None:
    """Signal 9, and nothing is left of it."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def play(module: str, asked: object, before: Sequence[str] = (), **environ: str) -> Any:
    """Run `python -m tests.soak.<module>` with one JSON argument; the JSON it printed last."""
    words = [*before, sys.executable, "-m", f"tests.soak.{module}", json.dumps(asked)]
    run = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise RuntimeError(f"{module} failed:\n{run.stdout[-2000:]}\n{run.stderr[-4000:]}")
    return json.loads(run.stdout.splitlines()[-1])
