"""The actions that make something of the whole picture: on this computer for nothing, or by a model
of one's choice."""

from aipaint.ui.action_spec import ActionSpec

WHOLE_ACTIONS = (
    ActionSpec(
        "image.upscaleTwice", "&Enlarge 2×", "image-upscale", (),
        "Free, made here. Apply then makes the document twice as large, every layer with it",
    ),
    ActionSpec(
        "image.upscaleFourfold", "Enlarge &4×", "image-upscale", (),
        "Free, made here. Apply then makes the document four times as large, every layer with it",
    ),
    ActionSpec(
        "image.cutout", "Cut &Out the Subject", "scissors", (),
        "Free, made here. Apply puts it on a layer with a mask and hides the other layers; a mask "
        "painted before says where it is",
    ),
    ActionSpec(
        "image.variations", "&Variations", "images", (),
        "Free, made here: three other fills of what is masked, or other light on the whole picture",
    ),
    ActionSpec(
        "image.byModel", "Enlarge or Cut Out by a &Model…", "sparkles", (),
        "Choose who does it, online models too; the price is shown before anything is sent",
    ),
)  # fmt: skip
