"""`Recipe`: how a layer was made by a model, kept with the layer so that it can be made again."""

from dataclasses import dataclass

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap


@dataclass(frozen=True, eq=False)
class Recipe:
    """`asked` is everything that was chosen, as JSON; `mask` is where the model was to paint, None
    for everywhere. `crop` is the part of the canvas it was given, `input_hash` that of the pixels
    in it ("" where the layer does not depend on what lies below). `candidate_ids` are all pictures
    of the job, this one among them; `job_id` is "" for what was made here for free.
    """

    job_id: str
    candidate_id: str
    candidate_ids: tuple[str, ...]
    operation: str
    provider: str
    model: str
    prompt: str
    cost_micros: int
    crop: Rect
    input_hash: str
    asked: str
    mask: TileMap | None = None
