"""The models of the OpenAI images API that are known without asking, and those that are gone."""

import re
from dataclasses import replace

from aipaint.errors import UsageError
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.openai_fields import TAKEN, gpt_options
from aipaint.providers.openai_preset import GENERIC_PRESET, IMAGES, OpenAIPreset
from aipaint.providers.request import Operation, Size
from aipaint.providers.size_rule import SizeRule

DEFAULT_MODEL = "gpt-image-2.5-flare"

_FREE_SIZES = SizeRule(
    multiple=16, min_pixels=655_360, max_pixels=8_294_400, max_edge=3840, max_ratio=3.0
)
_THREE = (Size(1024, 1024), Size(1536, 1024), Size(1024, 1536))
_USUAL = (*_THREE, Size(1280, 720), Size(2048, 2048), Size(2560, 1440), Size(3840, 2160))

_NEWEST = ModelInfo(
    id=DEFAULT_MODEL,
    provider="openai",
    operations=IMAGES,
    sizes=_FREE_SIZES,
    label="GPT Image 2.5 Flare",
    qualities=("low", "medium", "high", "xhigh", "max", "auto"),
    default_quality="medium",
    max_count=10,
    max_references=15,
    mask=MaskConvention.ALPHA_ZERO,
    backgrounds=("auto", "transparent", "opaque"),
    formats=("png", "webp", "jpeg"),
    has_compression=True,
    max_partial_pictures=3,
    folds_negative_prompt=True,
    suggested_sizes=_USUAL,
    options=gpt_options(),
    taken=TAKEN,
    prompt_limit=32_000,
)
_THREE_QUALITIES = ("low", "medium", "high", "auto")
_COMPLEX = replace(_NEWEST, options=gpt_options(has_complexity=True))
_RETIRING = replace(
    _NEWEST,
    sizes=SizeRule(fixed=_THREE),
    suggested_sizes=_THREE,
    qualities=_THREE_QUALITIES,
    fidelities=("low", "high"),
    options=gpt_options(("low", "high")),
    retires_at="2026-12-01",
    replaced_by=DEFAULT_MODEL,
)

KNOWN_MODELS: tuple[ModelInfo, ...] = (
    _NEWEST,
    replace(_NEWEST, id="gpt-image-2.5-sunburst", label="GPT Image 2.5 Sunburst"),
    replace(_COMPLEX, id="gpt-image-2.6-flare", label="GPT Image 2.6 Flare"),
    replace(_COMPLEX, id="gpt-image-2.6-sunburst", label="GPT Image 2.6 Sunburst"),
    replace(_NEWEST, id="gpt-image-2", label="GPT Image 2", qualities=_THREE_QUALITIES),
    replace(_RETIRING, id="gpt-image-1.5", label="GPT Image 1.5"),
    replace(
        _RETIRING,
        id="gpt-image-1-mini",
        label="GPT Image 1 Mini",
        fidelities=("low",),
        options=gpt_options(("low",)),
    ),
    replace(_RETIRING, id="chatgpt-image-latest", label="ChatGPT Image"),
)
"""The default first."""

_DATE = r"(-\d{4}-\d{2}-\d{2})?"
_GONE = re.compile(rf"(gpt-image-1{_DATE}|dall-e(-.*)?)$", re.IGNORECASE)
_DATED = re.compile(r"(?P<name>.+?)-\d{4}-\d{2}-\d{2}$")


def find_model(model_id: str, preset: OpenAIPreset = GENERIC_PRESET) -> ModelInfo:
    """The record of a model by name; any name may be typed.

    A dated name has the record of its family, an unknown `gpt-image-…` that of the newest one,
    anything else what the preset says. Raises UsageError for a model that was shut down.
    """
    if not preset.knows_gpt:
        return _undescribed(model_id, preset)
    if _GONE.match(model_id):
        raise UsageError(
            f'The model "{model_id}" was shut down by OpenAI.',
            f'Use its replacement: "{DEFAULT_MODEL}".',
        )
    dated = _DATED.match(model_id)
    family = dated["name"] if dated else model_id
    for known in KNOWN_MODELS:
        if known.id in (model_id, family):
            return replace(known, id=model_id)
    if model_id.startswith("gpt-image-"):
        return replace(_NEWEST, id=model_id, label=model_id)
    return _undescribed(model_id, preset)


def is_gone(model_id: str) -> bool:
    return bool(_GONE.match(model_id))


def refine_record(model_id: str, preset: OpenAIPreset) -> ModelInfo:
    """A model that words prompts."""
    return ModelInfo(
        id=model_id,
        provider="openai",
        operations=frozenset({Operation.REFINE}),
        sizes=SizeRule(),
        label=model_id,
        options=(),
        is_paid=preset.is_paid,
    )


def _undescribed(model_id: str, preset: OpenAIPreset) -> ModelInfo:
    """A model of somebody else's server: what its preset says, and else nothing is forbidden."""
    return ModelInfo(
        id=model_id,
        provider="openai",
        operations=preset.operations & IMAGES or frozenset({Operation.REFINE}),
        sizes=preset.sizes,
        edit_sizes=preset.edit_sizes,
        label=model_id,
        max_count=preset.max_count,
        max_references=preset.max_references,
        has_seed=bool(preset.seed),
        has_negative_prompt=bool(preset.negative),
        folds_negative_prompt=not preset.negative,
        mask=preset.mask,
        options=preset.options,
        taken=TAKEN,
        is_paid=preset.is_paid,
    )
