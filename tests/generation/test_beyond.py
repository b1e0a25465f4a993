"""Where the frame reaches beyond what is painted, so that Generate means painting on."""

import numpy as np
import pytest

from aipaint.generation.beyond import beyond_area, reaches_beyond
from aipaint.pixels.rect import EMPTY_RECT, Rect
from tests.generation.workshop import photograph, picture_of


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (Rect(0, 0, 320, 240), EMPTY_RECT),
        (Rect(20, 20, 100, 100), EMPTY_RECT),
        (Rect(0, 0, 350, 240), Rect(320, 0, 30, 240)),
        (Rect(-9, 0, 329, 240), Rect(-9, 0, 9, 240)),
        (Rect(0, -5, 320, 245), Rect(0, -5, 320, 5)),
        (Rect(0, 0, 320, 300), Rect(0, 240, 320, 60)),
        (Rect(-9, 0, 350, 240), Rect(-9, 0, 350, 240)),
        (Rect(-9, -9, 329, 249), Rect(-9, -9, 329, 249)),
        (Rect(900, 900, 30, 30), Rect(900, 900, 30, 30)),
    ],
)
def test_where_the_frame_reaches_beyond(frame: Rect, expected: Rect) -> None:
    picture = picture_of(photograph(320, 240))
    picture.frame = frame
    assert beyond_area(picture) == expected


def test_a_sketch_on_transparent_ground_is_no_picture_to_go_on_from() -> None:
    rgba = np.zeros((240, 320, 4), np.uint8)
    rgba[100:110, 40:200] = 255
    rgba[40:200, 100:110] = 255
    picture = picture_of(rgba)
    assert not reaches_beyond(picture)
    solid = picture_of(photograph(200, 100))
    solid.frame = Rect(0, 0, 320, 240)
    assert reaches_beyond(solid)
    solid.mask = picture_of(photograph(9, 9), Rect(0, 0, 4, 4)).mask
    assert not reaches_beyond(solid)
