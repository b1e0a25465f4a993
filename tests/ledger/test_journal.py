"""The spending journal: durable lines, torn and damaged ones, many writers, a disk that refuses."""

import json
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.errors import StorageError
from aipaint.ledger.entry import CostSource, EntryState, LedgerEntry
from aipaint.ledger.journal import SpendJournal, key_of, rank

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from aipaint.ledger.journal import SpendJournal
from tests.ledger.test_journal import entry
journal = SpendJournal(Path(sys.argv[1]))
for number in range(150):
    journal.append(entry(number, job_id=f"{sys.argv[2]}-{number}"))
"""


def entry(number: int = 1, **changes: object) -> LedgerEntry:
    whole = LedgerEntry(
        id=number,
        job_id=f"job-{number}",
        session_id="s",
        provider="openai",
        model="gpt »ü«",
        operation="edit",
        state=EntryState.RESERVED,
        reserved_micros=40_000,
        actual_micros=None,
        cost_source=None,
        local_day="2026-11-20",
        created_at=number,
        closed_at=None,
        local_month="2026-11",
        fingerprint="abc",
        is_image_call=True,
        project="Harbor",
        count=2,
        priced_as="1024x1024/high",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def settled(number: int = 1, micros: int = 39_000) -> LedgerEntry:
    return entry(
        number,
        state=EntryState.SETTLED,
        actual_micros=micros,
        cost_source=CostSource.USAGE,
        sent_at=7,
        closed_at=9,
    )


@pytest.fixture
def journal(tmp_path: Path) -> SpendJournal:
    return SpendJournal(tmp_path / "journal" / "spend.jsonl")


def known(journal: SpendJournal) -> list[LedgerEntry]:
    return list(journal.rows().values())


def test_a_row_comes_back_whole(journal: SpendJournal) -> None:
    assert known(journal) == []
    journal.append(settled())
    assert known(journal) == [settled()]
    (line,) = journal.path.read_text("utf-8").splitlines()
    assert json.loads(line)["actual_micros"] == 39_000


def test_the_latest_state_counts_in_whatever_order_lines_were_written(
    journal: SpendJournal,
) -> None:
    life = [entry(), entry(sent_at=7), entry(state=EntryState.UNKNOWN, sent_at=7), settled()]
    assert [rank(one) for one in life] == [0, 1, 2, 3]
    for one in reversed(life):
        journal.append(one)
    assert known(journal) == [settled()]


def test_what_costs_nothing_needs_no_line(journal: SpendJournal) -> None:
    journal.append(entry(reserved_micros=0))
    journal.append(entry(reserved_micros=0, actual_micros=0, state=EntryState.SETTLED))
    assert not journal.path.exists()
    journal.append(entry(reserved_micros=0, actual_micros=5, state=EntryState.SETTLED))
    assert len(known(journal)) == 1


@settings(max_examples=60, deadline=None)
@given(
    cut=st.integers(0, 400), flips=st.lists(st.tuples(st.integers(0, 9_999), st.integers(1, 255)))
)
def test_a_damaged_line_is_passed_over_and_never_believed(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flips: list[tuple[int, int]]
) -> None:
    journal = SpendJournal(tmp_path_factory.mktemp("journal") / "spend.jsonl")
    rows = [settled(number, 1_000 + number) for number in range(4)]
    journal.extend(rows)
    data = bytearray(journal.path.read_bytes())
    for place, bits in flips:
        data[place % len(data)] ^= bits
    journal.path.write_bytes(data[: len(data) - cut])
    assert set(journal.rows()) <= {key_of(row) for row in rows}
    assert set(known(journal)) <= set(rows)
    # The next line is not glued to a torn one.
    journal.append(settled(9))
    assert settled(9) in known(journal)


def test_lines_of_many_processes_do_not_mix(journal: SpendJournal) -> None:
    words = [sys.executable, "-c", WRITER, str(journal.path)]
    root = Path(__file__).parents[2]
    writers = [subprocess.Popen([*words, str(number)], cwd=root) for number in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    # Who sees the end of the file while another one's line is half written takes it for torn and
    # begins with an empty line: it is passed over, and no line is ever glued to another.
    lines = [line for line in journal.path.read_bytes().splitlines() if line]
    assert len(lines) == 450
    assert len(known(journal)) == 450


def test_a_line_of_a_newer_program_is_understood(journal: SpendJournal) -> None:
    journal.append(settled())
    newer = SpendJournal(journal.path.with_name("newer.jsonl"))
    newer.append(settled())
    row = json.loads(newer.path.read_text("utf-8"))
    del row["crc"]
    row["column_of_tomorrow"] = 1
    rest = json.dumps(row, sort_keys=True).encode()[1:]
    newer.path.write_bytes(b'{"crc": "%08x", ' % zlib.crc32(rest) + rest + b"\n")
    assert known(newer) == [settled()]


def test_a_disk_that_refuses_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("")
    journal = SpendJournal(tmp_path / "journal" / "spend.jsonl")
    with pytest.raises(StorageError, match=r"spending journal .* cannot be"):
        journal.append(settled())
    with pytest.raises(StorageError, match=r"spending journal .* cannot be read"):
        journal.rows()


def test_written_anew_it_is_smaller_and_says_the_same(journal: SpendJournal) -> None:
    for number in range(20):
        journal.extend([entry(number), entry(number, sent_at=7), settled(number)])
    before, rows = journal.path.stat().st_size, journal.rows()
    journal.write_anew(rows.values())
    assert journal.rows() == rows
    assert journal.path.stat().st_size < before / 2
    assert not journal.is_wasteful(20)
    with open(journal.path, "ab") as file:
        file.write(b"\n" * (5 * 1024 * 1024))
    assert journal.is_wasteful(20)
