"""The rules of the queue against a model: order, pauses, and how many run at once."""

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from aipaint.generation.options import GenerateOptions
from aipaint.generation.queue_order import FREE_AT_ONCE, QueueEntry, QueueOrder
from aipaint.generation.queue_view import QueuedJob
from aipaint.providers.request import Operation

_OPTIONS = GenerateOptions(Operation.EDIT, "openai")


def _entry(number: int, *, is_paid: bool) -> QueueEntry:
    shown = QueuedJob(f"{number}", "Edit", "edit", "openai")
    return QueueEntry(shown, _OPTIONS, is_paid)


class Queue(RuleBasedStateMachine):
    """The model: a list of those that wait, in order, and a set of those that run."""

    def __init__(self) -> None:
        super().__init__()
        self.order = QueueOrder(2)
        self.waiting: list[str] = []
        self.running: dict[str, bool] = {}
        self.paid: dict[str, bool] = {}
        self.count = 0

    @rule(is_paid=some.booleans())
    def add(self, is_paid: bool) -> None:
        self.count += 1
        self.order.add(_entry(self.count, is_paid=is_paid))
        self.waiting.append(f"{self.count}")
        self.paid[f"{self.count}"] = is_paid

    @precondition(lambda self: self.waiting)
    @rule(data=some.data(), index=some.integers(-3, 9))
    def move(self, data: some.DataObject, index: int) -> None:
        job_id = data.draw(some.sampled_from(self.waiting))
        before = list(self.waiting)
        self.waiting.remove(job_id)
        self.waiting.insert(min(max(index, 0), len(self.waiting)), job_id)
        assert self.order.move(job_id, index) == (before != self.waiting)

    @precondition(lambda self: self.waiting)
    @rule(data=some.data(), is_paused=some.booleans())
    def hold_back(self, data: some.DataObject, is_paused: bool) -> None:
        entry = self.order.find_waiting(data.draw(some.sampled_from(self.waiting)))
        assert entry is not None
        entry.show(is_paused=is_paused)

    @precondition(lambda self: self.waiting)
    @rule(data=some.data())
    def take_out(self, data: some.DataObject) -> None:
        job_id = data.draw(some.sampled_from(self.waiting))
        assert self.order.take_waiting(job_id) is not None
        assert self.order.take_waiting(job_id) is None
        self.waiting.remove(job_id)

    @rule(is_paused=some.booleans(), at_once=some.integers(1, 3))
    def change(self, is_paused: bool, at_once: int) -> None:
        self.order.is_paused = is_paused
        self.order.paid_at_once = at_once

    @rule()
    def start(self) -> None:
        held = {entry.id for entry in self.order.waiting if entry.shown.is_paused}
        expected = []
        for job_id in list(self.waiting):
            is_paid = self.paid[job_id]
            room = self.order.paid_at_once if is_paid else FREE_AT_ONCE
            alike = sum(1 for other in self.running.values() if other == is_paid)
            if job_id not in held and not self.order.is_paused and alike < room:
                expected.append(job_id)
                self.waiting.remove(job_id)
                self.running[job_id] = is_paid
        assert [entry.id for entry in self.order.start_what_may()] == expected

    @precondition(lambda self: self.running)
    @rule(data=some.data())
    def end(self, data: some.DataObject) -> None:
        job_id = data.draw(some.sampled_from(sorted(self.running)))
        assert self.order.end(job_id) is not None
        del self.running[job_id]

    @invariant()
    def the_view_says_it(self) -> None:
        view = self.order.view()
        assert [job.id for job in view.waiting] == self.waiting
        assert {job.id for job in view.running} == set(self.running)


Queue.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestQueue = Queue.TestCase


def test_a_job_with_unwritten_changes_does_not_start() -> None:
    order = QueueOrder(1)
    entry = _entry(1, is_paid=True)
    entry.unwritten = 1
    order.add(entry)
    assert order.start_what_may() == ()
    entry.unwritten = 0
    assert order.start_what_may() == (entry,)


def test_what_was_bought_before_goes_on_beside_everything_and_in_a_paused_queue() -> None:
    order = QueueOrder(1)
    order.is_paused = True
    entries = [_entry(number, is_paid=True) for number in range(4)]
    for entry in entries[:3]:
        entry.is_resumed = True
        order.add(entry)
    order.add(entries[3])
    assert order.start_what_may() == tuple(entries[:3])
    order.is_paused = False
    assert order.start_what_may() == (entries[3],)
