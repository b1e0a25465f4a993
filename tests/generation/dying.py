"""A process that is killed (signal 9, by itself) at a named step of a job.

    python -m tests.generation.dying '[{"home": …, "provider": "openai", "step": "sent"}, …]'

It forks once per case, so that the imports are paid for once. The environment says where the
provider is. The cases run one after the other; each prints a line when its process is dead.
"""

import json
import os
import signal
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

# Loaded before the forks; the program itself loads these when it first needs them.
import aipaint.history.history
import aipaint.ledger.open_books
import aipaint.providers.openai_client
import aipaint.providers.replicate  # noqa: F401
from aipaint.app import make_desk, read_settings
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.generation.run_job import run_job
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from tests.generation.workshop import edit, photograph, picture_of

WISHES = {
    "offline": GenerateOptions(Operation.REMOVE, "offline"),
    "openai": edit(),
    "replicate": GenerateOptions(
        Operation.EDIT, "replicate", model="stability-ai/sdxl", prompt="a red barn"
    ),
}


def die_at(home: Path, provider: str, step: str) -> None:
    """Runs a job until that step is on the disk."""

    def reached(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    settings = read_settings(Namespace(), {**os.environ, "AIPAINT_HOME": str(home)})
    desk = replace(make_desk(settings), reached=reached)
    # A wish of its own, so that no other case's work is taken for it.
    wish = replace(WISHES[provider], prompt=WISHES[provider].prompt and f"a barn, {step}")
    job = Job(wish, picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))
    enter_job(job, desk)
    run_job(job, desk, lambda _fraction, _message: None)


def main() -> None:
    for case in json.loads(sys.argv[1]):
        child = os.fork()
        if not child:
            die_at(Path(case["home"]), case["provider"], case["step"])
            os._exit(0)  # it lived: the test sees that nobody was killed
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else 'lived'}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
