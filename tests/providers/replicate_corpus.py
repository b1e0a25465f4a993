"""Real schemas of public models, from a package that publishes them; fetched, never committed."""

import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.providers.replicate_setup import PRESETS

PACKAGE = "all-the-public-replicate-models"
EVERY = 6
"""One in so many is kept, some six hundred of 3800, and those that we have presets of."""
_PATIENCE_SECONDS = 90


def real_models(folder: Path) -> list[dict[str, Any]]:
    """Models as `GET /models` answers them; kept in `folder`. Skips the test without a network."""
    kept = folder / "models-2.json"
    if not kept.exists():
        ours = {preset.info.id for preset in PRESETS}
        # Several processes may run tests at once: each fetches for itself; what is there is whole.
        with tempfile.TemporaryDirectory(dir=folder) as own:
            models = [
                model
                for index, model in enumerate(_fetched(Path(own)))
                if index % EVERY == 0 or f"{model['owner']}/{model['name']}" in ours
            ]
            written = Path(own) / kept.name
            written.write_text(json.dumps(models), encoding="utf-8")
            written.replace(kept)
    found: list[dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _fetched(folder: Path) -> list[dict[str, Any]]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip(f"npm is not there to fetch {PACKAGE}")
    try:
        done = subprocess.run(
            [npm, "pack", "--silent", PACKAGE],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"{PACKAGE} did not come in time")
    if done.returncode:
        pytest.skip(f"{PACKAGE} could not be fetched (no network?)")
    archive = folder / done.stdout.split()[-1]
    with tarfile.open(archive) as tar:
        member = tar.extractfile("package/models.json")
        assert member is not None
        models: list[dict[str, Any]] = json.load(member)
    return models
