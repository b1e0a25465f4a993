"""How a rehearsal goes wrong: the errors that a paid provider would have raised."""

from collections.abc import Mapping

from aipaint.providers.errors import Charged, ProviderError

_NO, _YES, _UNKNOWN = Charged.NO, Charged.YES, Charged.UNKNOWN
_WORDS: Mapping[str, tuple[str, str, Charged, int | None]] = {
    "moderation": ("moderation", "The safety system refused the request.", _NO, 400),
    "rate_limit": ("rate_limit", "The provider wants fewer requests in this time.", _NO, 429),
    "quota": ("quota", "The account has no credit left.", _NO, 429),
    "auth": ("auth", "The provider did not accept the key.", _NO, 401),
    "model": ("model", "The provider does not know the model.", _NO, 404),
    "timeout": ("timeout", "The provider did not finish in time.", _UNKNOWN, None),
    "server": ("server", "The provider failed (status 500).", _UNKNOWN, 500),
    "network": ("network", "The connection broke after the request was sent.", _UNKNOWN, None),
    "wrong_bytes": ("bad_answer", "The provider sent no picture but words.", _YES, 200),
}

FAILURES = tuple(_WORDS)
"""What the option `fail` takes, beside those that still bring pictures."""


def rehearsed_failure(name: str) -> ProviderError:
    """The error of that name, marked as a rehearsal."""
    kind, message, charged, status = _WORDS[name]
    return ProviderError(
        f"Rehearsal: {message}",
        kind=kind,
        charged=charged,
        status=status,
        hint="This was asked for with the option fail; nothing was sent and nothing is charged.",
        raw=b"a rehearsed answer that is no picture" if name == "wrong_bytes" else b"",
    )
