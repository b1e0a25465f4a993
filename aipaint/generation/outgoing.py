"""`Outgoing`: exactly what would leave this computer, to be looked at before it does."""

from dataclasses import dataclass

from aipaint.document.picture import Picture
from aipaint.generation.compose import compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.options import GenerateOptions
from aipaint.providers.model_info import MaskConvention
from aipaint.providers.option_field import OptionKind
from aipaint.providers.request import InputImage, InputRole

_MASKS = {
    MaskConvention.ALPHA_ZERO: "sent as transparency: what is white here is transparent there",
    MaskConvention.WHITE: "white changes",
    MaskConvention.BLACK: "sent inverted: black changes",
    MaskConvention.NONE: "stays here: the model takes no mask",
}
_ROLES = {
    InputRole.INPUT: "Picture",
    InputRole.MASK: "Mask",
    InputRole.REFERENCE: "Reference",
}


@dataclass(frozen=True, eq=False)
class OutgoingPicture:
    """`image` is what is sent, PNG without metadata; `is_sent` is False for a mask that stays."""

    label: str
    note: str
    image: InputImage
    is_sent: bool = True


@dataclass(frozen=True, eq=False)
class Outgoing:
    """`host` is "" where nothing leaves the computer. `texts` are names and what is sent under
    them, in order. `warnings` say what was done to the picture."""

    host: str
    provider: str
    pictures: tuple[OutgoingPicture, ...]
    texts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()
    has_hidden: bool = False

    @property
    def byte_count(self) -> int:
        """Of the pictures that leave."""
        return sum(len(each.image.png) for each in self.pictures if each.is_sent)


def outgoing(picture: Picture, options: GenerateOptions, desk: Desk) -> Outgoing:
    """On a worker, from a snapshot. Raises UsageError for what could not be sent."""
    provider = desk.provider(options.provider)
    model = desk.model(options)
    composed = compose_request(picture, options, model)
    request = composed.request
    takes_mask = model.mask is not MaskConvention.NONE
    pictures = tuple(
        OutgoingPicture(
            _ROLES[image.role],
            _note(image, model.mask),
            image,
            is_sent=takes_mask or image.role is not InputRole.MASK,
        )
        for image in request.images
    )
    secret = {field.name for field in model.options or () if field.kind is OptionKind.SECRET}
    texts = [
        ("Operation", request.operation.value),
        ("Model", request.model),
        ("Prompt", request.prompt),
        ("Negative prompt", request.negative_prompt),
        ("Size", str(request.size or "")),
        ("Quality", request.quality),
        ("Pictures", str(request.count)),
        ("Seed", "" if request.seed is None else str(request.seed)),
        *((name, "••••" if name in secret else text) for name, text in request.extra),
    ]
    return Outgoing(
        host=provider.host,
        provider=provider.label,
        pictures=pictures,
        texts=tuple((name, text) for name, text in texts if text),
        warnings=composed.warnings,
        has_hidden=composed.hidden is not None,
    )


def _note(image: InputImage, mask: MaskConvention) -> str:
    size = f"{image.size.width} × {image.size.height} px, {len(image.png) / 1024:.0f} KB"
    return f"{size}; {_MASKS[mask]}" if image.role is InputRole.MASK else size
