"""`Review`: the results that wait for a decision, and those that may come back to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from aipaint.document.command import Command
from aipaint.document.undo_stack import UndoStack
from aipaint.generation.candidate import Candidate
from aipaint.history.records import ResultUse

_MOST_DOCUMENTS = 6
"""Whose results are kept in memory; those of others are opened from the inbox."""


@dataclass
class _Shelf:
    """The results of one document."""

    shown: list[Candidate] = field(default_factory=list)
    discarded: list[tuple[int, Candidate]] = field(default_factory=list)


class Review:
    """A list in the order in which results came, candidate 0 first. Main thread only.

    Each document has its own: those of another one are not seen until it is open again. What was
    discarded comes back by `give_back`; what was applied comes back when its step is undone, and
    goes again when that is redone.
    """

    def __init__(self) -> None:
        self._document = ""
        self._shelves = {"": _Shelf()}
        self._asked: dict[str, str] = {}  # job -> the document it was asked for in
        self._applied: list[tuple[Command, Candidate]] = []
        self._undone: list[tuple[Command, Candidate]] = []

    @property
    def document(self) -> str:
        """By what name the open one is known."""
        return self._document

    def turn_to(self, document: str) -> None:
        """Another document is open, known by that name from now on; or the same anew."""
        self.drop_local()
        self._applied, self._undone = [], []  # steps of a history that is gone
        if not self._shown and not self._discarded:
            del self._shelves[self._document]
        self._document = document
        self._shelves[document] = self._shelves.pop(document, _Shelf())  # the newest is the last
        while len(self._shelves) > _MOST_DOCUMENTS:
            del self._shelves[next(iter(self._shelves))]

    def rename(self, document: str) -> None:
        """The open document has got another name; what was known by that name before is not."""
        before, self._document = self._document, document
        self._shelves[document] = self._shelves.pop(before)
        self._asked = {job: document if at == before else at for job, at in self._asked.items()}

    def expect(self, job_id: str) -> None:
        """The results of that job belong to the document that is open now."""
        self._asked[job_id] = self._document

    def arrived(self, job_id: str, candidates: Iterable[Candidate]) -> bool:
        """Whether they are to be seen now: the others wait with their document, or are nobody's
        here."""
        document = self._asked.pop(job_id, None)
        if document == self._document:
            self.add(candidates)
            return True
        if document is not None:
            here = self._shelves.pop(self._document)
            self._shelves.setdefault(document, _Shelf()).shown.extend(candidates)
            self._shelves[self._document] = here  # the open one stays the last
        return False

    def is_here(self, job_id: str) -> bool:
        """Whether a job that is under way was asked for in the open document."""
        return self._asked.get(job_id) == self._document

    def move_here(self, candidates: Iterable[Candidate]) -> None:
        """Somebody wants them at the open document: nowhere else they are then."""
        wanted = list(candidates)
        ids = {one.id for one in wanted}
        for document, shelf in self._shelves.items():
            if document != self._document:
                shelf.shown = [one for one in shelf.shown if one.id not in ids]
        self.add(wanted)

    @property
    def _shown(self) -> list[Candidate]:
        return self._shelves[self._document].shown

    @_shown.setter
    def _shown(self, candidates: list[Candidate]) -> None:
        self._shelves[self._document].shown = candidates

    @property
    def _discarded(self) -> list[tuple[int, Candidate]]:
        return self._shelves[self._document].discarded

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What waits for a decision now."""
        return tuple(self._shown)

    @property
    def can_give_back(self) -> bool:
        return bool(self._discarded)

    def find(self, candidate_id: str) -> Candidate | None:
        return next((one for one in self._shown if one.id == candidate_id), None)

    def shows(self, job_id: str) -> bool:
        """Whether a result of that job waits."""
        return any(one.job_id == job_id for one in self._shown)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """New ones at the end; known ones are shown as they are now."""
        for candidate in candidates:
            self.put(candidate)

    def put(self, candidate: Candidate) -> None:
        """In the place of the one with the same id, at the end if there is none."""
        for place, one in enumerate(self._shown):
            if one.id == candidate.id:
                self._shown[place] = candidate
                return
        self._shown.append(candidate)

    def put_first(self, candidate: Candidate) -> None:
        """Candidate 0, instead of an earlier one."""
        self.drop_local()
        self._shown.insert(0, candidate)

    def drop_local(self) -> bool:
        """Take candidate 0 away; whether there was one."""
        before = len(self._shown)
        self._shown = [one for one in self._shown if not one.is_local]
        return len(self._shown) != before

    def take(self, candidate_id: str) -> Candidate | None:
        """Discard one; it can be given back."""
        candidate = self.find(candidate_id)
        if candidate is not None:
            self._discarded.append((self._shown.index(candidate), candidate))
            self._shown.remove(candidate)
        return candidate

    def give_back(self) -> Candidate | None:
        """The one that was discarded last, where it was."""
        if not self._discarded:
            return None
        place, candidate = self._discarded.pop()
        if self.find(candidate.id) is None:
            self._shown.insert(min(place, len(self._shown)), candidate)
        return candidate

    def applied(self, candidate: Candidate, command: Command) -> None:
        """It became part of the picture by that step."""
        self._shown = [one for one in self._shown if one.id != candidate.id]
        self._applied.append((command, candidate))

    def use_of(self, job_id: str) -> ResultUse:
        """What has become of a job's pictures by now. Free ones never wait in the inbox."""
        if any(one.job_id == job_id for _, one in self._applied):
            return ResultUse.APPLIED
        waiting = [one for one in self._shown if one.job_id == job_id]
        if not waiting:
            return ResultUse.DISCARDED
        return ResultUse.WAITING if waiting[0].cost_micros else ResultUse.NONE

    def follow(self, history: UndoStack) -> tuple[Candidate, ...]:
        """Look which steps are done now: the candidates that came back, and those that went."""
        if not self._applied and not self._undone:
            return ()
        commands, index = history.commands, history.index
        done = {id(command) for command in commands[:index]}
        known = {id(command) for command in commands}
        back = [pair for pair in self._applied if id(pair[0]) not in done and id(pair[0]) in known]
        again = [pair for pair in self._undone if id(pair[0]) in done]
        self._applied = [pair for pair in self._applied if id(pair[0]) in done] + again
        # A step that can no more be redone is forgotten; its result simply waits.
        self._undone = [
            pair for pair in self._undone if id(pair[0]) in known and pair not in again
        ] + back
        gone = {candidate.id for _, candidate in again}
        self._shown = [one for one in self._shown if one.id not in gone]
        self.add(candidate for _, candidate in back)
        return tuple(one for _, one in (*back, *again))
