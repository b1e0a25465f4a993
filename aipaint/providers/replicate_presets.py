"""The models of Replicate that are known without asking: one TOML file each."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aipaint.errors import AipaintError
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.replicate_model import ReplicateModel, Wiring
from aipaint.providers.replicate_schema import invert_field
from aipaint.providers.request import Operation, Size
from aipaint.providers.size_rule import SizeRule

_VERSION = re.compile(r"([0-9a-f]{64})?")
_KEYS = {
    "id", "version", "label", "operations", "mask", "max_count", "needs_prompt", "billed_by",
    "default_prompt", "default_for", "formats", "backgrounds", "is_mask_required", "sizes",
    "fields", "always", "versions_with", "options", "retires_at", "replaced_by",
}  # fmt: skip


class PresetError(AipaintError):
    """A preset file cannot be understood."""

    kind = "settings"


def load_presets(folder: Path) -> tuple[ReplicateModel, ...]:
    """Every `*.toml` in the order of the file names: the first is the default model.

    Raises PresetError that names the file.
    """
    presets = []
    for path in sorted(folder.glob("*.toml")):
        try:
            presets.append(_preset(tomllib.loads(path.read_text(encoding="utf-8"))))
        except OSError as error:
            raise PresetError(f"The preset {path} cannot be read: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise PresetError(f"The preset {path} cannot be understood: {error}.") from error
    return tuple(presets)


def _preset(tree: Mapping[str, Any]) -> ReplicateModel:
    unknown = set(tree) - _KEYS
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)[0]}")
    versions = tuple(sorted(tree.get("versions_with", {}).items()))
    for version in (tree.get("version", ""), *(text for _, text in versions)):
        if not _VERSION.fullmatch(version):
            raise ValueError(f"{version} is not a version")
    wiring = _wiring(tree["fields"])
    return ReplicateModel(
        info=_info(tree, wiring),
        wiring=wiring,
        version=tree.get("version", ""),
        always=tuple(tree.get("always", {}).items()),
        versions_with=versions,
        is_billed_by_time={"time": True, "picture": False}[tree["billed_by"]],
        is_mask_required=tree.get("is_mask_required", False),
        default_prompt=tree.get("default_prompt", ""),
        default_for=frozenset(Operation(name) for name in tree.get("default_for", ())),
    )


def _wiring(fields: Mapping[str, Any]) -> Wiring:
    ratios = tuple(fields.get("aspect_ratios", ()))
    return Wiring(**{**fields, "aspect_ratios": ratios})


def _info(tree: Mapping[str, Any], wiring: Wiring) -> ModelInfo:
    mask = MaskConvention(tree.get("mask", "none"))
    options = [_option(table, order) for order, table in enumerate(tree.get("options", ()))]
    if mask is not MaskConvention.NONE:
        options.append(invert_field(mask))
    return ModelInfo(
        id=tree["id"],
        provider="replicate",
        operations=frozenset(Operation(name) for name in tree["operations"]),
        sizes=_sizes(tree.get("sizes", {})),
        label=tree["label"],
        max_count=tree.get("max_count", 1),
        max_references=8 if wiring.is_image_list else 0,
        has_seed=bool(wiring.seed),
        has_negative_prompt=bool(wiring.negative_prompt),
        needs_prompt=tree.get("needs_prompt", True),
        mask=mask,
        backgrounds=tuple(tree.get("backgrounds", ())),
        formats=tuple(tree.get("formats", ())),
        options=tuple(options),
        taken=wiring.taken(),
        retires_at=tree.get("retires_at", ""),
        replaced_by=tree.get("replaced_by", ""),
    )


def _sizes(table: Mapping[str, Any]) -> SizeRule:
    fixed = tuple(Size(*pair) for pair in table.get("fixed", ()))
    return SizeRule(**{**table, "fixed": fixed})


def _option(table: Mapping[str, Any], order: int) -> OptionField:
    """In the order of the file."""
    kind, choices = OptionKind(table["kind"]), tuple(table.get("choices", ()))
    if (kind is OptionKind.CHOICE) != bool(choices):
        raise ValueError(f"{table['name']}: choices belong to a choice")
    return OptionField(**{**table, "kind": kind, "choices": choices, "order": order})
