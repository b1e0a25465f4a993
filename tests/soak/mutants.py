"""Mutation testing: the tests of the money, retry and state modules must notice small faults.

    python -m tests.soak.mutants [--only ledger/admission.py] [--group ledger] [--share 0.1]
                                 [--again FILE] [--at-once 2] [--json FILE]

Nothing is written into the tree: each mutant is judged in a fork of its own, and only by the tests
that pass through its line. `--again` judges only what was alive in an earlier file.
"""

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tests.soak.equivalents import EQUIVALENT
from tests.soak.forked import ended_well, fork
from tests.soak.mutant_runs import (
    ALIVE,
    KILLED,
    ROOT,
    Children,
    End,
    Judge,
    load_libraries,
    run_pytest,
    silence,
    surroundings,
)
from tests.soak.mutate import mutants_of
from tests.soak.warm_tests import Seen, WarmTests


@dataclass(frozen=True)
class Group:
    """Modules of aipaint, and the tests that must notice their mutants."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS = {
    "ledger": Group(("ledger/*.py",), ("tests/ledger",)),
    "retries": Group(
        ("providers/retries.py", "providers/paid_call.py"),
        (
            "tests/providers/test_retries.py",
            "tests/providers/test_paid_call.py",
            "tests/providers/test_openai_compat.py",
        ),
    ),
    "history": Group(
        ("history/transitions.py", "history/job_rows.py", "history/records.py"),
        ("tests/history",),
    ),
    "state": Group(
        (
            "generation/purchase.py",
            "generation/run_job.py",
            "generation/end_job.py",
            "generation/finish_job.py",
            "generation/enter_job.py",
            "generation/reserve.py",
            "generation/recover_jobs.py",
            "generation/resume_job.py",
            "generation/kept_answer.py",
            "generation/unknown_outcomes.py",
        ),
        (
            "tests/generation/test_purchase.py",
            "tests/generation/test_purchase_edges.py",
            "tests/generation/test_kept_answer.py",
            "tests/generation/test_run_job.py",
            "tests/generation/test_recover_jobs.py",
            "tests/generation/test_recover_states.py",
            "tests/generation/test_end_job.py",
            "tests/generation/test_unknown_outcomes.py",
            "tests/generation/test_vault.py",
        ),
    ),
}
"""The state machine is `history`, which holds it in the database, and `state`, which walks it."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant."""

    module: str
    number: int
    line: int
    what: str
    text: str
    end: str
    killer: str = ""

    @property
    def is_killed(self) -> bool:
        return self.end != ALIVE


@dataclass(frozen=True)
class Case:
    """A mutant, where it is, and the module with it."""

    module: str
    number: int
    line: int
    what: str
    text: str
    statement: range
    code: CodeType

    @property
    def path(self) -> Path:
        return ROOT / "aipaint" / self.module

    def verdict(self, end: End) -> Verdict:
        return Verdict(
            self.module, self.number, self.line, self.what, self.text, end.end, end.killer
        )


@dataclass
class Asked:
    """Which mutants, and how; `wanted` None: all."""

    groups: Sequence[str] = tuple(GROUPS)
    only: Sequence[str] = ()
    share: float = 1.0
    at_once: int = 1
    wanted: frozenset[tuple[str, int, str]] | None = None
    tell: Callable[[Verdict], None] = field(default=lambda verdict: None)


def run_mutants(asked: Asked) -> None:
    """Each verdict is told as it comes. Linux only: it forks."""
    load_libraries()
    for name in asked.groups:
        cases = [case for case in _cases(name) if _is_asked(case, asked)]
        if cases:
            with surroundings():
                _judge(name, cases, asked)


def _cases(group: str) -> Iterator[Case]:
    for pattern in GROUPS[group].modules:
        for path in sorted((ROOT / "aipaint").glob(pattern)):
            module = path.relative_to(ROOT / "aipaint").as_posix()
            source = path.read_text(encoding="utf-8")
            lines, statements = source.splitlines(), _statements(source)
            for mutant in mutants_of(source):
                text = lines[mutant.line - 1].strip()
                if (module, text, mutant.what) not in EQUIVALENT:
                    code = compile(mutant.tree, str(path), "exec")
                    where = (module, mutant.number, mutant.line, mutant.what, text)
                    yield Case(*where, statements[mutant.line], code)


def _statements(source: str) -> dict[int, range]:
    """The lines of the innermost statement at each line."""
    found: dict[int, range] = {}
    for node in ast.walk(ast.parse(source)):  # outer ones come first
        if isinstance(node, ast.stmt):
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            found |= dict.fromkeys(lines, lines)
    return found


def _is_asked(case: Case, asked: Asked) -> bool:
    if asked.only and case.module not in asked.only:
        return False
    if asked.wanted is not None:
        return (case.module, case.number, case.what) in asked.wanted
    return random.Random(f"{case.module} {case.number}").random() < asked.share


def _judge(name: str, cases: Sequence[Case], asked: Asked) -> None:
    """First all that can be judged by tests that are loaded already, then the others."""
    by_number = dict(enumerate(cases))
    cold: dict[int, list[str]] = {}
    seconds: dict[str, float] = {}
    for kind, number, value in _warm(name, by_number, asked.at_once):
        if kind == "end":
            asked.tell(by_number[number].verdict(End(*value)))
        elif kind == "cold":
            cold[number] = value
        else:
            seconds = value
    works = ((number, _cold(by_number[number], nodes, seconds)) for number, nodes in cold.items())
    for number, end in Children(asked.at_once).run(works):
        asked.tell(by_number[number].verdict(end))


def _warm(group: str, cases: Mapping[int, Case], at_once: int) -> Iterator[tuple[str, int, Any]]:
    """What a process with loaded tests says: ends, and the tests of those it must leave."""
    reading, writing = os.pipe()

    def work(tests: WarmTests) -> None:
        with open(writing, "w", encoding="utf-8") as file:
            for line in _judged_warm(tests, cases, at_once):
                file.write(f"{json.dumps(line)}\n")
                file.flush()

    def talk() -> None:
        silence()
        if run_pytest(GROUPS[group].tests, WarmTests(work)):
            raise RuntimeError(f"the tests of {group} could not be loaded")

    child = fork(talk)
    os.close(writing)
    with open(reading, encoding="utf-8") as lines:
        yield from map(json.loads, lines)
    if not ended_well(child):
        raise RuntimeError(f"the tests of {group} could not be judged with")


def _judged_warm(
    tests: WarmTests, cases: Mapping[int, Case], at_once: int
) -> Iterator[tuple[str, int, Any]]:
    seen = tests.measured()
    yield "seconds", 0, seen.seconds
    killers: dict[str, None] = {}
    original = cache(_compiled)

    def works() -> Iterator[tuple[int, Callable[[], int]]]:
        for number, case in cases.items():
            patch = tests.patch(case.path, original(case.path), case.code)
            nodes = _first(case, _nodes(case, seen, is_warm=patch is not None), killers)
            if patch is None:
                cold[number] = nodes
            else:
                yield number, partial(tests.run, nodes, seen.seconds, patch)

    cold: dict[int, list[str]] = {}
    for number, end in Children(at_once).run(works()):
        if end.killer:
            killers.pop(end.killer, None)
            killers[end.killer] = None
        yield "end", number, (end.end, end.killer)
    for number, nodes in cold.items():
        yield "cold", number, nodes


def _compiled(path: Path) -> CodeType:
    return compile(ast.parse(path.read_text(encoding="utf-8")), str(path), "exec")


def _nodes(case: Case, seen: Seen, *, is_warm: bool) -> list[str]:
    """A function that no test passes has no test; what runs at the start has all of its module."""
    found = seen.tests_at(case.path, case.statement)
    return found if found or is_warm else seen.tests_of(case.path)


def _first(case: Case, nodes: Sequence[str], killers: dict[str, None]) -> list[str]:
    """Those that noticed something lately, then those named after the module, then quick ones."""
    lately = {killer: place for place, killer in enumerate(reversed(killers))}
    mirror = f"test_{Path(case.module).stem}.py"
    few = 8
    return sorted(nodes, key=lambda node: (min(lately.get(node, few), few), mirror not in node))


def _cold(case: Case, nodes: Sequence[str], seconds: Mapping[str, float]) -> Callable[[], int]:
    def judged() -> int:
        silence()
        sys.meta_path.insert(0, _Mutated(case.module, case.path, case.code))
        return run_pytest(nodes, Judge(seconds))

    return judged


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module of aipaint from a code object."""

    def __init__(self, module: str, path: Path, code: CodeType) -> None:
        self._name = "aipaint." + module.removesuffix(".py").replace("/", ".")
        self._path, self._code = path, code

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def create_module(self, spec: object) -> None:
        """As usual."""

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--group", action="append", choices=list(GROUPS))
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--again", type=Path)
    parser.add_argument("--json", type=Path)
    said = parser.parse_args()
    before = [Verdict(**one) for one in json.loads(said.again.read_text())] if said.again else []
    found = {_key(verdict): verdict for verdict in before}

    def tell(verdict: Verdict) -> None:
        found[_key(verdict)] = verdict
        if verdict.end != KILLED:
            _say(f"{verdict.module}:{verdict.line}: {verdict.end}: {verdict.what}: {verdict.text}")
        if said.json:
            said.json.write_text(json.dumps([vars(one) for one in found.values()], indent=1))

    wanted = frozenset(_key(one) for one in before if not one.is_killed) if said.again else None
    groups = said.group or list(GROUPS)
    run_mutants(Asked(groups, said.only, said.share, said.at_once, wanted, tell))
    _say("\n".join(_table(list(found.values()))))
    return 0


def _key(verdict: Verdict) -> tuple[str, int, str]:
    return verdict.module, verdict.number, verdict.what


def _table(verdicts: Sequence[Verdict]) -> list[str]:
    """Killed, all and percent, for each module and for all of them."""
    by_module: dict[str, list[bool]] = {}
    for verdict in verdicts:
        by_module.setdefault(verdict.module, []).append(verdict.is_killed)
    rows = [*sorted(by_module.items()), ("all", [verdict.is_killed for verdict in verdicts])]
    return [
        f"{name:32} {sum(ends):5} of {len(ends):5}  {100 * sum(ends) / max(1, len(ends)):5.1f} %"
        for name, ends in rows
    ]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
