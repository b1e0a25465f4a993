"""`KeyStore`: keys in the system's own key store, or in memory for this session; never in a file.

Only known stores are used: the keyring library would also take one that forgets silently, or,
where an add-on is installed, one that writes keys into a plain file.
Everything here may wait for the user to unlock the store: call it on a worker.
"""

from collections.abc import Callable
from typing import Any

from aipaint.settings.account import is_account_slot
from aipaint.settings.errors import KeyStoreError, SettingsError
from aipaint.settings.settings import SECRET_NAMES

_SERVICE = "aipaint"
_IN_WORDS = {
    "keyring.backends.SecretService.Keyring": "the desktop's keyring (Secret Service)",
    "keyring.backends.libsecret.Keyring": "the desktop's keyring (libsecret)",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
    "keyring.backends.macOS.Keyring": "the macOS keychain",
    "keyring.backends.Windows.WinVaultKeyring": "the Windows credential manager",
}
_CHAINER = "keyring.backends.chainer.ChainerBackend"


def _system_backend() -> Any:
    # Here, because looking for backends takes longer than showing the window.
    import keyring

    return keyring.get_keyring()


class KeyStore:
    """Holds the keys named in `SECRET_NAMES` and those of accounts (`AccountSetting.key_slot`).
    `find_backend` gives a keyring backend."""

    def __init__(self, find_backend: Callable[[], Any] = _system_backend) -> None:
        self._find_backend = find_backend
        self._memory: dict[str, str] = {}
        self._backend: Any = None
        self._is_found = False

    def get(self, name: str) -> str | None:
        """The key, or None. A store that fails is as good as an empty one."""
        _check_name(name)
        if name in self._memory:
            return self._memory[name]
        store = self._store()
        if store is None:
            return None
        try:
            return self._ask(store.get_password, _SERVICE, name) or None
        except KeyStoreError:
            return None

    def set(self, name: str, key: str) -> None:
        """Store a key and read it back. Without a store it lasts for this session.

        Raises KeyStoreError if there is a store and it does not give the key back; the key is
        then usable until the program ends, and `where` says so.
        """
        _check_name(name)
        self._memory[name] = key
        store = self._store()
        if store is None:
            return
        self._ask(store.set_password, _SERVICE, name, key)
        if self._ask(store.get_password, _SERVICE, name) != key:
            raise _refused("it did not give the key back")
        del self._memory[name]

    def delete(self, name: str) -> None:
        """Forget a key everywhere; one that is not there is fine. Raises KeyStoreError."""
        _check_name(name)
        self._memory.pop(name, None)
        store = self._store()
        if store is not None and self._ask(store.get_password, _SERVICE, name) is not None:
            self._ask(store.delete_password, _SERVICE, name)

    def where(self) -> str:
        """In plain words, where a key is kept."""
        store = self._store()
        if store is None or self._memory:
            return "in memory, until the program ends (no key store could be used)"
        return f"in {_IN_WORDS[_class_name(store)]}"

    def _store(self) -> Any:
        if not self._is_found:
            try:
                self._backend = _allowed(self._ask(self._find_backend))
            except KeyStoreError:
                self._backend = None
            self._is_found = True
        return self._backend

    def _ask(self, question: Callable[..., Any], *values: str) -> Any:
        """The backend is other people's code over D-Bus or a system library: it raises errors of
        a dozen unrelated kinds, and every one of them means that the key is not stored."""
        try:
            return question(*values)
        except Exception as error:
            raise _refused(type(error).__name__) from None


def _refused(why: str) -> KeyStoreError:
    return KeyStoreError(
        f"The system's key store could not be used ({why}).",
        "The key works until the program ends. Unlock the key store and add the key again,"
        " or set it in the environment.",
    )


def _check_name(name: str) -> None:
    if name not in SECRET_NAMES and not is_account_slot(name):
        raise SettingsError(f'"{name}" is not a key this program keeps.')


def _allowed(backend: Any) -> Any:
    """The backend itself, or the best known one of a chain; the chain would ask the others too."""
    if _class_name(backend) == _CHAINER:
        return next((one for one in backend.backends if _class_name(one) in _IN_WORDS), None)
    return backend if _class_name(backend) in _IN_WORDS else None


def _class_name(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"
