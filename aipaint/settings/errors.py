"""What can be wrong with a setting or with the system's key store."""

from aipaint.errors import AipaintError


class SettingsError(AipaintError):
    """A malformed setting: the message names it, the hint says what is allowed."""

    kind = "settings"


class KeyStoreError(AipaintError):
    """The system's key store refused; the key is kept for this session only."""

    kind = "keyring"
