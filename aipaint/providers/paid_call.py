"""`PaidCall`: one purchase over HTTP, marked as sent before its first byte, sent again only
while the provider says that it did not take it. Every try is told to the watch with its end."""

import dataclasses
import random
from collections.abc import Callable

from aipaint.errors import CancelledError
from aipaint.providers.attempt import AttemptEnd, AttemptResult
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpAnswer, HttpCall
from aipaint.providers.retries import RetryPolicy, send_with_retries
from aipaint.providers.stop_sign import Stopped, StopReason, StopSign
from aipaint.providers.watch import Watch


class PaidCall:
    """`refused` makes the error of an answer that is not a 2xx."""

    def __init__(
        self,
        client: HttpClient,
        stop: StopSign,
        watch: Watch,
        refused: Callable[[HttpAnswer], ProviderError],
    ) -> None:
        self._client = client
        self._stop = stop
        self._watch = watch
        self._refused = refused
        self._is_marked = False
        self._is_on_the_wire = False

    def send(self, call: HttpCall, policy: RetryPolicy, chance: random.Random) -> HttpAnswer:
        """The 2xx answer. Raises CancelledError before the first byte, else ProviderError."""
        marked = dataclasses.replace(call, before_first_byte=self._mark)
        try:
            return send_with_retries(lambda: self._attempt(marked), self._stop, policy, chance)
        except (Stopped, CancelledError) as ended:
            raise self._ended(ended) from None

    def _attempt(self, call: HttpCall) -> HttpAnswer:
        self._is_on_the_wire = False
        self._watch.attempt_started()
        try:
            self._watch.progress(None, "Connecting")
            answer = self._client.send(call, self._stop)
            if not answer.is_ok:
                raise self._refused(answer)
        except BaseException as error:
            self._watch.attempt_ended(_end_of(error, was_sent=self._is_on_the_wire))
            raise
        self._watch.attempt_ended(AttemptEnd(AttemptResult.ANSWERED, "", answer.status))
        return answer

    def _mark(self) -> None:
        """Once for all attempts: the ledger wants to know before anything leaves."""
        if not self._is_marked:
            self._watch.sending()
            self._is_marked = True
        self._is_on_the_wire = True
        self._watch.progress(None, "Waiting for the provider")

    def _ended(self, ended: Stopped | CancelledError) -> ProviderError | CancelledError:
        """Stopped between attempts: whatever was sent before had been refused."""
        is_deadline = isinstance(ended, Stopped) and ended.reason is StopReason.DEADLINE
        if not self._is_marked and not is_deadline:
            return CancelledError("Cancelled before anything was bought.")
        return ProviderError(
            "The time was over before the provider took the request."
            if is_deadline
            else "Cancelled after the provider had refused the request.",
            kind="timeout" if is_deadline else "cancelled",
            charged=Charged.NO,
            hint="Nothing was charged.",
        )


def _end_of(error: BaseException, *, was_sent: bool) -> AttemptEnd:
    if not isinstance(error, ProviderError):
        is_cancel = isinstance(error, Stopped | CancelledError)
        result = AttemptResult.UNKNOWN if was_sent else AttemptResult.NOT_SENT
        if is_cancel and not was_sent:
            result = AttemptResult.CANCELLED
        return AttemptEnd(result, type(error).__name__)
    match error.charged:
        case Charged.NO:
            result = AttemptResult.REFUSED if was_sent else AttemptResult.NOT_SENT
        case Charged.YES:
            result = AttemptResult.FAILED
        case Charged.UNKNOWN:
            result = AttemptResult.UNKNOWN
    return AttemptEnd(result, error.kind, error.status)
