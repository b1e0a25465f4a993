"""What must fail: the ways that only look right. If one of them holds, the harness sees nothing."""

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import httpx

from tests.servers.images_api import ImagesApi, never_answers
from tests.soak.figure import Figure, at_least

_PRICE, _CAP = 10, 1_000
_READ_SECONDS = 2.0


def controls(is_quick: bool) -> list[Figure]:
    """Deferred BEGIN, check-then-record, `client.close()` as a cancel."""
    workers = 8
    each = 10 if is_quick else 100
    return [
        at_least("control: BEGIN DEFERRED dies of", _deferred(workers, each), 1, " lock errors"),
        at_least("control: check, call, record overspends by", _check_first(workers), 1, " µ$"),
        at_least("control: client.close() as cancel takes", _closing(), 1.0, " s"),
    ]


def _deferred(workers: int, each: int) -> int:
    """Who reads before it writes, without saying so, is turned away when another one wrote."""
    refused: list[int] = []

    def reserve(path: Path) -> None:
        with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
            for _ in range(each):
                try:
                    database.execute("BEGIN DEFERRED")
                    used = _used(database)
                    time.sleep(0.001)
                    if used + 1 <= 10**9:
                        database.execute("INSERT INTO spent VALUES (1)")
                    database.execute("COMMIT")
                except sqlite3.OperationalError:
                    refused.append(1)
                    with suppress(sqlite3.OperationalError):
                        database.execute("ROLLBACK")

    _all_at_once(workers, reserve)
    return len(refused)


def _check_first(workers: int) -> int:
    """Ask what is left, call, write it down: everybody passes the same check."""
    together = threading.Barrier(workers)

    def buy(path: Path) -> None:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as database:
            while True:
                used = _used(database)
                with suppress(threading.BrokenBarrierError):
                    together.wait(2)
                if used + _PRICE > _CAP:
                    together.abort()
                    return
                database.execute("INSERT INTO spent VALUES (?)", (_PRICE,))
                with suppress(threading.BrokenBarrierError):
                    together.wait(2)

    return max(0, _all_at_once(workers, buy) - _CAP)


def _closing() -> float:
    """Seconds until a call ends whose client was closed by another thread."""
    with ImagesApi(default=never_answers()) as api:
        client = httpx.Client(timeout=_READ_SECONDS)

        def work() -> None:
            with suppress(httpx.HTTPError, RuntimeError, OSError):
                client.post(f"{api.url}/images/generations", json={})

        worker = threading.Thread(target=work)
        worker.start()
        api.wait_for_request()
        time.sleep(0.1)
        started = time.monotonic()
        client.close()
        worker.join(20)
        return time.monotonic() - started


def _all_at_once(workers: int, work: Callable[[Path], None]) -> int:
    """Run it in threads on one fresh table; the sum of what they wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "naive.db"
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE spent (micros INTEGER)")
        threads = [threading.Thread(target=work, args=(path,)) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with closing(sqlite3.connect(path)) as database:
            return _used(database)


def _used(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT COALESCE(SUM(micros), 0) FROM spent").fetchone()[0])
