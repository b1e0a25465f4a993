"""`OpenAIPreset`: how one kind of OpenAI-compatible server differs from OpenAI, as plain data."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aipaint.providers.model_info import MaskConvention
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.request import Operation, Size
from aipaint.providers.size_rule import SizeRule

GENERIC = "generic"
_ANY_SIZE = SizeRule()
IMAGES = frozenset(
    {
        Operation.EDIT,
        Operation.REMOVE,
        Operation.OUTPAINT,
        Operation.VARIATIONS,
        Operation.GENERATE,
    }
)
"""What the image routes of the interface can do."""


class EditForm(Enum):
    """How a picture that is to change is handed over."""

    FORM = "form"  # multipart files
    REFERENCES = "references"  # JSON with the pictures in it
    NONE = "none"


class Writing(Enum):
    """What is written into the prompt beside the prompt."""

    PLAIN = "plain"
    SD_CPP = "sd_cpp"  # fields as JSON between two marks
    BAR = "bar"  # the negative prompt behind a bar


@dataclass(frozen=True)
class OpenAIPreset:
    """`base_url` is suggested; at `hosts` it is certain. `prices` are the names whose rules in the
    price book count; at `price_path` the server says what one {model} costs. `edit_fields`: the
    only text fields of an edit, none means all. `whole_field` of a new picture takes the picture
    to change where no mask is sent, and `whole_names` are what fields are called then. `seed` and
    `negative` are names of the server's fields, "" where it has none. `sizes` and `options` are
    those of a model that nobody described."""

    name: str
    label: str
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    note: str = ""
    is_paid: bool = True
    needs_key: bool = True
    prices: tuple[str, ...] = ("openai",)
    knows_gpt: bool = True
    operations: frozenset[Operation] = IMAGES | {Operation.REFINE}
    generate_path: str = "images/generations"
    edit_path: str = "images/edits"
    edit: EditForm = EditForm.FORM
    edit_fields: tuple[str, ...] = ()
    whole_field: str = ""
    whole_names: Mapping[str, str] = field(default_factory=dict)
    mask: MaskConvention = MaskConvention.ALPHA_ZERO
    mask_field: str = "mask"
    response_format: str = ""
    writing: Writing = Writing.PLAIN
    seed: str = ""
    negative: str = ""
    default_model: str = ""
    refine_model: str = ""
    max_count: int = 10
    max_references: int = 15
    model_lists: tuple[str, ...] = ("models",)
    credit_path: str = ""
    price_path: str = ""
    sizes: SizeRule = _ANY_SIZE
    edit_sizes: SizeRule | None = None
    options: tuple[OptionField, ...] | None = None

    @property
    def paints(self) -> bool:
        return bool(self.operations & IMAGES)


GENERIC_PRESET = OpenAIPreset(GENERIC, "OpenAI-compatible")
"""What is taken for a server that nobody named."""


def load_openai_presets(path: Path) -> dict[str, OpenAIPreset]:
    """The shipped presets by name. Raises ValueError for a file that is not ours."""
    tree = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _preset(name, table) for name, table in tree.items()}


def preset_for(
    presets: Mapping[str, OpenAIPreset], base_url: str, wanted: str = ""
) -> OpenAIPreset:
    """The one of that name; else the one whose host this certainly is; else the generic one."""
    if wanted in presets:
        return presets[wanted]
    host = urlsplit(base_url).hostname or ""
    for preset in presets.values():
        if any(host == known or host.endswith(f".{known}") for known in preset.hosts):
            return preset
    return presets.get(GENERIC, GENERIC_PRESET)


def _preset(name: str, table: Mapping[str, Any]) -> OpenAIPreset:
    known = {each.name for each in fields(OpenAIPreset)}
    if unknown := set(table) - known:
        raise ValueError(f"{name}: unknown {sorted(unknown)}")
    read = {key: _READERS.get(key, _plain)(value) for key, value in table.items()}
    return OpenAIPreset(name=name, **read)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _operations(names: Iterable[str]) -> frozenset[Operation]:
    return frozenset(Operation(name) for name in names)


def _sizes(table: Mapping[str, Any]) -> SizeRule:
    fixed = tuple(Size(*map(int, text.split("x"))) for text in table.get("fixed", ()))
    return SizeRule(**{**table, "fixed": fixed})


def _options(rows: Iterable[Mapping[str, Any]]) -> tuple[OptionField, ...]:
    found = []
    for number, row in enumerate(rows):
        more = {**row, "kind": OptionKind(row["kind"]), "order": number}
        more["only_for"] = _operations(row.get("only_for", ()))
        more["choices"] = tuple(row.get("choices", ()))
        found.append(OptionField(**more))
    return tuple(found)


_READERS: Mapping[str, Any] = {
    "operations": _operations,
    "edit": EditForm,
    "mask": MaskConvention,
    "writing": Writing,
    "sizes": _sizes,
    "edit_sizes": _sizes,
    "options": _options,
}
