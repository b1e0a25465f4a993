"""Jobs that survive a restart, attempts, the inbox, and the guard's own records."""

_STATUSES = {
    "queued": ("running", "blocked_budget", "succeeded", "failed", "cancelled"),
    # Back to queued: a crash before anything was sent; the hold was given back.
    "running": ("queued", "blocked_budget", "unknown", "succeeded", "failed", "cancelled"),
    # To running: the provider still has the work, so it is asked for again.
    "unknown": ("running", "succeeded", "failed", "cancelled"),
}
_STEPS = ("entered", "prepared", "reserved", "sent", "accepted", "fetched", "settled", "ended")

STATEMENTS = (
    "ALTER TABLE jobs ADD COLUMN step TEXT NOT NULL DEFAULT 'ended'",
    "ALTER TABLE jobs ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE jobs ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE jobs ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE jobs ADD COLUMN project TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE jobs ADD COLUMN plan TEXT",
    # What became of what was bought: '' nothing yet, waiting, applied, discarded.
    "ALTER TABLE jobs ADD COLUMN result_use TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE jobs ADD COLUMN deleted_at INTEGER",
    "ALTER TABLE images ADD COLUMN is_starred INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE images ADD COLUMN drift REAL",
    "CREATE INDEX jobs_open ON jobs (status, position)",
    # The allowed changes of jobs.status and jobs.step: what is not in here is refused.
    """
    CREATE TABLE job_transitions (
        kind TEXT NOT NULL CHECK (kind IN ('status', 'step')),
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (kind, before, after)
    )
    """,
    """
    CREATE TRIGGER jobs_status_allowed BEFORE UPDATE OF status ON jobs
    WHEN NEW.status <> OLD.status AND NOT EXISTS (
        SELECT 1 FROM job_transitions
        WHERE kind = 'status' AND before = OLD.status AND after = NEW.status)
    BEGIN SELECT RAISE(ABORT, 'this change of a job''s status is not allowed'); END
    """,
    """
    CREATE TRIGGER jobs_step_allowed BEFORE UPDATE OF step ON jobs
    WHEN NEW.step <> OLD.step AND NOT EXISTS (
        SELECT 1 FROM job_transitions
        WHERE kind = 'step' AND before = OLD.step AND after = NEW.step)
    BEGIN SELECT RAISE(ABORT, 'this change of a job''s step is not allowed'); END
    """,
    # Every time a request is put on the wire, with what became of it.
    """
    CREATE TABLE job_attempts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id TEXT NOT NULL REFERENCES jobs (id),
        ledger_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('open', 'not_sent', 'refused', 'answered',
            'failed', 'cancelled', 'unknown')),
        detail TEXT NOT NULL DEFAULT '',
        http_status INTEGER,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        UNIQUE (job_id, number)
    )
    """,
    "ALTER TABLE budget_ledger ADD COLUMN project TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE budget_ledger ADD COLUMN count INTEGER NOT NULL DEFAULT 1",
    # Size, quality and inputs: what calls share for the price of one to tell that of the next.
    "ALTER TABLE budget_ledger ADD COLUMN priced_as TEXT NOT NULL DEFAULT ''",
    """
    CREATE INDEX budget_ledger_like ON budget_ledger (provider, model, operation, priced_as, id)
    """,
    "CREATE INDEX budget_ledger_last ON budget_ledger (provider, model, operation, id)",
    "CREATE INDEX budget_ledger_provider ON budget_ledger (provider, local_month)",
    "CREATE INDEX budget_ledger_project ON budget_ledger (project, state)",
    # Who changed which limit, and to what.
    """
    CREATE TABLE budget_changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        what TEXT NOT NULL,
        before_micros INTEGER,
        after_micros INTEGER,
        source TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )
    """,
    """
    CREATE TRIGGER budget_changes_no_update BEFORE UPDATE ON budget_changes
    BEGIN SELECT RAISE(ABORT, 'the log of limits is append-only'); END
    """,
    """
    CREATE TRIGGER budget_changes_no_delete BEFORE DELETE ON budget_changes
    BEGIN SELECT RAISE(ABORT, 'the log of limits is append-only'); END
    """,
    # A row without ended_at stops every paid call of every process until a person ends it.
    """
    CREATE TABLE budget_pauses (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        reason TEXT NOT NULL,
        provider TEXT NOT NULL DEFAULT '',
        created_at INTEGER NOT NULL,
        ended_at INTEGER
    )
    """,
)


def up(migrator, db):
    del migrator
    for statement in STATEMENTS:
        db.execute_sql(statement)
    statuses = [("status", start, end) for start, ends in _STATUSES.items() for end in ends]
    steps = [("step", a, b) for i, a in enumerate(_STEPS) for b in _STEPS[i + 1 :]]
    # Backwards only where a hold was given back after a crash.
    for row in (*statuses, *steps, ("step", "reserved", "prepared")):
        db.execute_sql("INSERT INTO job_transitions (kind, before, after) VALUES (?, ?, ?)", row)
