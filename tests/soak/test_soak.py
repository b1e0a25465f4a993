"""The short form of each soak suite; the long one is `python -m tests.soak`."""

import sys
from pathlib import Path

import pytest

from tests.soak.disk_faults import can_fail
from tests.soak.mutate import mutants_of
from tests.soak.suites import SUITES
from tests.soak.warm_tests import changed_functions

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system for its processes")
_IN_THE_GATE_THEMSELVES = ("steps", "walks")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", [name for name in SUITES if name not in _IN_THE_GATE_THEMSELVES])
def test_the_short_form_keeps_its_limits(name: str) -> None:
    if name == "faults" and not can_fail():
        pytest.skip("there is no C compiler")
    figures = SUITES[name](True)
    assert figures
    assert [figure for figure in figures if not figure.is_ok] == []


def test_a_mutant_is_one_change_that_compiles() -> None:
    source = Path(__file__).with_name("figure.py").read_text("utf-8")
    made = list(mutants_of(source))
    assert {mutant.what for mutant in made} >= {"Eq -> NotEq", "LtE -> Lt", "returns None"}
    assert len({mutant.code for mutant in made}) == len(made)
    for mutant in made:
        compile(mutant.tree, "mutant", "exec")


def test_texts_types_and_logs_are_no_mutants() -> None:
    source = '"""Words."""\n_LOG.info("a b")\nx: int = f"{y} z"\nraise E("two words")\n'
    assert [mutant.what for mutant in mutants_of(source)] == ["not raised"]


def test_a_change_inside_a_function_is_told_from_one_of_what_runs_at_the_start() -> None:
    source = (
        "LIMIT = 3\nclass Till:\n    size = 4\n    def is_full(self, n):\n        return n > 5\n"
    )
    old = compile(source, "till", "exec")
    assert changed_functions(old, old) == []
    for number in ("3", "4"):
        assert changed_functions(old, compile(source.replace(number, "9"), "till", "exec")) is None
    found = changed_functions(old, compile(source.replace("5", "9"), "till", "exec"))
    assert found is not None
    names = [(was.co_qualname, becomes.co_qualname) for was, becomes in found]
    assert names == [("Till.is_full", "Till.is_full")]
    assert [9 in code.co_consts for code in found[0]] == [False, True]
