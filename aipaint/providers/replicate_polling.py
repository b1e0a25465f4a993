"""`PredictionPoll`: asks after a prediction until it ends, and cancels it where nobody waits."""

import threading
from collections.abc import Callable
from dataclasses import replace

from aipaint.errors import CancelledError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpAnswer, HttpCall
from aipaint.providers.replicate_errors import given_up, never_began, not_there, unusable
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.replicate_prediction import (
    ABORTED,
    CANCELED,
    RemotePrediction,
    is_remote_id,
    read_prediction,
)
from aipaint.providers.stop_sign import Stopped, StopSign
from aipaint.providers.watch import Watch

_GROWTH = 1.5
_MOST_FAILURES = 30  # in a row: with growing pauses some two minutes
_CANCEL_SECONDS = 2.0
_CANCEL_LOOK_SECONDS = 0.05
_PASSING = ("server", "network", "timeout", "rate_limit", "overload", "bad_answer")


class PredictionPoll:
    """One prediction. Every call is free; a failed one is repeated until the deadline."""

    def __init__(
        self,
        client: HttpClient,
        stop: StopSign,
        watch: Watch,
        options: ReplicateOptions,
        refused: Callable[[HttpAnswer], ProviderError],
    ) -> None:
        self._client = client
        self._stop = stop
        self._watch = watch
        self._options = options
        self._refused = refused

    def first(self, remote_id: str) -> RemotePrediction:
        """What is known of an id from earlier. Raises like `follow`."""
        if not is_remote_id(remote_id):
            raise not_there(remote_id[:100], HttpAnswer(404, {}, b""))
        return self.follow(RemotePrediction(remote_id, "unknown"))

    def follow(self, remote: RemotePrediction) -> RemotePrediction:
        """The prediction when it has ended. Raises ProviderError, charged UNKNOWN: it is at work
        whatever happens here."""
        pause, failures = self._options.first_pause_seconds, 0
        try:
            while not remote.is_final:
                self._report(remote)
                if remote.status != "unknown" or failures:
                    self._stop.wait(pause)
                    pause = min(pause * _GROWTH, self._options.longest_pause_seconds)
                try:
                    remote, failures = self._ask(remote), 0
                except ProviderError as error:
                    failures += 1
                    self._bear(error, failures)
        except (Stopped, CancelledError):
            raise self._left_alone(remote) from None
        return remote

    def _report(self, remote: RemotePrediction) -> None:
        if remote.status in ("starting", "unknown"):
            self._watch.progress(None, "Waiting for a machine")
        else:
            self._watch.progress(remote.progress, "Painting at Replicate")

    def _ask(self, remote: RemotePrediction) -> RemotePrediction:
        answer = self._client.send(HttpCall("GET", self._address(remote)), self._stop)
        if answer.status == 404:
            raise not_there(remote.id, answer)
        if not answer.is_ok:
            raise self._refused(answer)
        found = read_prediction(answer.body)
        if found is None or found.id != remote.id:
            raise unusable(answer.body, "that is no prediction")
        # What was seen at work has begun, also if its end does not say when.
        return replace(found, has_started=found.has_started or remote.has_started)

    def _address(self, remote: RemotePrediction) -> str:
        """The key goes with it, so only to where the order went."""
        if remote.get_url and _is_ours(self._client, remote.get_url):
            return remote.get_url
        return f"predictions/{remote.id}"

    def _bear(self, error: ProviderError, failures: int) -> None:
        """Go on after a passing failure; raise what will not pass."""
        self._stop.check()
        if error.kind in _PASSING and failures < _MOST_FAILURES:
            if error.retry_after_seconds is not None:
                self._stop.wait(min(error.retry_after_seconds, 30.0))
            return
        error.charged = Charged.UNKNOWN
        raise error

    def _left_alone(self, remote: RemotePrediction) -> ProviderError:
        is_cancelled = self._stop.cancelled.is_set()
        if not is_cancelled or self._watch.is_leaving:
            return given_up(remote.id, is_cancelled=is_cancelled)
        last = self._cancel_there(remote)
        has_started = remote.has_started or (last is not None and last.has_started)
        if last is not None and last.status in (ABORTED, CANCELED) and not has_started:
            return never_began()
        return given_up(remote.id, is_cancelled=True)

    def _cancel_there(self, remote: RemotePrediction) -> RemotePrediction | None:
        """Cancel at Replicate too, without keeping the user waiting: the call goes on by itself
        for at most two seconds. Its answer, if it comes at once."""
        found: list[RemotePrediction] = []
        done = threading.Event()
        client, url = self._client, f"predictions/{remote.id}/cancel"
        if remote.cancel_url and _is_ours(client, remote.cancel_url):
            url = remote.cancel_url
        stop = StopSign(threading.Event(), _CANCEL_SECONDS)

        def cancel() -> None:
            try:
                answer = client.send(HttpCall("POST", url), stop)
                last = read_prediction(answer.body) if answer.is_ok else None
                found.extend([last] if last is not None else [])
            except (ProviderError, CancelledError):
                pass  # it ends by itself at the time that was sent along with the order
            finally:
                done.set()

        threading.Thread(target=cancel, name="aipaint-cancel").start()
        done.wait(_CANCEL_LOOK_SECONDS)
        return found[0] if found else None


def _is_ours(client: HttpClient, url: str) -> bool:
    return url.startswith(("https://", "http://")) and client.is_same_origin(client.resolved(url))
