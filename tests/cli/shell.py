"""Runs the command line as a shell would: a process of its own, in a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from aipaint.pixels.rect import Rect
from tests.generation.workshop import photograph
from tests.servers.images_api import ImagesApi

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """A data folder and a working folder with `photo.png` (640×480) and `mask.png`."""

    folder: Path
    environ: Mapping[str, str]

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "aipaint", *words]

    def surroundings(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AIE_")}
        return {**kept, **self.environ, **more}

    def __call__(self, *words: str, **more: str) -> Said:
        done = subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.surroundings(**more),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)


MASK = Rect(200, 150, 140, 110)


def shell_in(folder: Path, api: ImagesApi | None) -> Shell:
    """Writes the two pictures and points the provider at the server on loopback."""
    rgb = photograph(640, 480)[..., :3]
    Image.fromarray(rgb).save(folder / "photo.png")
    coverage = np.zeros((480, 640), np.uint8)
    coverage[MASK.slices(Rect(0, 0, 640, 480))] = 255
    Image.fromarray(coverage).save(folder / "mask.png")
    environ = {
        "AIPAINT_HOME": str(folder / "home"),
        "AIE_RATE_LIMIT_SECONDS": "0",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    if api is not None:
        environ |= {"AIE_OPENAI_BASE_URL": api.url, "AIE_OPENAI_API_KEY": "sk-test-canary"}
    return Shell(folder, environ)
