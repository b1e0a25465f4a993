"""`ReplicateFiles`: where the pictures of an order go: into it while small, else uploaded."""

import base64
import random
from collections.abc import Callable

from aipaint.errors import CancelledError, UsageError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import MEGABYTE, HttpAnswer, HttpCall
from aipaint.providers.multipart import FilePart, multipart_body
from aipaint.providers.replicate_prediction import read_json
from aipaint.providers.retries import RetryPolicy, send_with_retries
from aipaint.providers.stop_sign import Stopped, StopReason, StopSign

INLINE_BYTES = 256 * 1024
"""What Replicate recommends at most for a picture inside the order itself."""
UPLOAD_BYTES = 100_000_000


class ReplicateFiles:
    """Free calls before the purchase: sent again as often as it takes."""

    def __init__(
        self,
        client: HttpClient,
        stop: StopSign,
        policy: RetryPolicy,
        chance: random.Random,
        refused: Callable[[HttpAnswer], ProviderError],
    ) -> None:
        self._client = client
        self._stop = stop
        self._policy = policy
        self._chance = chance
        self._refused = refused

    def place(self, png: bytes, name: str) -> str:
        """An address under which the model finds the picture. Raises UsageError, CancelledError
        or ProviderError (not charged)."""
        if len(png) <= INLINE_BYTES:
            return inline_address(png)
        if len(png) > UPLOAD_BYTES:
            raise UsageError(
                f"A picture of {len(png) / 1_000_000:.0f} MB is too large to be sent.",
                "Work on a smaller part of it.",
            )
        body, content_type = multipart_body((), (FilePart("content", name, "image/png", png),))
        return self._upload(HttpCall("POST", "files", body, content_type))

    def _upload(self, call: HttpCall) -> str:
        try:
            answer = send_with_retries(
                lambda: self._send(call),
                self._stop,
                self._policy,
                self._chance,
                may_repeat=lambda error: error.retryable or error.kind in ("server", "network"),
            )
        except Stopped as stopped:
            if stopped.reason is StopReason.CANCELLED:
                raise CancelledError("Cancelled before anything was bought.") from None
            raise _no_upload("it took too long", b"") from None
        address = _address(answer.body)
        if not address:
            raise _no_upload("the answer names no address", answer.body)
        return address

    def _send(self, call: HttpCall) -> HttpAnswer:
        answer = self._client.send(call, self._stop)
        if answer.is_ok:
            return answer
        error = self._refused(answer)
        error.charged = Charged.NO  # an upload costs nothing, whatever became of it
        raise error


def inline_address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _address(body: bytes) -> str:
    tree = read_json(body[:MEGABYTE])
    urls = tree.get("urls") if isinstance(tree, dict) else None
    address = urls.get("get") if isinstance(urls, dict) else None
    is_address = isinstance(address, str) and address.startswith(("https://", "http://"))
    return address if is_address and isinstance(address, str) else ""


def _no_upload(why: str, raw: bytes) -> ProviderError:
    return ProviderError(
        f"The picture could not be uploaded to Replicate: {why}.",
        kind="bad_answer",
        charged=Charged.NO,
        hint="Nothing was bought. Try again, or work on a smaller part of the picture.",
        raw=raw,
    )
