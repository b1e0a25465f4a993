"""Draft, Final and Custom, and what they come to with the chosen model. Pure functions."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from aipaint.providers.request import Operation, Size

if TYPE_CHECKING:
    from aipaint.providers.model_info import ModelInfo

_DRAFT_PIXELS, _FINAL_PIXELS = 512, 1024
_CHEAP = ("low", "draft", "standard", "fast", "turbo", "1k")
_FINE = ("high", "hd", "final", "best", "4k", "2k")


class Preset(Enum):
    """The value is what the combo box holds and what is remembered."""

    DRAFT = "draft"
    FINAL = "final"
    CUSTOM = "custom"


@dataclass(frozen=True)
class PresetMeaning:
    """`quality` is the model's own word, "" where it has none; `size` is a legal one, None where
    the picture decides. `sentence` says what will be sent."""

    quality: str
    size: Size | None
    sentence: str


def meaning_of(
    preset: Preset, model: "ModelInfo", operation: Operation, frame: Size
) -> PresetMeaning:
    """What a preset asks of a model. Custom means nothing of its own."""
    if preset is Preset.CUSTOM:
        return PresetMeaning("", None, "Quality and size as chosen under More options")
    wanted = _DRAFT_PIXELS if preset is Preset.DRAFT else _FINAL_PIXELS
    quality = _quality(model, _CHEAP if preset is Preset.DRAFT else _FINE, preset)
    words = [f'quality "{quality}"' if quality else "the model has one quality only"]
    size = None
    if operation is Operation.GENERATE:
        size, words_of_size = _size(model, frame, wanted)
        words.append(words_of_size)
    else:
        words.append("a change is sent at the size of its crop")
    name = preset.value.capitalize()
    return PresetMeaning(quality, size, f"{name}: {', '.join(words)}.")


def _quality(model: "ModelInfo", words: tuple[str, ...], preset: Preset) -> str:
    """The model's word for it: a usual one, else its first or last."""
    known = {quality.lower(): quality for quality in model.qualities}
    for word in words:
        if word in known:
            return known[word]
    ranked = [quality for quality in model.qualities if quality.lower() != "auto"]
    if not ranked:
        return model.default_quality
    return ranked[0] if preset is Preset.DRAFT else ranked[-1]


def _size(model: "ModelInfo", frame: Size, wanted: int) -> tuple[Size, str]:
    """In the shape of the frame, its longer side as wanted, made legal."""
    scale = wanted / max(frame.width, frame.height)
    asked = Size(max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))
    legal, _ = model.sizes_for(Operation.GENERATE).canvas_for(asked)
    shown = f"{legal.width} × {legal.height} px"
    if legal == asked:
        return legal, shown
    return legal, f"{shown}, as the model does not make {asked.width} × {asked.height}"
