"""`takes_scale`: whether a model that enlarges can be told how far."""

from aipaint.providers.model_info import ModelInfo

SCALE = "scale"
"""The field's name, at every provider that has one."""


def takes_scale(model: ModelInfo) -> bool:
    """False where it chooses itself; True also where its fields are not known."""
    return model.options is None or any(field.name == SCALE for field in model.options)
