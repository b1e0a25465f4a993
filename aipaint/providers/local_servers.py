"""`find_local_servers`: who on this computer makes pictures or words, asked on the user's wish."""

import json
import ssl
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from aipaint.errors import AipaintError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import MEGABYTE, HttpAnswer, HttpCall

_HOST = "127.0.0.1"
_MOST_MODELS = 200
_NO_ADAPTER = "It was found, but its language is not spoken here."


@dataclass(frozen=True)
class LocalServer:
    """`preset` is empty where it was found and cannot be used, and `note` says so."""

    label: str
    preset: str
    base_url: str
    models: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class LocalPlace:
    """A port where a kind of server usually listens. `path` is asked for; an OpenAI-shaped list of
    models is looked for where there is a `preset`."""

    port: int
    label: str
    preset: str
    path: str = "v1/models"


PLACES = (
    LocalPlace(1234, "stable-diffusion.cpp", "sdcpp"),
    LocalPlace(8080, "LocalAI", "localai"),
    LocalPlace(8091, "vLLM-Omni", "vllm-omni"),
    LocalPlace(8000, "vLLM-Omni", "vllm-omni"),
    LocalPlace(4000, "LiteLLM proxy", "litellm"),
    LocalPlace(11434, "Ollama", "ollama"),
    LocalPlace(7860, "Stable Diffusion WebUI", "", "sdapi/v1/sd-models"),
    LocalPlace(5001, "KoboldCpp", "", "sdapi/v1/sd-models"),
    LocalPlace(8188, "ComfyUI", "", "system_stats"),
)


def find_local_servers(
    cancelled: threading.Event, places: Sequence[LocalPlace] = PLACES, seconds: float = 0.3
) -> tuple[LocalServer, ...]:
    """Loopback only, all places at once, `seconds` for each answer. On a worker; whatever does
    not answer properly is not there."""
    with ThreadPoolExecutor(len(places), "local-servers") as pool:
        found = list(
            pool.map(lambda place: _look(place, _Asker(place.port, cancelled, seconds)), places)
        )
    return tuple(server for server in found if server is not None)


def _look(place: LocalPlace, ask: "_Asker") -> LocalServer | None:
    answer = ask(place.path)
    if answer is None:
        return None
    base_url = f"http://{_HOST}:{place.port}"
    if not place.preset:
        is_there = answer.is_ok and _json(answer) is not None
        return LocalServer(place.label, "", base_url, note=_NO_ADAPTER) if is_there else None
    models = _model_names(_json(answer)) if answer.is_ok else None
    if models is None:
        return _without_a_list(place, answer, ask)
    label, preset = _who(place, models, ask)
    return LocalServer(label, preset, f"{base_url}/v1", models)


def _who(place: LocalPlace, models: tuple[str, ...], ask: "_Asker") -> tuple[str, str]:
    """Ports are shared: the answers tell who it is."""
    if "sd-cpp-local" in models:
        return "stable-diffusion.cpp", "sdcpp"
    if place.preset == "sdcpp" or (place.preset == "localai" and not _is_ok(ask("readyz"))):
        return "OpenAI-compatible server", "generic"
    if place.port == 8000 and not _is_ok(ask("health")):
        return "OpenAI-compatible server", "generic"
    return place.label, place.preset


def _without_a_list(place: LocalPlace, answer: HttpAnswer, ask: "_Asker") -> LocalServer | None:
    base_url = f"http://{_HOST}:{place.port}"
    if place.preset == "litellm" and answer.status in (400, 401, 403):
        note = "It wants a key before it lists its models."
        return LocalServer(place.label, place.preset, f"{base_url}/v1", note=note)
    if place.preset == "localai" and _is_ok(ask("api/v1/server-config")):
        return LocalServer("IOPaint", "", base_url, note=_NO_ADAPTER)
    return None


class _Asker:
    """Asks one port."""

    def __init__(self, port: int, cancelled: threading.Event, seconds: float) -> None:
        # No certificates are needed on loopback, and loading them would take longer than asking.
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._client = HttpClient(f"http://{_HOST}:{port}", {}, seconds, tls=tls)
        self._cancelled = cancelled

    def __call__(self, path: str) -> HttpAnswer | None:
        try:
            call = HttpCall("GET", path, body_limit_bytes=MEGABYTE)
            return self._client.send(call, self._client.until(self._cancelled))
        except AipaintError:
            return None


def _is_ok(answer: HttpAnswer | None) -> bool:
    return answer is not None and answer.is_ok


def _json(answer: HttpAnswer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _model_names(tree: Any) -> tuple[str, ...] | None:
    rows = tree.get("data") if isinstance(tree, dict) else None
    if not isinstance(rows, list):
        return None
    names = (row.get("id") for row in rows[:_MOST_MODELS] if isinstance(row, dict))
    return tuple(name for name in names if isinstance(name, str) and name.isprintable())
