"""`WarmTests`: tests that are loaded once and run again and again, each time in a fork.

A change inside functions is put into the fork by giving the living functions another code; what a
module does when it is loaded cannot be changed this way.
"""

import gc
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tests.soak.mutant_runs import ALIVE, ROOT, Children, Judge

Patch = list[tuple[FunctionType, CodeType]]


@dataclass(frozen=True)
class Seen:
    """Which tests pass through which line, quick ones first."""

    lines: Mapping[tuple[str, int], tuple[str, ...]]
    seconds: Mapping[str, float]

    def tests_at(self, path: Path, lines: Sequence[int]) -> list[str]:
        """Empty for lines that run when the module is loaded, or that no test passes."""
        found = {test for line in lines for test in self.lines.get((str(path), line), ())}
        return self._quick_first(found)

    def tests_of(self, path: Path) -> list[str]:
        """Those that pass through any line of a file."""
        found = {
            test for (file, _), tests in self.lines.items() if file == str(path) for test in tests
        }
        return self._quick_first(found)

    def _quick_first(self, tests: set[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.seconds.get(test, 0.0), test))


class WarmTests:
    """A plugin of pytest: `work` is called with it instead of a run of the tests."""

    def __init__(self, work: Callable[["WarmTests"], None]) -> None:
        self._work = work

    def pytest_runtestloop(self, session: Any) -> bool:
        self._session = session
        self._items = {item.nodeid: item for item in session.items}
        self._functions = _functions()
        self._work(self)
        return True

    def measured(self) -> Seen:
        """Run all of them once. Raises RuntimeError if one fails."""
        with tempfile.TemporaryDirectory() as folder:
            data, times = Path(folder) / "coverage", Path(folder) / "times"

            def measure() -> int:
                import coverage

                meter = coverage.Coverage(
                    data_file=str(data), source=[str(ROOT / "aipaint")], config_file=False
                )
                timer = _Contexts(meter)
                self._session.config.pluginmanager.register(timer)
                meter.start()
                result = self.run(list(self._items), {})
                meter.stop()
                meter.save()
                times.write_text(json.dumps(timer.seconds))
                return result

            ((_, end),) = Children(1).run([(0, measure)])
            if end.end != ALIVE:
                raise RuntimeError(f"a test fails without a mutant: {end.killer}")
            return Seen(_lines(data), json.loads(times.read_text()))

    def patch(self, path: Path, old: CodeType, new: CodeType) -> Patch | None:
        """What a fork has to change; None if it is not a change of functions that live."""
        changed = changed_functions(old, new)
        if changed is None:
            return None
        found: Patch = []
        for was, becomes in changed:
            living = self._functions.get((str(path), was.co_qualname, was.co_firstlineno), [])
            if not living:
                return None
            found += [(function, becomes) for function in living]
        return found

    def run(self, nodes: Sequence[str], seconds: Mapping[str, float], patch: Patch = ()) -> int:  # type: ignore[assignment]
        """In this process, until one fails: 0 if none did."""
        self._session.config.pluginmanager.register(Judge(seconds))
        for function, code in patch:
            function.__code__ = code
        items = [self._items[node] for node in nodes if node in self._items]
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self._session.testsfailed:
                return 1
        return 0


def changed_functions(old: CodeType, new: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """The outermost functions that differ; None if anything else does."""
    if old.co_flags & CO_OPTIMIZED:
        return [(old, new)] if old != new else []
    if (old.co_code, old.co_names) != (new.co_code, new.co_names):
        return None
    found: list[tuple[CodeType, CodeType]] = []
    for was, becomes in zip(old.co_consts, new.co_consts, strict=True):
        if not isinstance(was, CodeType):
            if type(was) is not type(becomes) or was != becomes:
                return None
            continue
        inner = changed_functions(was, becomes)
        if inner is None:
            return None
        found += inner
    return found


class _Contexts:
    """Tells the meter which test runs."""

    def __init__(self, meter: Any) -> None:
        self._meter = meter
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._meter.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def _lines(data: Path) -> dict[tuple[str, int], tuple[str, ...]]:
    import coverage

    read = coverage.CoverageData(str(data))
    read.read()
    lines: dict[tuple[str, int], tuple[str, ...]] = {}
    for file in read.measured_files():
        for line, contexts in read.contexts_by_lineno(file).items():
            lines[file, line] = tuple(sorted(name for name in contexts if name))
    return lines


def _functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType):
            code = one.__code__
            found.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(
                one
            )
    return found
