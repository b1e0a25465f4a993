"""The records of what the offline engine can do."""

from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.request import Operation
from aipaint.providers.size_rule import SizeRule

PATCHMATCH = ModelInfo(
    id="patchmatch",
    provider="offline",
    operations=frozenset({Operation.REMOVE, Operation.OUTPAINT, Operation.VARIATIONS}),
    sizes=SizeRule(),
    label="Content-aware fill",
    max_count=4,
    has_seed=True,
    needs_prompt=False,
    mask=MaskConvention.WHITE,
    options=(),
    is_paid=False,
)

LANCZOS = ModelInfo(
    id="lanczos",
    provider="offline",
    operations=frozenset({Operation.UPSCALE}),
    sizes=SizeRule(),
    label="Enlarge with sharp edges",
    needs_prompt=False,
    options=(
        OptionField(
            name="scale",
            kind=OptionKind.CHOICE,
            default="2",
            choices=("2", "4"),
            description="How many times as wide and as high.",
        ),
    ),
    is_paid=False,
)

GRABCUT = ModelInfo(
    id="grabcut",
    provider="offline",
    operations=frozenset({Operation.CUTOUT}),
    sizes=SizeRule(),
    label="Cut out the subject",
    needs_prompt=False,
    mask=MaskConvention.WHITE,
    options=(),
    is_paid=False,
)

OFFLINE_MODELS = (PATCHMATCH, LANCZOS, GRABCUT)
