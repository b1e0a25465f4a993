"""`Vault`: the bytes of one purchase, from the moment they are here until the disk has them."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aipaint.database import DamagedDatabase, RefusedChange
from aipaint.errors import StorageError
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, Report
from aipaint.providers.errors import Charged, ProviderError

_LOG = logging.getLogger(__name__)
_SIGNS_OF_FULL = ("disk is full", "no space left", "disk is used up", "takes no file this large")
_ABOUT_A_FILE = ("Could not save ", "The folder ")
_WILL_NOT_PASS = (DamagedDatabase, RefusedChange)


@dataclass
class _Held:
    data: bytes
    extension: str
    parked: Path | None = None


class Vault:
    """Worker only. `keep` never raises: what the data folder refuses is put down in a second place
    or held in memory, until `bring_home` has it where it belongs."""

    def __init__(self, job: Job, desk: Desk, report: Report) -> None:
        self._job = job
        self._desk = desk
        self._report = report
        self._held: dict[str, _Held] = {}
        self._is_told = False

    def keep(self, data: bytes, extension: str) -> None:
        held = _Held(data, extension)
        try:
            self._store(held)
        except StorageError as trouble:
            _LOG.info("Bought bytes could not be stored at once: %s", trouble.message)
            held.parked = self._park(held)
            self._held[hashlib.sha256(data).hexdigest()] = held

    def bring_home(self, paid: str, *, is_patient: bool = True) -> None:
        """Wait until everything is in the data folder. `paid`: what the user is told it cost.

        Raises ProviderError, charged, when the user gives up, or when there is nobody who waits
        and the bytes are safe elsewhere.
        """
        self.until_done(self._store_all, paid, is_patient=is_patient)

    def until_done(self, change: Callable[[], None], paid: str, *, is_patient: bool = True) -> None:
        """Make a change that the disk may refuse for now, again and again."""
        while True:
            try:
                change()
                return
            except StorageError as trouble:
                if not (is_patient and self._is_worth_waiting(trouble)):
                    raise self._given_up(trouble) from trouble
                self._tell(trouble, paid)
            self._job.cancelled.wait(self._desk.room_pause_seconds)

    @property
    def where(self) -> str:
        """Where the bytes are that are not at home; "" if they are all there."""
        if not self._held:
            return ""
        lost = [held for held in self._held.values() if held.parked is None]
        places = {str(held.parked.parent) for held in self._held.values() if held.parked}
        return "in memory" if lost else f"in {', '.join(sorted(places))}"

    def _store_all(self) -> None:
        for digest, held in tuple(self._held.items()):
            if held.parked is None:
                held.parked = self._park(held)
            self._store(held)
            if held.parked is not None:
                self._desk.second_place.forget(held.parked)
            del self._held[digest]

    def _store(self, held: _Held) -> None:
        self._desk.history.store_raw(self._job.id, held.data, held.extension)

    def _park(self, held: _Held) -> Path | None:
        return self._desk.second_place.park(self._job.id, held.data, held.extension)

    def _is_worth_waiting(self, trouble: StorageError) -> bool:
        if self._job.cancelled.is_set():
            return False
        is_safe = all(held.parked is not None for held in self._held.values())
        if is_safe and isinstance(trouble, _WILL_NOT_PASS):
            return False
        # Where nobody sits in front of it, only bytes that would be lost are waited with.
        return self._job.waits_for_turn or not is_safe

    def _tell(self, trouble: StorageError, paid: str) -> None:
        what = "waits in memory" if self.where == "in memory" else "is kept meanwhile"
        self._report(None, f"Waiting for the disk: your picture ({paid}) {what}")
        if not self._is_told:  # the progress says it for as long as it lasts
            self._is_told = True
            where = self.where or "in the data folder; only its price is to be written down"
            self._job.warn(
                StorageError(
                    f"{_short(trouble.message)} Your picture ({paid}) waits {where}.",
                    "It goes on by itself.",
                )
            )

    def _given_up(self, trouble: StorageError) -> ProviderError:
        provider = self._desk.provider(self._job.options.provider)
        what = "What was bought could not be stored."
        if not self._held:
            what = "The picture is stored, but what it cost could not be written down."
            hint = "The next start does that."
        elif any(held.parked is None for held in self._held.values()):
            hint = "No other disk took it either, so it is lost."
        else:
            hint = f"It is kept {self.where} and moved home at the next start."
        return ProviderError(
            f"{what} {trouble.message}",
            kind="storage",
            charged=Charged.YES if provider.is_paid else Charged.NO,
            hint=hint,
        )


def _short(reason: str) -> str:
    """Without the long name of a file that nobody knows."""
    if any(sign in reason for sign in _SIGNS_OF_FULL):
        return "The disk is full: free some space."
    if reason.startswith(_ABOUT_A_FILE):
        return f"The data folder takes nothing: {reason.rpartition(': ')[2]}"
    return reason
