"""What the history cannot do."""

from aipaint.errors import AipaintError


class HistoryError(AipaintError):
    """A job that is not there, or a step that its status does not allow."""

    kind = "history"
