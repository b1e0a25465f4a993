"""The root of every error that is a sentence for the user; anything else is a bug."""


class AipaintError(Exception):
    """An expected failure. `message` says what happened, `hint` what to do about it.

    `kind` is a stable word for scripts (the `error.kind` of `--json`).
    """

    kind = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(AipaintError):
    """What was asked for cannot be done as it was asked."""

    kind = "usage"


class UnreadableFileError(AipaintError):
    """A file from outside is missing, damaged, too large or of a kind we do not read."""

    kind = "unreadable"


class StorageError(AipaintError):
    """The disk or the database refused: full, locked, read-only or damaged."""

    kind = "storage"


class CancelledError(AipaintError):
    """The user cancelled before anything was sent."""

    kind = "cancelled"
