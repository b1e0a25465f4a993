"""What stands in the prompt of a request: the words, what is to be avoided, and for some servers
fields that have no other place."""

import json
from collections.abc import Mapping
from typing import Any

from aipaint.errors import UsageError
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.openai_preset import OpenAIPreset, Writing
from aipaint.providers.request import InputRole, Operation, PredictionRequest

_PROMPT_OF_ITS_OWN = {
    Operation.REMOVE: "Remove what is in the masked area and fill it with what would be behind it,"
    " continuing the surroundings. Change nothing else.",
    Operation.OUTPAINT: "Continue the picture naturally into the masked area. Change nothing else.",
    Operation.VARIATIONS: "Paint another version of this picture: the same subject, style and"
    " composition, with other details.",
}
_MARKED = (
    "\n\nThe second picture is a copy of the first in which the area to change is covered with"
    " magenta. Change only what lies under the magenta, leave everything else as it is, and give"
    " back the whole picture without any magenta."
)


def prompt_text(
    request: PredictionRequest, model: ModelInfo, preset: OpenAIPreset, inner: Mapping[str, Any]
) -> str:
    """Without a field for it, a negative prompt becomes a last sentence; `inner` are the fields
    that are written into the prompt. Raises UsageError for no prompt or one that is too long."""
    prompt = request.prompt.strip() or _PROMPT_OF_ITS_OWN.get(request.operation, "")
    if not prompt:
        raise UsageError("There is no prompt.", "Say in words what you want to see.")
    negative = request.negative_prompt.strip()
    if negative and preset.writing is Writing.BAR:
        # A bar of the user's own would end the prompt early.
        prompt = f"{prompt.replace('|', ',')}|{negative.replace('|', ',')}"
    elif negative and not preset.negative:
        prompt = f"{prompt}\n\nAvoid: {negative}"
    if model.mask is MaskConvention.NONE and request.image(InputRole.MASK) is not None:
        prompt += _MARKED
    if model.prompt_limit and len(prompt) > model.prompt_limit:
        raise UsageError(
            f"The prompt has {len(prompt)} characters, the model takes {model.prompt_limit}.",
            "Shorten the prompt.",
        )
    return f"{prompt}{_sd_cpp(inner)}" if inner else prompt


def _sd_cpp(inner: Mapping[str, Any]) -> str:
    return f"<sd_cpp_extra_args>{json.dumps(dict(inner))}</sd_cpp_extra_args>"
