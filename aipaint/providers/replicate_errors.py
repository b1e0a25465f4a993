"""Every refusal and every bad end of Replicate as a `ProviderError`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import HttpAnswer
from aipaint.providers.openai_errors import LONGEST_WAIT_SECONDS, retry_after_seconds
from aipaint.providers.replicate_model import ReplicateModel
from aipaint.providers.replicate_prediction import (
    ABORTED,
    CANCELED,
    RemotePrediction,
    read_json,
)

_RATE_LIMITED = 429
_USAGE_PAGE = (
    "Look at replicate.com/predictions, then settle the entry in the budget panel,"
    " or let it be picked up again."
)
_MODERATION = ("nsfw", "flagged as sensitive", "safety", "moderat", "content policy", "e005")
_NOT_CHARGED = "Nothing was charged."


@dataclass(frozen=True)
class _Complaint:
    """The body of a refusal: `title`, `detail`, and the fields that are wrong."""

    title: str = ""
    detail: str = ""
    fields: tuple[str, ...] = ()
    retry_after_seconds: float | None = None

    def says(self, *words: str) -> bool:
        text = f"{self.title} {self.detail}".lower()
        return any(word in text for word in words)

    @property
    def quoted(self) -> str:
        return f': "{self.detail}"' if self.detail else ""


def refusal(
    answer: HttpAnswer, model: str, hide: Callable[[str], str], now: datetime
) -> ProviderError:
    """The error for an answer that is not a 2xx. `hide` takes the key out of a text."""
    said = _complaint(answer, hide, now)
    if answer.status == _RATE_LIMITED:
        return _rate_limited(answer, said)
    charged = Charged.NO
    if answer.status >= 500 or answer.status in (408, 409):
        charged = Charged.UNKNOWN
        kind, hint = "server", _USAGE_PAGE
        message = f"Replicate failed (status {answer.status}); it may have taken the order."
    else:
        kind, message, hint = _final(answer.status, said, model)
    return ProviderError(
        message, kind=kind, charged=charged, status=answer.status, detail=said.detail, hint=hint
    )


def _final(status: int, said: _Complaint, model: str) -> tuple[str, str, str]:
    """Kind, message and hint of a refusal that stays one."""
    if status == 401:
        return (
            "auth",
            "Replicate did not accept the key.",
            "Check the key (it starts with r8_) and add it again: AIE_REPLICATE_API_TOKEN.",
        )
    if status == 402 or said.says("insufficient credit", "billing required"):
        return (
            "billing",
            f"The Replicate account has no credit left{said.quoted}.",
            f"Add credit at replicate.com/account/billing. {_NOT_CHARGED}",
        )
    if status == 403:
        return (
            "auth",
            f"The key is not allowed to do this{said.quoted}.",
            "Check the account, and whether the model wants something accepted on its page first.",
        )
    if status == 404 or said.says("invalid version", "does not exist"):
        return (
            "model",
            f'Replicate does not know the model "{model}", or not any more.',
            "Look at the name on replicate.com: owner/name. " + _NOT_CHARGED,
        )
    if said.says(*_MODERATION):
        return (
            "moderation",
            f"The model's safety system refused the request{said.quoted}.",
            f"Word the prompt differently or use another picture. {_NOT_CHARGED}",
        )
    if status == 413:
        return (
            "request",
            "The request is too large for Replicate.",
            "Work on a smaller picture.",
        )
    if status < 400:
        return (
            "request",
            f"The server sent us elsewhere (status {status}), which is not followed.",
            "Check the address: AIE_REPLICATE_BASE_URL ends in /v1.",
        )
    about = f" because of {', '.join(said.fields)}" if said.fields else ""
    return (
        "request",
        f"Replicate refused the request{about}{said.quoted}.",
        f"Change the request; sending it again as it is will not help. {_NOT_CHARGED}",
    )


def _rate_limited(answer: HttpAnswer, said: _Complaint) -> ProviderError:
    pause = said.retry_after_seconds
    words = "a little while" if pause is None else f"{max(1, round(pause))} seconds"
    return ProviderError(
        "Replicate wants fewer requests in this time.",
        kind="rate_limit",
        charged=Charged.NO,
        status=answer.status,
        retryable=answer.is_complete and (pause or 0.0) <= LONGEST_WAIT_SECONDS,
        retry_after_seconds=pause,
        detail=said.detail,
        hint=f"Try again in {words}. {_NOT_CHARGED} An account with little credit is slowed down.",
    )


def bad_end(
    remote: RemotePrediction, model: ReplicateModel, hide: Callable[[str], str]
) -> ProviderError:
    """The error for a prediction that ended as failed, canceled or aborted."""
    charged = _charged(remote, model)
    usage = remote.usage if charged is Charged.YES else None
    if remote.status == ABORTED:
        kind, message = "overload", "Replicate did not start the work in time and dropped it."
        hint = f"Try again when the model is less busy. {_NOT_CHARGED}"
    elif remote.status == CANCELED:
        kind, message = "cancelled", "The work was cancelled at Replicate."
        hint = "The time it ran is charged." if charged is Charged.YES else _NOT_CHARGED
    else:
        return _failed(remote, charged, hide)
    return ProviderError(message, kind=kind, charged=charged, hint=hint, usage=usage, is_end=True)


def _failed(
    remote: RemotePrediction, charged: Charged, hide: Callable[[str], str]
) -> ProviderError:
    detail = _line(hide(remote.error))
    is_moderation = any(word in detail.lower() for word in _MODERATION)
    paid = "The time it ran is charged." if charged is Charged.YES else _NOT_CHARGED
    if is_moderation:
        kind, hint = "moderation", "Word the prompt differently or use another picture."
    elif "interrupted" in detail or "(code: PA)" in detail:
        kind, hint = "server", "It was interrupted: try again."
    elif "E1001" in detail or "out of memory" in detail.lower():
        kind, hint = "server", "The machine ran out of memory: ask for a smaller picture."
    else:
        kind, hint = "server", "Look at the model's own page for what it needs."
    quoted = f': "{detail}"' if detail else ""
    return ProviderError(
        f"The model's safety system refused the picture{quoted}."
        if is_moderation
        else f"The model failed{quoted}.",
        kind=kind,
        charged=charged,
        detail=detail,
        hint=f"{hint} {paid}",
        usage=remote.usage if charged is Charged.YES else None,
        is_end=True,
    )


def _charged(remote: RemotePrediction, model: ReplicateModel) -> Charged:
    """Machine time is billed once it began; what is billed by the picture, by the picture."""
    ran = remote.usage is not None and remote.usage.predict_microseconds > 0
    if remote.status == ABORTED or not (ran or remote.has_started):
        return Charged.NO
    if model.is_billed_by_time or remote.status == CANCELED:
        return Charged.YES
    return Charged.NO


def expired(remote: RemotePrediction) -> ProviderError:
    """It was made and billed, but nobody fetched it within the hour that Replicate keeps it."""
    return ProviderError(
        "The picture was made, but Replicate deletes results after an hour and has done so.",
        kind="expired",
        charged=Charged.YES,
        hint="It was charged and cannot be had any more.",
        usage=remote.usage,
    )


def not_there(remote_id: str, answer: HttpAnswer) -> ProviderError:
    """An id that the account does not have (any more)."""
    return ProviderError(
        f'Replicate does not know the prediction "{remote_id}".',
        kind="expired",
        charged=Charged.UNKNOWN,
        status=answer.status,
        hint=f"Is it the same account as then? {_USAGE_PAGE}",
    )


def unusable(body: bytes, what: str) -> ProviderError:
    """A 2xx answer to an order that is no prediction."""
    return ProviderError(
        f"Replicate answered, but {what}.",
        kind="bad_answer",
        charged=Charged.YES,
        hint="It was probably charged. Look at replicate.com/predictions.",
        raw=body,
    )


def given_up(remote_id: str, *, is_cancelled: bool) -> ProviderError:
    """Nobody waits for it any longer; it may still come to an end of its own."""
    return ProviderError(
        "Cancelled while Replicate was at work; the time it ran may be charged."
        if is_cancelled
        else "Replicate did not finish in time.",
        kind="cancelled" if is_cancelled else "timeout",
        charged=Charged.UNKNOWN,
        hint=f"It is known there as {remote_id} and can be picked up again within an hour.",
    )


def never_began() -> ProviderError:
    """Cancelled in time: what has not started is not billed."""
    return ProviderError(
        "Cancelled before Replicate began.",
        kind="cancelled",
        charged=Charged.NO,
        hint=_NOT_CHARGED,
        is_end=True,
    )


def _complaint(answer: HttpAnswer, hide: Callable[[str], str], now: datetime) -> _Complaint:
    tree = read_json(answer.body)
    tree = tree if isinstance(tree, dict) else {}
    detail = tree.get("detail") or tree.get("error") or tree.get("message")
    title = tree.get("title")
    fields = tree.get("invalid_fields")
    return _Complaint(
        title=_line(hide(title if isinstance(title, str) else "")),
        detail=_line(hide(detail if isinstance(detail, str) else "")),
        fields=tuple(_names(fields)) if isinstance(fields, list) else (),
        retry_after_seconds=_pause(answer, tree, detail, now),
    )


def _names(fields: list[object]) -> list[str]:
    found = []
    for entry in fields[:5]:
        name = entry.get("field") if isinstance(entry, dict) else None
        if isinstance(name, str) and name.isprintable():
            found.append(f'"{name.removeprefix("input.")[:60]}"')
    return found


def _pause(
    answer: HttpAnswer, tree: dict[str, object], detail: object, now: datetime
) -> float | None:
    """The header, the body's own number, or its sentence: "resets in ~30s"."""
    stated = retry_after_seconds(answer.headers, now)
    if stated is not None:
        return stated
    number = tree.get("retry_after")
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 10**6:
        return float(number)
    spoken = re.search(r"resets in ~?(\d{1,6})\s*s", detail) if isinstance(detail, str) else None
    return float(spoken[1]) if spoken else None


def _line(text: str) -> str:
    """A text from outside as one short line."""
    line = " ".join(text[:5000].split()).rstrip(".")
    return line if len(line) <= 300 else line[:297] + "..."
