"""`models`: what can be used, known and as listed by the provider."""

import sys
from argparse import Namespace

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import one_line, print_json
from aipaint.cli.workplace import Workplace
from aipaint.errors import AipaintError
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.model_list import listed_models
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.provider import Provider


def models(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Known models always; the provider's own list where it can be asked, free of charge, and kept
    for a day."""
    desk = workplace.desk
    chosen = (
        [desk.provider(arguments.provider)] if arguments.provider else list(desk.providers.values())
    )
    found = [
        (provider.name, model)
        for provider in chosen
        for model in _models(provider, workplace, is_fresh=arguments.fresh)
    ]
    if arguments.json:
        print_json({"models": [_as_json(name, model) for name, model in found]})
        return ExitCode.DONE
    for name, model in found:
        verbs = ", ".join(_operations(model))
        retires = f"  (retires {model.retires_at})" if model.retires_at else ""
        print(f"{name:<10} {one_line(model.id):<28} {verbs}{retires}")
    return ExitCode.DONE


def _models(provider: Provider, workplace: Workplace, *, is_fresh: bool) -> tuple[ModelInfo, ...]:
    listed = _listed(provider, workplace, is_fresh=is_fresh)
    if not provider.refine_model:
        return listed
    wording = provider.refine_record("")
    if any(model.id == wording.id for model in listed):
        return listed
    return (*listed, wording)


def _listed(provider: Provider, workplace: Workplace, *, is_fresh: bool) -> tuple[ModelInfo, ...]:
    if provider.readiness():
        return provider.models()
    try:
        watch = FreeWatch(workplace.cancelled)
        return listed_models(provider, workplace.desk, watch, is_fresh=is_fresh)
    except AipaintError as error:
        print(f"aipaint: note: {one_line(str(error))}", file=sys.stderr)
        return provider.models()


def _operations(model: ModelInfo) -> list[str]:
    return sorted(operation.value for operation in model.operations)


def _as_json(provider: str, model: ModelInfo) -> dict[str, object]:
    return {
        "id": model.id,
        "provider": provider,
        "operations": _operations(model),
        "retires_at": model.retires_at or None,
    }
