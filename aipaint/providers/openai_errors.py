"""A refusal of an OpenAI-compatible server as a `ProviderError`.

Servers disagree about everything but the status: `error` may be an object or a string, `code` a
word, a number or missing, and a relay may answer with a web page. Both `type` and `code` are
looked at; an unknown 4xx is final, an unknown 5xx may have been paid for.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http_call import HttpAnswer
from aipaint.providers.openai_models import DEFAULT_MODEL

LONGEST_WAIT_SECONDS = 120.0
"""A server that asks for a longer pause is not waited for."""

_LONGEST_SAID_SECONDS = 1e9  # whatever is longer is said as this

_QUOTA = (
    "insufficient_quota",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
)
_BILLING = ("billing_hard_limit_reached", "billing_not_active")
_MODERATION = (
    "moderation_blocked",
    "content_policy_violation",
    "image_content_policy_violation",
    "image_generation_user_error",
)
_OVERLOADED = ("server_is_overloaded", "slow_down", "service_unavailable_error", "overloaded")
_PAYMENT_REQUIRED, _RATE_LIMITED, _TOO_LARGE = 402, 429, 413
_REFUSALS = (400, 401, 402, 403, 404, 413, 422, 429)
_NEVER = datetime.fromtimestamp(0, UTC)
_GATEWAY_TIMEOUTS = (504, 522, 524)
_QUOTED_NAME = re.compile(r"""['"`]([A-Za-z_][\w.\[\]-]{0,60})['"`]""")
_TITLE = re.compile(r"<title>([^<]{1,200})</title>", re.IGNORECASE)
_USAGE_PAGE = "Look at the provider's usage page, then settle the entry in the budget panel."


@dataclass(frozen=True)
class _Complaint:
    """What the body says, as far as it says anything."""

    message: str = ""
    type: str = ""
    code: str = ""
    fields: tuple[str, ...] = ()
    reasons: str = ""

    def names(self, words: tuple[str, ...]) -> bool:
        return self.type in words or self.code in words or any(w in self.message for w in words)


def refusal(
    answer: HttpAnswer, model: str, hide: Callable[[str], str], now: datetime
) -> ProviderError:
    """The error for an answer that is not a 2xx. `hide` takes the key out of a text."""
    complaint = _complaint(answer.body, hide)
    find = _final if answer.status < 500 and answer.status != _RATE_LIMITED else _passing
    facts = find(answer, complaint, model, now)
    return ProviderError(
        facts.message,
        kind=facts.kind,
        charged=facts.charged,
        status=answer.status,
        retryable=facts.is_retryable,
        retry_after_seconds=facts.retry_after_seconds,
        detail=complaint.message,
        hint=facts.hint,
        fields=complaint.fields,
    )


def failure_inside(
    answer: HttpAnswer, tree: Mapping[str, Any], model: str, hide: Callable[[str], str]
) -> ProviderError | None:
    """The error that stands in a 2xx answer or in a stream; None if there is none.

    Only what is known to be refused before work is free; the rest may have been charged. It is
    never sent again.
    """
    if not tree.get("error"):
        return None
    body = json.dumps(tree, default=str).encode()
    said = _complaint(body, hide)
    status = int(said.code) if re.fullmatch(r"[45][0-9]{2}", said.code) else 0
    is_known = said.names(_QUOTA + _BILLING + _MODERATION) or status in _REFUSALS
    status = status or (400 if is_known else 500)
    error = refusal(HttpAnswer(status, {}, body), model, hide, _NEVER)
    return ProviderError(
        error.message,
        kind=error.kind,
        charged=error.charged,
        status=answer.status,
        detail=error.detail,
        hint=error.hint,
        raw=answer.body,
    )


@dataclass(frozen=True)
class _Facts:
    kind: str
    message: str
    hint: str
    charged: Charged = Charged.NO
    is_retryable: bool = False
    retry_after_seconds: float | None = None


def _final(answer: HttpAnswer, said: _Complaint, model: str, now: datetime) -> _Facts:
    """Everything below 500 but 429: never sent again."""
    del now
    status = answer.status
    if said.names(_QUOTA + _BILLING) or status == _PAYMENT_REQUIRED:
        return _no_money(said)
    if said.names(_MODERATION) or (said.reasons and status == 403):
        return _Facts(
            "moderation",
            f"The provider's safety system refused the request{_quoted(said)}{said.reasons}.",
            "Word the prompt differently or use another picture. Nothing was charged.",
        )
    if "must be verified" in said.message:
        return _Facts(
            "auth",
            f'The provider wants the organization verified before "{model}" may be used.',
            "Verify it on the provider's settings page; that takes up to 15 minutes to spread.",
        )
    if status in (401, 403):
        return _not_allowed(status, said)
    if said.names(("invalid_api_key", "No connected db", "Authentication Error")):
        return _not_allowed(401, said)
    if said.names(("model_not_found", "has been deprecated", "Invalid model name")) or (
        status == 404 and "model" in said.message.lower()
    ):
        return _Facts(
            "model",
            f'The provider does not know the model "{model}", or it was shut down.',
            f'Choose another one, for example "{DEFAULT_MODEL}".',
        )
    return _bad_request(status, said)


def _not_allowed(status: int, said: _Complaint) -> _Facts:
    if said.code == "unsupported_country_region_territory":
        return _Facts("auth", "The provider does not serve this country.", "Use another provider.")
    if status == 401:
        return _Facts(
            "auth", "The provider did not accept the key.", "Check the key and add it again."
        )
    return _Facts(
        "auth",
        f"The key is not allowed to do this{_quoted(said)}.",
        "Check the key's permissions on the provider's settings page.",
    )


def _bad_request(status: int, said: _Complaint) -> _Facts:
    if status == 404:
        return _Facts(
            "request",
            "The server does not know this address.",
            "Check the base URL; it usually ends in /v1.",
        )
    if status == _TOO_LARGE:
        return _Facts(
            "request", "The request is too large for the server.", "Work on a smaller picture."
        )
    if status in (408, 409):
        return _Facts(
            "server", f"The provider gave up (status {status}).", _USAGE_PAGE, Charged.UNKNOWN
        )
    if status < 400:
        return _Facts(
            "request",
            f"The server sent us elsewhere (status {status}), which is not followed.",
            "Set the base URL to the address it moved to.",
        )
    about = f' because of "{said.fields[0]}"' if said.fields else ""
    return _Facts(
        "request",
        f"The provider refused the request{about}{_quoted(said)}.",
        "Change the request; sending it again as it is will not help.",
    )


def _passing(answer: HttpAnswer, said: _Complaint, model: str, now: datetime) -> _Facts:
    """429 and 5xx: some may be sent again, some may have been paid for."""
    del model
    is_overload = answer.status in (503, 529) and said.names(_OVERLOADED)
    if answer.status == _RATE_LIMITED and (
        said.names(_QUOTA + _BILLING) or "exceeded your current quota" in said.message
    ):
        return _no_money(said)
    if answer.status == _RATE_LIMITED or is_overload:
        pause = retry_after_seconds(answer.headers, now)
        return _Facts(
            "overload" if is_overload else "rate_limit",
            "The provider is overloaded."
            if is_overload
            else "The provider wants fewer requests in this time.",
            f"Try again in {_pause_in_words(pause)}. Nothing was charged.",
            is_retryable=answer.is_complete and (pause or 0.0) <= LONGEST_WAIT_SECONDS,
            retry_after_seconds=pause,
        )
    hint = _USAGE_PAGE
    if answer.status in _GATEWAY_TIMEOUTS:
        hint += " A relay gave up waiting: the option stream=true keeps it awake."
    return _Facts(
        "server",
        f"The provider failed (status {answer.status}){_quoted(said)}; it may still charge for the"
        " request.",
        hint,
        Charged.UNKNOWN,
    )


def _no_money(said: _Complaint) -> _Facts:
    kind = "billing" if said.names(_BILLING) else "quota"
    return _Facts(
        kind,
        f"The provider's account has no credit left or reached its limit{_quoted(said)}.",
        "Add credit or raise the limit on the provider's billing page. Nothing was charged.",
    )


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """The pause a server asks for: milliseconds, seconds or an HTTP date. None: it does not say."""
    for name, factor in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        text = headers.get(name, "").strip()
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
            return min(float(text) * factor, _LONGEST_SAID_SECONDS)
        if text and name == "retry-after":
            return _until_date(text, now)
    return None


def _until_date(text: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=now.tzinfo)
    return max(0.0, (moment - now).total_seconds())


def _pause_in_words(pause: float | None) -> str:
    return "a little while" if pause is None else f"{max(1, round(pause))} seconds"


def _quoted(said: _Complaint) -> str:
    return f': "{said.message}"' if said.message else ""


def _complaint(body: bytes, hide: Callable[[str], str]) -> _Complaint:
    """Objects, texts, lists and pages: every server explains itself in another shape."""
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        title = _TITLE.search(body[:20_000].decode("utf-8", "replace"))
        return _Complaint(message=hide(_text(title[1])) if title else "")
    if not isinstance(tree, dict):
        return _Complaint()
    error = tree.get("error")
    if isinstance(error, dict):
        return _from_object(error, hide)
    spoken = error or tree.get("detail") or tree.get("message") or tree.get("title")
    message = hide(_text(spoken))
    return _Complaint(message=message, fields=(*_places(tree.get("detail")), *_named(message)))


def _from_object(error: Mapping[str, Any], hide: Callable[[str], str]) -> _Complaint:
    message = hide(_text(error.get("message")))
    more = error.get("metadata")
    metadata = more if isinstance(more, dict) else {}
    if isinstance(metadata.get("raw"), str):
        message = hide(_text(f"{message}: {metadata['raw']}"))
    reasons = metadata.get("reasons")
    field = _text(error.get("param"))
    return _Complaint(
        message=message,
        type=_text(error.get("type")),
        code=_text(error.get("code")),
        fields=((field,) if field else _named(message)),
        reasons=f" ({_text(reasons)})" if isinstance(reasons, list) and reasons else "",
    )


def _places(detail: Any) -> tuple[str, ...]:
    """The ends of `loc` in a list of complaints."""
    rows = detail if isinstance(detail, list) else []
    places = [row.get("loc") for row in rows[:5] if isinstance(row, dict)]
    return tuple(str(place[-1]) for place in places if isinstance(place, list) and place)


def _named(message: str) -> tuple[str, ...]:
    """What stands between quotes."""
    return tuple(_QUOTED_NAME.findall(message)[:5])


def _text(value: Any) -> str:
    """Any value from outside as one short line."""
    if value is None:
        return ""
    if isinstance(value, list):
        messages = [item.get("msg", "") if isinstance(item, dict) else item for item in value]
        value = "; ".join(str(message) for message in messages[:3])
    line = " ".join(str(value).split()).rstrip(".")
    return line if len(line) <= 300 else line[:297] + "..."
