"""The pictures of a prediction that succeeded, fetched at once: they are deleted after an hour."""

import base64
import binascii
import json
from urllib.parse import unquote_to_bytes

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.picture_download import PictureDownload
from aipaint.providers.picture_kind import picture_extension
from aipaint.providers.prediction import Prediction
from aipaint.providers.replicate_prediction import RemotePrediction
from aipaint.providers.watch import Watch


def fetch_results(
    remote: RemotePrediction, asked: int, download: PictureDownload, watch: Watch
) -> Prediction:
    """Every picture is stored before it is looked at; one that is lost does not lose the others.

    Raises ProviderError, charged YES, if there is not one.
    """
    raw = json.dumps({"id": remote.id, "output": list(remote.outputs)}).encode()
    stored: list[bytes] = []
    failure: ProviderError | None = None
    for address in remote.outputs:
        try:
            data = _inline(address) or download.fetch(address, raw)
        except ProviderError as error:
            error.usage = error.usage or remote.usage
            failure = failure or error
            continue
        watch.arrived(data, picture_extension(data))
        stored.append(data)
    usable = tuple(data for data in stored if picture_extension(data) != "bin")
    if not usable:
        raise failure or _no_picture(remote, stored)
    return Prediction(usable, usage=remote.usage, warnings=_shortages(asked, len(usable), failure))


def _inline(address: str) -> bytes | None:
    """The bytes of a data address; None for one on the network or without bytes."""
    if not address.startswith("data:"):
        return None
    head, _, rest = address.partition(",")
    try:
        data = base64.b64decode(rest) if head.endswith(";base64") else unquote_to_bytes(rest)
    except (binascii.Error, ValueError):
        return None
    return data or None


def _no_picture(remote: RemotePrediction, stored: list[bytes]) -> ProviderError:
    said = f': "{" ".join(remote.text.split())[:200]}"' if remote.text else ""
    return ProviderError(
        f"The model returned nothing that is a picture{said}.",
        kind="bad_answer",
        charged=Charged.YES,
        hint="It was charged; what came is kept with the job.",
        raw=stored[0] if stored else remote.text.encode(),
        usage=remote.usage,
    )


def _shortages(asked: int, count: int, failure: ProviderError | None) -> tuple[str, ...]:
    notes = []
    if count < asked:
        notes.append(f"{asked} pictures were asked for, {count} arrived.")
    if failure is not None:
        notes.append(failure.message)
    return tuple(notes)
