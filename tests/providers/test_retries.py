"""How long is waited before the same is sent again, and when it is not."""

import random
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.retries import RetryPolicy, send_with_retries
from aipaint.providers.stop_sign import Stopped, StopSign


class _Clock:
    """Time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now


class _Sign(StopSign):
    """Waits on the clock of the test."""

    def __init__(self, clock: _Clock, deadline_seconds: float) -> None:
        super().__init__(threading.Event(), deadline_seconds, clock)
        self._clock = clock

    def wait(self, seconds: float) -> None:
        self._clock.waits.append(seconds)
        self._clock.now += seconds
        self.check()


def _refused(wished: float | None) -> ProviderError:
    return ProviderError(
        "Too many.", kind="rate_limit", charged=Charged.NO, retryable=True,
        retry_after_seconds=wished,
    )  # fmt: skip


def _tried(
    wishes: list[float | None], deadline_seconds: float, policy: RetryPolicy, seed: int
) -> tuple[int, list[float]]:
    """How often it was tried, and the pauses between."""
    clock, tries = _Clock(), 0

    def attempt() -> None:
        nonlocal tries
        wish = wishes[min(tries, len(wishes) - 1)]
        tries += 1
        raise _refused(wish)

    with pytest.raises(ProviderError):
        send_with_retries(attempt, _Sign(clock, deadline_seconds), policy, random.Random(seed))
    return tries, clock.waits


@given(
    wishes=some.lists(some.none() | some.floats(0, 200, allow_nan=False), min_size=1, max_size=6),
    deadline_seconds=some.floats(1, 500),
    attempts=some.integers(1, 5),
    seed=some.integers(0, 10_000),
)
def test_pauses_are_at_least_what_is_wished_and_what_backs_off_and_end_in_time(
    wishes: list[float | None], deadline_seconds: float, attempts: int, seed: int
) -> None:
    policy = RetryPolicy(attempts=attempts)
    tries, waits = _tried(wishes, deadline_seconds, policy, seed)
    assert tries <= attempts
    assert len(waits) == tries - 1
    for index, pause in enumerate(waits):
        longest = min(policy.first_pause_seconds * 2**index, policy.longest_pause_seconds)
        wished = wishes[min(index, len(wishes) - 1)] or 0.0
        assert max(wished, longest / 2) <= pause <= max(wished, longest)
    assert sum(waits) < deadline_seconds
    if tries < attempts:
        # Given up early only because the next pause would have outlasted the deadline.
        longest = min(policy.first_pause_seconds * 2 ** (tries - 1), policy.longest_pause_seconds)
        wished = wishes[min(tries - 1, len(wishes) - 1)] or 0.0
        assert sum(waits) + max(wished, longest) >= deadline_seconds


def test_the_usual_pauses_start_at_half_a_second_and_are_never_longer_than_eight() -> None:
    rows = [_tried([None], 10_000, RetryPolicy(attempts=7), seed)[1] for seed in range(60)]
    for pauses, longest in zip(zip(*rows, strict=True), [0.5, 1, 2, 4, 8, 8], strict=True):
        assert longest * 0.5 <= min(pauses) < longest * 0.55
        assert longest * 0.95 < max(pauses) <= longest


def test_what_may_have_been_taken_is_not_sent_again() -> None:
    tries = []

    def attempt() -> None:
        tries.append(1)
        raise ProviderError("Cut.", kind="network", charged=Charged.UNKNOWN)

    with pytest.raises(ProviderError):
        send_with_retries(attempt, _Sign(_Clock(), 100), RetryPolicy(), random.Random(1))
    assert tries == [1]


def test_a_cancel_ends_a_pause() -> None:
    cancelled = threading.Event()
    stop = StopSign(cancelled, 600)

    def attempt() -> None:
        threading.Timer(0.05, cancelled.set).start()
        raise _refused(100)

    with pytest.raises(Stopped):
        send_with_retries(attempt, stop, RetryPolicy(), random.Random(1))
