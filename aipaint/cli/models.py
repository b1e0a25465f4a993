"""`models`: what can be used, known and as listed by the provider."""

import sys
from argparse import Namespace

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import one_line, print_json
from aipaint.cli.workplace import Workplace
from aipaint.errors import AipaintError
from aipaint.generation.free_watch import FreeWatch
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.provider import Provider


def models(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Known models always; the provider's own list where it can be asked, free of charge."""
    desk = workplace.desk
    chosen = (
        [desk.provider(arguments.provider)] if arguments.provider else list(desk.providers.values())
    )
    found = [model for provider in chosen for model in _models(provider, workplace)]
    if arguments.json:
        print_json({"models": [_as_json(model) for model in found]})
        return ExitCode.DONE
    for model in found:
        verbs = ", ".join(_operations(model))
        retires = f"  (retires {model.retires_at})" if model.retires_at else ""
        print(f"{model.provider:<10} {one_line(model.id):<28} {verbs}{retires}")
    return ExitCode.DONE


def _models(provider: Provider, workplace: Workplace) -> tuple[ModelInfo, ...]:
    if provider.readiness():
        return provider.models()
    try:
        return provider.list_models(FreeWatch(workplace.cancelled))
    except AipaintError as error:
        print(f"aipaint: note: {one_line(str(error))}", file=sys.stderr)
        return provider.models()


def _operations(model: ModelInfo) -> list[str]:
    return sorted(operation.value for operation in model.operations)


def _as_json(model: ModelInfo) -> dict[str, object]:
    return {
        "id": model.id,
        "provider": model.provider,
        "operations": _operations(model),
        "retires_at": model.retires_at or None,
    }
