"""A real desk on a real data folder, the images API on loopback, and pictures to edit."""

import io
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from aipaint.app import make_desk, read_settings
from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.generation.bring_home import bring_home
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job, JobOutcome
from aipaint.generation.options import GenerateOptions
from aipaint.generation.run_job import run_job
from aipaint.generation.second_place import SecondPlace
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.request import Operation
from tests.servers.images_api import ImagesApi

QUIET = {"AIE_RATE_LIMIT_SECONDS": "0"}


def open_desk(home: Path, api: ImagesApi | None, more: Mapping[str, str] = QUIET) -> Desk:
    """As the program makes it from its environment."""
    environ = {"AIPAINT_HOME": str(home), **more}
    if api is not None:
        environ |= {"AIE_OPENAI_BASE_URL": api.url, "AIE_OPENAI_API_KEY": "sk-test-canary"}
    desk = make_desk(read_settings(Namespace(), environ))
    # What the data folder does not take goes beside it, not into folders of this machine.
    place = SecondPlace((home.parent,), home)
    bring_home(place, desk.history, desk.is_alive)
    return replace(desk, second_place=place)


def photograph(width: int, height: int, seed: int = 5) -> Pixels:
    """(h, w, 4) straight RGBA, opaque: smooth shapes with noise, no two regions alike."""
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    waves = [np.sin(columns / step) * np.cos(rows / (step + 9)) for step in (17, 41, 90)]
    rgb = np.stack(waves, axis=2) * 90 + 128 + chance.normal(0, 6, (height, width, 3))
    alpha = np.full((height, width, 1), 255)
    return np.concatenate([rgb.clip(0, 255), alpha], axis=2).astype(np.uint8)


def picture_of(rgba: Pixels, mask: Rect | None = None) -> Picture:
    """One layer with these pixels; the mask is a rectangle."""
    height, width = rgba.shape[:2]
    picture = Picture(
        [Layer(tiles=TileMap.from_pixels(premultiplied(rgba)))], Rect(0, 0, width, height)
    )
    if mask is not None:
        full = np.full((mask.height, mask.width), 255, np.uint8)
        picture.mask.swap(picture.mask.with_pixels(mask, full))
    return picture


def edit(prompt: str = "a red barn", **more: object) -> GenerateOptions:
    """An edit through the OpenAI-compatible provider."""
    return GenerateOptions(Operation.EDIT, "openai", prompt=prompt, **more)  # type: ignore[arg-type]


def quiet(fraction: float | None, message: str) -> None:
    """A report nobody reads."""
    del fraction, message


def do(job: Job, desk: Desk) -> JobOutcome:
    """Enter and run a job on this thread."""
    enter_job(job, desk)
    return run_job(job, desk, quiet)


def opened(data: bytes | Path) -> np.ndarray:
    """Any picture file as straight RGBA."""
    source = data if isinstance(data, Path) else io.BytesIO(data)
    return np.asarray(Image.open(source).convert("RGBA"))
