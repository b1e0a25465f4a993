"""Mutants that no test can notice, each with the reason: (module, line as written, change)."""

_ONLY_DIFFERENCES = "only values that differ are compared"
_ONE_SIZE = "it is the only size of its table: every other one counts as it does"
_NO_SIZE = "no table has a size of 0 or 1 pixels"
_A_NAME_IN_MEMORY = "the words of this enumeration are shown and written nowhere"
_KEYS_IN_MEMORY = "keys of the two kinds have other lengths, and are written nowhere"

EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "ledger/admission.py",
        "after = last_end if now - span < last_end <= now else now - span",
        "Lt -> LtE",
    ): "where both are equal it makes no difference which one is taken",
    (
        "ledger/guard_change.py",
        'GuardChange(f"{what}: {old} -> {new}", None, None, (not new) or (new > old) == is_more)',
        "Gt -> GtE",
    ): _ONLY_DIFFERENCES,
    (
        "ledger/guard_change.py",
        "return before is not None and (after is None or after > before)",
        "Gt -> GtE",
    ): _ONLY_DIFFERENCES,
    (
        "ledger/guard_tables.py",
        "return int(self._rows(sql)[0][0] or 0)",
        "0 + 1",
    ): "a microsecond after 1970 is as far away as never",
    (
        "ledger/journal.py",
        "size = self.path.stat().st_size if self.path.exists() else 0",
        "0 + 1",
    ): "one byte is not a large journal either",
    (
        "ledger/checked_lines.py",
        "rest = json.dumps(row, sort_keys=True).encode()[1:]",
        "False",
    ): "a line is read by its names, not by their order",
    (
        "ledger/checked_lines.py",
        'return file.read(1) != b"\\n"',
        "1 + 1",
    ): "there is one byte left to read",
    (
        "ledger/guard_journal.py",
        'return "pause", note.provider, note.created_at',
        "'pause' changed",
    ): _KEYS_IN_MEMORY,
    (
        "ledger/guard_journal.py",
        'return "change", note.what, note.created_at, note.before_micros, note.after_micros',
        "'change' changed",
    ): _KEYS_IN_MEMORY,
    (
        "ledger/listed_rule.py",
        'sizes = {"any": {"any": _micros(most * _MICROS_PER_USD)}}',
        "'any' changed",
    ): _ONE_SIZE,
    (
        "ledger/listed_rule.py",
        'return {"unit": "image_tokens", "sizes": {"any": {"any": _MOST_TOKENS}}}',
        "'any' changed",
    ): _ONE_SIZE,
    ("ledger/listed_rule.py", 'return like.table.figure(0, 0, "")', "0 + 1"): _NO_SIZE,
    (
        "ledger/price_rule.py",
        'return self._flat_price(0, 0, "") * usage.pictures',
        "0 + 1",
    ): _NO_SIZE,
    (
        "ledger/rescue.py",
        "path.unlink(missing_ok=True)",
        "False",
    ): "what is missing is one of the errors that are let pass",
    (
        "ledger/tables.py",
        "row = query.limit(1).tuples().first(self._database)",
        "1 + 1",
    ): "only the first row is looked at",
    (
        "ledger/tables.py",
        "values = dict(zip(LEDGER_COLUMNS, row, strict=True))",
        "False",
    ): "rows are asked for by the same names, so both are as long",
    (
        "history/job_rows.py",
        "for position, job_id in enumerate((*named, *rest), 1):",
        "1 + 1",
    ): "places are only compared with each other",
    ("generation/recover_jobs.py", 'PAUSED = "paused"', "'paused' changed"): _A_NAME_IN_MEMORY,
    (
        "generation/recover_jobs.py",
        'RESUMABLE = "resumable"',
        "'resumable' changed",
    ): _A_NAME_IN_MEMORY,
    (
        "generation/recover_jobs.py",
        'UNCERTAIN = "uncertain"',
        "'uncertain' changed",
    ): _A_NAME_IN_MEMORY,
    ("generation/recover_jobs.py", 'OVER = "over"', "'over' changed"): _A_NAME_IN_MEMORY,
}
