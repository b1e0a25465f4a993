"""`refine`: a rough idea made a prompt and a negative prompt by a cheap model."""

import sys
from argparse import Namespace
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.cli.chosen_project import chosen_project
from aipaint.cli.confirm import confirm
from aipaint.cli.exit_code import ExitCode, exit_code_of
from aipaint.cli.output import (
    ProgressLine,
    one_line,
    print_error,
    print_json,
    print_note,
    usd_or_none,
)
from aipaint.cli.workplace import Workplace
from aipaint.errors import UsageError
from aipaint.generation.end_job import error_record
from aipaint.generation.refine import RefineAsk, Refined, refine_price, refine_provider, run_refine
from aipaint.money import format_usd


def refine(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Everything that can be refused is refused before a job is entered or money reserved."""
    desk = workplace.desk
    ask = RefineAsk(
        intent=arguments.intent,
        provider=arguments.provider or _default_provider(workplace),
        model=arguments.model or "",
        negative_prompt=arguments.negative,
        instructions=arguments.instructions or workplace.settings.refine_instructions,
        is_fresh=arguments.fresh,
        project=chosen_project(arguments),
    )
    _note_what_does_not_apply(arguments)
    missing = desk.provider(ask.provider).readiness()
    if missing:
        raise UsageError(missing)
    confirm(refine_price(ask, desk), said_yes=arguments.yes)
    progress = ProgressLine(sys.stderr, is_wanted=not arguments.json)
    refined = run_refine(ask, desk, progress, workplace.cancelled)
    progress.clear()
    if arguments.output and refined.prompt:
        write_atomically(Path(arguments.output), f"{refined.prompt}\n".encode())
    if arguments.json:
        print_json(_as_json(refined))
    return _tell(refined, is_quiet=arguments.json)


def _note_what_does_not_apply(arguments: Namespace) -> None:
    """Every operation takes the same options; nothing is dropped without a word."""
    typed = {
        "--size": arguments.size,
        "--quality": arguments.quality,
        "--preset": arguments.preset,
        "--count": arguments.count != 1,
        "--seed": arguments.seed is not None,
        "--option": arguments.option,
        "--reference": arguments.reference,
    }
    for flag, is_set in typed.items():
        if is_set:
            print_note(f"refine makes words and has no use for {flag}.")


def _default_provider(workplace: Workplace) -> str:
    name = refine_provider(workplace.desk)
    if name:
        return name
    raise UsageError(
        "refine needs an online model and there is no key for one.",
        "Set AIE_OPENAI_API_KEY (or pass --openai-api-key), or say --provider rehearsal to try it.",
    )


def _tell(refined: Refined, *, is_quiet: bool) -> ExitCode:
    for warning in refined.warnings:
        print(f"aipaint: note: {one_line(warning)}", file=sys.stderr)
    if refined.error is not None:
        print_error(refined.error)
        return exit_code_of(refined.error)
    if not is_quiet:
        print(one_line(refined.prompt))
        if refined.negative_prompt:
            print(f"Avoid: {one_line(refined.negative_prompt)}")
        print(_price_line(refined), file=sys.stderr)
    return ExitCode.DONE


def _price_line(refined: Refined) -> str:
    if refined.duplicate_of is not None:
        return f"Asked before as job {refined.duplicate_of}: nothing was spent. --fresh asks again."
    if not refined.actual_micros:
        return "Nothing was spent."
    source = refined.cost_source.value if refined.cost_source is not None else "estimate"
    return f"Spent {format_usd(refined.actual_micros)} (from: {source})."


def _as_json(refined: Refined) -> dict[str, object]:
    return {
        "job_id": refined.job_id,
        "status": refined.status.value,
        "operation": "refine",
        "provider": refined.provider,
        "model": refined.model,
        "fingerprint": refined.fingerprint,
        "duplicate_of": refined.duplicate_of,
        "estimated_cost_usd": usd_or_none(refined.estimated_micros),
        "actual_cost_usd": usd_or_none(refined.actual_micros),
        "cost_source": refined.cost_source.value if refined.cost_source is not None else None,
        "images": [],
        "drift": None,
        "warnings": list(refined.warnings),
        "error": None if refined.error is None else error_record(refined.error),
        "prompt": refined.prompt,
        "negative_prompt": refined.negative_prompt,
    }
