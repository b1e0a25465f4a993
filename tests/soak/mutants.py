"""Mutation testing: the tests of the money, retry and state modules must notice small faults.

    python -m tests.soak.mutants [--share 0.1] [--only ledger/admission.py] [--json FILE] [--list]

Nothing is written into the tree: each mutant is compiled in a process of its own, forked from one
that has loaded the libraries already, and only the tests that pass through its line are run.
"""

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

from tests.soak.mutate import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
GROUPS: dict[str, tuple[str, ...]] = {
    "ledger/*.py": ("tests/ledger",),
    "providers/retries.py": (
        "tests/providers/test_retries.py",
        "tests/providers/test_paid_call.py",
    ),
    "providers/paid_call.py": (
        "tests/providers/test_paid_call.py",
        "tests/providers/test_openai_compat.py",
    ),
    "history/transitions.py": ("tests/history",),
    "generation/purchase.py": (
        "tests/generation/test_purchase.py",
        "tests/generation/test_run_job.py",
    ),
}
"""Modules of aipaint, and the tests that must notice their mutants."""
_INI = """[pytest]
pythonpath = {root}
filterwarnings =
    error
    ignore::pytest.PytestAssertRewriteWarning
"""
_QUIET = ("-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xvfb",
          "-p", "no:pytest-qt", "-p", "no:timeout", "--import-mode=importlib")  # fmt: skip
_PATIENCE_SECONDS = 60
_ALIVE, _KILLED = "alive", "killed"


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant."""

    module: str
    number: int
    line: int
    what: str
    text: str
    end: str

    @property
    def is_killed(self) -> bool:
        return self.end != _ALIVE


def run_mutants(
    only: Sequence[str] = (), share: float = 1.0, say: Callable[[str], None] = print
) -> list[Verdict]:
    """All of them, or a random share (always the same one)."""
    verdicts: list[Verdict] = []
    _load_libraries()
    for pattern, tests in GROUPS.items():
        modules = [
            path.relative_to(ROOT / "aipaint").as_posix()
            for path in sorted((ROOT / "aipaint").glob(pattern))
        ]
        chosen = [name for name in modules if not only or name in only]
        if not chosen:
            continue
        seen = _coverage(tests)
        for module in chosen:
            verdicts += _of_module(module, tests, seen, share, say)
    return verdicts


def _of_module(
    module: str, tests: Sequence[str], seen: "Seen", share: float, say: Callable[[str], None]
) -> Iterator[Verdict]:
    path = ROOT / "aipaint" / module
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    chance = random.Random(module)
    for mutant in mutants_of(source):
        if chance.random() >= share:
            continue
        nodes = seen.tests_at(path, mutant.line) or list(tests)
        end = _KILLED if nodes == [] else _fate(module, mutant, _mirror_first(module, nodes))
        text = lines[mutant.line - 1].strip() if mutant.line else ""
        verdict = Verdict(module, mutant.number, mutant.line, mutant.what, text, end)
        if not verdict.is_killed:
            say(f"{module}:{mutant.line}: {mutant.what}: {text}")
        yield verdict


def _mirror_first(module: str, nodes: Sequence[str]) -> list[str]:
    """The tests named after the module are the likeliest to notice."""
    mirror = f"test_{Path(module).stem}.py"
    return sorted(nodes, key=lambda node: mirror not in node)


@dataclass(frozen=True)
class Seen:
    """Which tests pass through which line, quick ones first."""

    lines: Mapping[tuple[str, int], tuple[str, ...]]
    seconds: Mapping[str, float]

    def tests_at(self, path: Path, line: int) -> list[str]:
        """None for a line that runs when the module is loaded, or that no test passes."""
        found = self.lines.get((str(path), line), ())
        return sorted(found, key=lambda test: self.seconds.get(test, 0.0))


def _coverage(tests: Sequence[str]) -> Seen:
    """Run the tests once and note what they pass through. Raises RuntimeError if one fails."""
    with tempfile.TemporaryDirectory() as folder:
        data, times = Path(folder) / "coverage", Path(folder) / "times"

        def measured() -> int:
            import coverage

            meter = coverage.Coverage(data_file=str(data), source=[str(ROOT / "aipaint")])
            meter.start()
            result = _pytest(tests, _Contexts(meter, times))
            meter.stop()
            meter.save()
            return result

        if _in_child(measured, 900) != _ALIVE:
            raise RuntimeError(f"the tests fail without a mutant: {' '.join(tests)}")
        import coverage

        read = coverage.CoverageData(str(data))
        read.read()
        lines: dict[tuple[str, int], tuple[str, ...]] = {}
        for file in read.measured_files():
            for line, contexts in read.contexts_by_lineno(file).items():
                lines[file, line] = tuple(sorted(name for name in contexts if name))
        return Seen(lines, json.loads(times.read_text()))


class _Contexts:
    """Tells the meter which test runs."""

    def __init__(self, meter: object, times: Path) -> None:
        self._meter, self._times = meter, times
        self._seconds: dict[str, float] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._meter.switch_context(nodeid)  # type: ignore[attr-defined]

    def pytest_runtest_logreport(self, report: object) -> None:
        name, took = report.nodeid, report.duration  # type: ignore[attr-defined]
        self._seconds[name] = self._seconds.get(name, 0.0) + took

    def pytest_sessionfinish(self) -> None:
        self._times.write_text(json.dumps(self._seconds))


class _NoShrinking:
    """A counterexample is enough; the smallest one is not needed."""

    def pytest_sessionstart(self) -> None:
        from hypothesis import Phase, settings

        settings.register_profile(
            "mutants", parent=settings(), derandomize=True, database=None,
            phases=(Phase.explicit, Phase.generate), deadline=None,
        )  # fmt: skip
        settings.load_profile("mutants")


def _fate(module: str, mutant: Mutant, nodes: Sequence[str]) -> str:
    def judged() -> int:
        sys.meta_path.insert(0, _Mutated(module, compile(mutant.tree, module, "exec")))
        return _pytest(nodes)

    return _in_child(judged, _PATIENCE_SECONDS)


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module of aipaint from a code object."""

    def __init__(self, module: str, code: CodeType) -> None:
        self._name = "aipaint." + module.removesuffix(".py").replace("/", ".")
        self._path, self._code = ROOT / "aipaint" / module, code

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


def _pytest(tests: Sequence[str], *plugins: object) -> int:
    import pytest

    with tempfile.TemporaryDirectory() as folder:
        ini = Path(folder) / "pytest.ini"
        ini.write_text(_INI.format(root=ROOT))
        words = ["-c", str(ini), "--rootdir", str(ROOT), f"--basetemp={folder}/tmp", *_QUIET]
        return int(pytest.main([*words, *tests], plugins=[_NoShrinking(), *plugins]))


def _in_child(work: Callable[[], int], patience_seconds: float) -> str:
    """Run it in a fork of this process: alive if it returns 0."""
    child = os.fork()
    if not child:
        os.setsid()
        os.chdir(ROOT)
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0,) if os.environ.get("MUTANTS_LOUD") else (0, 1, 2):
            os.dup2(silence, stream)
        try:
            os._exit(1 if work() else 0)
        except BaseException:
            os._exit(1)
    ends_at = time.monotonic() + patience_seconds
    while time.monotonic() < ends_at:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return _ALIVE if status == 0 else _KILLED
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "too slow"


def _load_libraries() -> None:
    """What every child would have to load; nothing of aipaint."""
    import cProfile  # noqa: F401

    for name in ("coverage", "pytest", "hypothesis", "hypothesis.stateful", "peewee",
                 "playhouse.migrations", "httpx", "tenacity", "numpy", "PIL.Image"):  # fmt: skip
        importlib.import_module(name)
    if loaded := [name for name in sys.modules if name.split(".")[0] == "aipaint"]:
        raise RuntimeError(f"loaded before it could be changed: {loaded}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    verdicts = run_mutants(asked.only, asked.share, say)
    killed = sum(verdict.is_killed for verdict in verdicts)
    say(f"{killed} of {len(verdicts)} killed: {100 * killed / max(1, len(verdicts)):.1f} %")
    if asked.json:
        asked.json.write_text(json.dumps([vars(verdict) for verdict in verdicts], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
