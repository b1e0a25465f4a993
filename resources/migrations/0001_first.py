"""The first schema. Times are UTC integer microseconds, money integer micro-dollars."""

STATEMENTS = (
    """
    CREATE TABLE jobs (
        id TEXT NOT NULL PRIMARY KEY,
        status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed',
            'blocked_budget', 'cancelled', 'unknown')),
        operation TEXT NOT NULL,
        provider TEXT NOT NULL,
        model TEXT NOT NULL,
        prompt TEXT NOT NULL,
        negative_prompt TEXT NOT NULL,
        params TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        estimated_micros INTEGER,
        actual_micros INTEGER,
        error TEXT,
        remote_id TEXT,
        session_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        completed_at INTEGER
    )
    """,
    "CREATE INDEX jobs_created_at ON jobs (created_at)",
    "CREATE INDEX jobs_fingerprint ON jobs (fingerprint, status)",
    """
    CREATE TABLE images (
        id TEXT NOT NULL PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES jobs (id),
        role TEXT NOT NULL CHECK (role IN ('input', 'mask', 'reference', 'raw', 'result')),
        path TEXT NOT NULL,
        thumbnail_path TEXT,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX images_job_id ON images (job_id)",
    """
    CREATE TABLE history_snapshots (
        id TEXT NOT NULL PRIMARY KEY,
        document_id TEXT NOT NULL,
        job_id TEXT REFERENCES jobs (id),
        label TEXT NOT NULL,
        path TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX history_snapshots_document ON history_snapshots (document_id, created_at)",
    """
    CREATE TABLE models_cache (
        provider TEXT NOT NULL PRIMARY KEY,
        models TEXT NOT NULL,
        fetched_at INTEGER NOT NULL
    )
    """,
    # No reference to jobs: deleting history never touches what was spent.
    """
    CREATE TABLE budget_ledger (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        provider TEXT NOT NULL,
        model TEXT NOT NULL,
        operation TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'released', 'unknown')),
        reserved_micros INTEGER NOT NULL
            CHECK (typeof(reserved_micros) = 'integer' AND reserved_micros >= 0),
        actual_micros INTEGER
            CHECK (typeof(actual_micros) IN ('integer', 'null') AND actual_micros >= 0),
        cost_source TEXT,
        local_day TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        closed_at INTEGER,
        sent_at INTEGER,
        local_month TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        is_image_call INTEGER NOT NULL
    )
    """,
    "CREATE INDEX budget_ledger_day ON budget_ledger (local_day)",
    "CREATE INDEX budget_ledger_month ON budget_ledger (local_month)",
    "CREATE INDEX budget_ledger_session ON budget_ledger (session_id)",
    "CREATE INDEX budget_ledger_fingerprint ON budget_ledger (fingerprint, state)",
    "CREATE INDEX budget_ledger_created_at ON budget_ledger (created_at)",
    """
    CREATE TRIGGER budget_ledger_keep BEFORE DELETE ON budget_ledger
    BEGIN SELECT RAISE(ABORT, 'ledger rows are never deleted'); END
    """,
    """
    CREATE TRIGGER budget_ledger_once BEFORE UPDATE ON budget_ledger
    WHEN OLD.state IN ('settled', 'released')
    BEGIN SELECT RAISE(ABORT, 'a ledger row is resolved once'); END
    """,
    # The double entry beside each row: differences of what is held and what is spent.
    """
    CREATE TABLE budget_entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ledger_id INTEGER NOT NULL REFERENCES budget_ledger (id),
        event TEXT NOT NULL,
        held_micros INTEGER NOT NULL,
        spent_micros INTEGER NOT NULL,
        created_at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX budget_entries_ledger ON budget_entries (ledger_id)",
    """
    CREATE TRIGGER budget_entries_no_update BEFORE UPDATE ON budget_entries
    BEGIN SELECT RAISE(ABORT, 'budget entries are append-only'); END
    """,
    """
    CREATE TRIGGER budget_entries_no_delete BEFORE DELETE ON budget_entries
    BEGIN SELECT RAISE(ABORT, 'budget entries are append-only'); END
    """,
)


def up(migrator, db):
    del migrator
    for statement in STATEMENTS:
        db.execute_sql(statement)
