"""The fingerprint of a request: what makes two calls the same purchase."""

from aipaint.generation.options import GenerateOptions
from aipaint.ledger.fingerprint import fingerprint
from aipaint.providers.request import PredictionRequest

_ONLY_SHOWN = ("stream", "partial_images")
"""How an answer comes, not what it is."""


def request_fingerprint(options: GenerateOptions, request: PredictionRequest) -> str:
    """Over the provider, the model, the exact prompts, every parameter that changes pixels and the
    inputs in order with their roles."""
    return fingerprint(
        provider=options.provider,
        model=request.model,
        action=request.operation.value,
        prompt=request.prompt,
        parameters={
            "negative_prompt": request.negative_prompt,
            "size": str(request.size),
            "quality": request.quality,
            "count": request.count,
            "seed": request.seed,
            "extra": {name: text for name, text in request.extra if name not in _ONLY_SHOWN},
        },
        inputs=[(image.role.value, image.sha256) for image in request.images],
    )
