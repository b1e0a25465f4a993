"""Keys go into a real key store or stay in memory, never anywhere else."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from aipaint.settings.errors import KeyStoreError, SettingsError
from aipaint.settings.secrets import KeyStore

ROOT = Path(__file__).parents[2]


class PlaintextKeyring:
    """A backend that is not on the list, whatever it can do."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def set_password(self, _service: str, _name: str, key: str) -> None:
        self.seen.append(key)

    def get_password(self, _service: str, _name: str) -> str | None:
        return self.seen[-1] if self.seen else None


class _Forgetful:
    """Passes for a listed backend by its name, and loses what it is given."""

    def __init__(self, failure: Exception | None = None) -> None:
        self._failure = failure

    def set_password(self, _service: str, _name: str, _key: str) -> None:
        if self._failure is not None:
            raise self._failure

    def get_password(self, _service: str, _name: str) -> None:
        if self._failure is not None:
            raise self._failure


_Forgetful.__module__, _Forgetful.__qualname__ = "keyring.backends.SecretService", "Keyring"


@pytest.mark.parametrize("make", [NullKeyring, FailKeyring, PlaintextKeyring])
def test_other_backends_are_not_used_and_the_key_lasts_for_the_session(
    make: Callable[[], Any],
) -> None:
    backend = make()
    store = KeyStore(lambda: backend)
    store.set("openai_api_key", "sk-1")
    assert store.get("openai_api_key") == "sk-1"
    assert "until the program ends" in store.where()
    assert getattr(backend, "seen", []) == []
    assert KeyStore(lambda: backend).get("openai_api_key") is None
    store.delete("openai_api_key")
    assert store.get("openai_api_key") is None


def test_a_chain_of_unknown_backends_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = PlaintextKeyring()
    monkeypatch.setattr(ChainerBackend, "backends", [plain])
    store = KeyStore(ChainerBackend)
    store.set("openai_api_key", "sk-1")
    assert plain.seen == []
    assert "until the program ends" in store.where()


@pytest.mark.parametrize("backend", [_Forgetful(), _Forgetful(RuntimeError("locked sk-1"))])
def test_a_store_that_does_not_give_the_key_back_is_an_error_and_the_key_still_works(
    backend: Any,
) -> None:
    store = KeyStore(lambda: backend)
    with pytest.raises(KeyStoreError) as caught:
        store.set("openai_api_key", "sk-1")
    assert "sk-1" not in str(caught.value)
    assert store.get("openai_api_key") == "sk-1"
    assert "until the program ends" in store.where()


def test_a_store_that_cannot_be_found_is_no_store() -> None:
    def broken() -> Any:
        raise OSError("no bus")

    assert KeyStore(broken).get("openai_api_key") is None
    assert "until the program ends" in KeyStore(broken).where()


def test_only_known_names_are_kept() -> None:
    with pytest.raises(SettingsError, match="not a key"):
        KeyStore(NullKeyring).set("daily_cap", "x")


_WRITE = """
from aipaint.settings.secrets import KeyStore
store = KeyStore()
store.set("openai_api_key", "sk-real-store")
print(store.where())
"""
_READ = """
from aipaint.settings.secrets import KeyStore
store = KeyStore()
print(store.get("openai_api_key"))
store.delete("openai_api_key")
store.delete("openai_api_key")
print(store.get("openai_api_key"))
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs dbus-run-session and gnome-keyring-daemon",
)
def test_a_real_keyring_keeps_the_key_for_the_next_process(tmp_path: Path) -> None:
    script = (
        "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n"
        f'"{sys.executable}" -c "$WRITE" && "{sys.executable}" -c "$READ"\n'
    )
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "WRITE": _WRITE,
        "READ": _READ,
    }
    ended = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.split("\n")
    assert lines[0].startswith("in the desktop's keyring")
    assert lines[1:3] == ["sk-real-store", "None"]
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"sk-real-store" not in file.read_bytes()
