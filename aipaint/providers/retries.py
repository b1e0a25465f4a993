"""Sending again what provably was not accepted, with pauses that a cancel ends."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from aipaint.providers.errors import ProviderError
from aipaint.providers.stop_sign import StopSign

T = TypeVar("T")


@dataclass(frozen=True)
class RetryPolicy:
    """Pauses double from `first_pause_seconds`, with jitter; a server may wish for longer ones."""

    attempts: int = 4
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 8.0


def send_with_retries(
    attempt: Callable[[], T],
    stop: StopSign,
    policy: RetryPolicy,
    chance: random.Random,
    may_repeat: Callable[[ProviderError], bool] = lambda error: error.retryable,
) -> T:
    """The result of the first attempt that works, or the error of the last one.

    An attempt whose pause would outlast the deadline is not waited for. Raises `Stopped` when
    cancelled during a pause.
    """
    import tenacity

    def is_repeatable(error: BaseException) -> bool:
        return isinstance(error, ProviderError) and may_repeat(error)

    def pause_seconds(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        wished = error.retry_after_seconds if isinstance(error, ProviderError) else None
        longest = policy.first_pause_seconds * 2.0 ** (state.attempt_number - 1)
        own = chance.uniform(0.5, 1.0) * min(longest, policy.longest_pause_seconds)
        # A wish for no pause at all (0, or a date that is over) would hammer a busy server.
        return max(own, wished or 0.0)

    def is_last(state: tenacity.RetryCallState) -> bool:
        too_long = state.upcoming_sleep >= stop.remaining_seconds
        return state.attempt_number >= policy.attempts or too_long

    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception(is_repeatable),
        wait=pause_seconds,
        stop=is_last,
        sleep=stop.wait,
        reraise=True,
    )
    return retrying(attempt)
