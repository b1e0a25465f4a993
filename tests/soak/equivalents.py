"""Mutants that no test can notice, each with the reason: (module, line as written, change)."""

EQUIVALENT: dict[tuple[str, str, str], str] = {}
