"""Which models can be told how far to enlarge."""

import random
from dataclasses import replace

from aipaint.generation.takes_scale import takes_scale
from aipaint.providers.rehearsal import Rehearsal


def test_a_model_with_the_field_or_with_unknown_fields_takes_it() -> None:
    model = Rehearsal(chance=random.Random(1)).model("")
    assert takes_scale(model)
    assert takes_scale(replace(model, options=None))
    assert not takes_scale(replace(model, options=()))
