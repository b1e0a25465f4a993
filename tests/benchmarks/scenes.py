"""The pictures and the stroke that every run measures: made by formula, the same each time."""

import math

import numpy as np
from numpy.typing import NDArray

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Sample
from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileMap

STROKE_PIXELS, FRAME_PIXELS = 3000, 50


def sine_stroke(left: float = 200.0, middle: float = 500.0) -> list[Sample]:
    """A wave of 3000 pixels, a sample every 50: what one frame brings at a brisk pace."""
    across = np.linspace(0, 1200, 24_001)
    down = 335 * np.sin(across / 1200 * 2 * math.tau)
    way = np.concatenate([[0], np.cumsum(np.hypot(np.diff(across), np.diff(down)))])
    stops = np.linspace(0, STROKE_PIXELS, STROKE_PIXELS // FRAME_PIXELS + 1)
    scale = min(1.0, float(way[-1]) / STROKE_PIXELS)
    xs = left + np.interp(stops * scale, way, across)
    ys = middle + np.interp(stops * scale, way, down)
    return [Sample(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]


def photo(side: int, seed: int = 7) -> NDArray[np.uint8]:
    """(side, side, 3): soft shapes, shadows and sensor noise."""
    chance = np.random.default_rng(seed)
    coarse = chance.normal(0, 1, (14, 14, 3)).astype(np.float32)
    fine = chance.normal(0, 1, (side // 8, side // 8, 1)).astype(np.float32)
    shapes = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    picture = np.asarray(shapes, np.float32) * 24 + 128
    shadows = cv2.resize(fine, (side, side), interpolation=cv2.INTER_LINEAR)
    picture += np.asarray(shadows, np.float32)[..., None] * 6
    picture += chance.normal(0, 4, (side, side, 1)).astype(np.float32)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def line_art(side: int, seed: int = 5) -> NDArray[np.uint8]:
    """(side, side, 3): black anti-aliased curves on white, every one with a small gap."""
    chance = np.random.default_rng(seed)
    picture = np.full((side, side, 3), 255, np.uint8)
    for _ in range(24):
        middle = tuple(int(value) for value in chance.integers(0, side, 2))
        radius = int(chance.integers(side // 40, side // 6))
        gap = math.degrees(6 / radius)
        cv2.ellipse(
            picture, middle, (radius, radius), 0, gap, 360, (0, 0, 0), 5, cv2.LINE_AA
        )  # fmt: skip
    return picture


def opaque(bgr: NDArray[np.uint8]) -> Pixels:
    """(h, w, 4) BGRA of an opaque picture."""
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA), np.uint8)


def translucent(height: int, width: int, seed: int) -> Pixels:
    """Premultiplied noise of every alpha: the dearest thing to blend."""
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (height, width, 4)).astype(np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return pixels


def layered_picture(count: int, frame: Rect) -> Picture:
    """So many Normal layers over the whole frame, no two tiles alike in one layer."""
    layers = [
        Layer(
            LayerStyle(f"Layer {number}"),
            TileMap.from_pixels(translucent(frame.height, frame.width, number)),
        )
        for number in range(count)
    ]
    return Picture(layers, frame)


def wide_picture(tiles_a_side: int) -> Picture:
    """One layer of so many tiles a side; 64 different ones, so that it fits into any machine."""
    chance = np.random.default_rng(3)
    different = []
    for _ in range(64):
        pixels = chance.integers(0, 256, (TILE_SIZE, TILE_SIZE, 4)).astype(np.uint8)
        pixels[..., 3] = 255
        different.append(Tile(pixels))
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap(
        {
            (row, column): different[(row * 7 + column * 3) % 64]
            for row in range(tiles_a_side)
            for column in range(tiles_a_side)
        }
    )
    side = tiles_a_side * TILE_SIZE
    return Picture([Layer(LayerStyle("Wide"), tiles)], Rect(0, 0, side, side))
