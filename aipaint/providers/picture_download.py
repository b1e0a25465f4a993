"""Fetching a bought picture from the address in the provider's answer."""

import random
from urllib.parse import urlsplit

from aipaint.errors import CancelledError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpAnswer, HttpCall
from aipaint.providers.retries import RetryPolicy, send_with_retries
from aipaint.providers.stop_sign import Stopped, StopSign

_MOVED = (301, 302, 303, 307, 308)
_MAX_HOPS = 3


class PictureDownload:
    """Free calls after the purchase: sent again as often as it takes.

    Only https, except on the provider's own http host; a foreign host must be a public one, and
    the key goes to the provider's own origin only.
    """

    def __init__(
        self,
        client: HttpClient,
        base_url: str,
        stop: StopSign,
        policy: RetryPolicy,
        chance: random.Random,
    ) -> None:
        self._client = client
        self._base = urlsplit(base_url)
        self._stop = stop
        self._policy = policy
        self._chance = chance

    def fetch(self, url: str, raw: bytes) -> bytes:
        """The picture's bytes. `raw` is the answer it was named in, kept with every error.

        Raises ProviderError with `charged` YES: the picture is bought whatever happens here.
        """
        try:
            return send_with_retries(
                lambda: self._follow(url),
                self._stop,
                self._policy,
                self._chance,
                may_repeat=lambda error: error.retryable or error.kind in ("server", "timeout"),
            )
        except (Stopped, CancelledError):
            is_cancelled = self._stop.cancelled.is_set()
            raise ProviderError(
                "Cancelled while a bought picture was being fetched."
                if is_cancelled
                else "The time was over while a bought picture was being fetched.",
                kind="cancelled" if is_cancelled else "timeout",
                charged=Charged.YES,
                hint="Its address is kept with the job.",
                raw=raw,
            ) from None
        except ProviderError as error:
            raise ProviderError(
                f"A bought picture could not be fetched. {error.message}",
                kind=error.kind,
                charged=Charged.YES,
                status=error.status,
                detail=error.detail,
                hint="Its address is kept with the job.",
                raw=raw,
            ) from error

    def _follow(self, url: str) -> bytes:
        for _hop in range(_MAX_HOPS + 1):
            answer = self._get(url)
            if answer.status not in _MOVED:
                return _picture(answer)
            url = self._client.resolved(answer.headers.get("location", ""))
        raise _refused("its address leads in circles")

    def _get(self, url: str) -> HttpAnswer:
        address = self._client.resolved(url)
        parts = urlsplit(address)
        is_own_host = parts.hostname == self._base.hostname
        is_own_http = is_own_host and parts.scheme == self._base.scheme
        if parts.scheme != "https" and not (parts.scheme == "http" and is_own_http):
            raise _refused("its address is not a safe https address")
        call = HttpCall("GET", address, is_public_only=not is_own_host)
        return self._client.send(call, self._stop)


def _picture(answer: HttpAnswer) -> bytes:
    if answer.is_ok and answer.body:
        return answer.body
    raise ProviderError(
        f"The server answered with status {answer.status}.",
        kind="server" if answer.status >= 500 or answer.status == 429 else "bad_answer",
        charged=Charged.YES,
        status=answer.status,
    )


def _refused(why: str) -> ProviderError:
    return ProviderError(
        f"The picture was not fetched: {why}.", kind="bad_answer", charged=Charged.YES
    )
