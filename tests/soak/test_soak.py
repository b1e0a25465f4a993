"""The short form of each soak suite; the long one is `python -m tests.soak`."""

import sys
from pathlib import Path

import pytest

from tests.soak.disk_faults import can_fail
from tests.soak.mutate import mutants_of
from tests.soak.suites import SUITES

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
