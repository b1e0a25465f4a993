"""A real HTTP server on loopback that answers like the OpenAI images API.

Every request is kept as it arrived; what happens to the next paid request can be scripted:

    with ImagesApi() as api:
        api.script(rate_limited("0.05"), pictures(count=2))
        ...
        api.received[0].part("mask").data

By hand: `python -m tests.servers.images_api --port 8089 --behavior rate_limited`.
"""

import argparse
import base64
import gzip
import json
import time
from typing import Any

from tests.servers.behaviors import (
    BEHAVIORS,
    FULL_USAGE,
    ZERO_USAGE,
    Behavior,
    cuts,
    dead_model,
    drips,
    failing,
    fixed,
    malformed_json,
    moderated,
    never_answers,
    never_reads,
    no_image,
    no_quota,
    overloaded,
    pictures,
    rate_limited,
    server_error,
    stalls,
    streams,
    too_large,
    unknown_parameter,
    unverified,
    web_page,
    wrong_key,
)
from tests.servers.dialects import ROUTES, refused_by
from tests.servers.loopback import Loopback, LoopbackHandler, trusting_tls
from tests.servers.painter import PAINT, TINT, make_picture
from tests.servers.received import Part, Received
from tests.servers.streamed import events

__all__ = [
    "FULL_USAGE", "PAINT", "TINT", "ZERO_USAGE", "Behavior", "ImagesApi", "Part", "Received",
    "cuts", "dead_model", "drips", "failing", "fixed", "malformed_json", "moderated",
    "never_answers", "never_reads", "no_image", "no_quota", "overloaded", "pictures",
    "rate_limited", "server_error", "stalls", "streams", "too_large", "trusting_tls",
    "unknown_parameter", "unverified", "web_page", "wrong_key",
]  # fmt: skip


class ImagesApi(Loopback):
    """The server; what it answers can be scripted."""

    def __init__(
        self,
        port: int = 0,
        default: Behavior | None = None,
        *,
        is_https: bool = False,
        dialect: str = "openai",
    ) -> None:
        super().__init__(_Handler, "images-api", port, is_https=is_https)
        self.dialect = dialect
        self.documents: dict[str, Any] = {}  # path of a GET, with its query -> JSON
        self.default = default or pictures()
        self.models: list[dict[str, Any]] = [
            {"id": name, "object": "model", "created": 1, "owned_by": "openai"}
            for name in ("gpt-5.4-nano", "gpt-image-2.5-flare", "gpt-image-2", "dall-e-3")
        ]
        self.chat_text = '{"prompt": "a red fox in morning light", "negative_prompt": "text"}'
        self.redirects: dict[str, str] = {}  # path of a GET -> address it moved to
        self._script: list[Behavior] = []
        self._chat_script: list[Behavior] = []
        self._files: dict[str, bytes] = {}

    def script(self, *behaviors: Behavior) -> None:
        """What happens to the next paid requests, in order; afterwards the default again."""
        with self.lock:
            self._script.extend(behaviors)

    def script_chat(self, *behaviors: Behavior) -> None:
        """The same for the next chat calls."""
        with self.lock:
            self._chat_script.extend(behaviors)

    @property
    def paid(self) -> list[Received]:
        """The requests that would have cost money."""
        return [request for request in self.received if request.method == "POST"]

    def next_behavior(self, path: str) -> Behavior:
        with self.lock:
            if path.endswith("/chat/completions"):
                return self._chat_script.pop(0) if self._chat_script else Behavior()
            return self._script.pop(0) if self._script else self.default

    def publish(self, data: bytes) -> str:
        """An address under which the server hands out these bytes."""
        with self.lock:
            name = f"/files/{len(self._files)}.png"
            self._files[name] = data
        return f"{self.origin}{name}"

    def file(self, path: str) -> bytes | None:
        with self.lock:
            return self._files.get(path)


class _Handler(LoopbackHandler):
    state: ImagesApi

    def do_GET(self) -> None:
        api = self.state
        api.keep(self.without_body())
        data = api.file(self.path)
        if self.path in api.redirects:
            self._answer(302, b"", (("Location", api.redirects[self.path]),))
        elif data is not None:
            self._answer(200, data, (("Content-Type", "application/octet-stream"),))
        elif self.path in api.documents:
            self._answer_json(200, api.documents[self.path])
        elif self.path == "/v1/models":
            self._answer_json(200, {"object": "list", "data": api.models})
        else:
            self._answer_json(404, {"error": {"message": "Not found", "type": "", "code": None}})

    def do_POST(self) -> None:
        api = self.state
        behavior = api.next_behavior(self.path)
        if behavior.kind == "never_reads":
            api.keep(self.without_body())
            self.hang()
            return
        request = self.whole()
        api.keep(request)
        is_chat = self.path.endswith("/chat/completions")
        if is_chat and behavior.kind == "pictures":
            self._answer_json(200, _chat_answer(api.chat_text, behavior.usage))
        elif is_chat or self.path.removeprefix("/v1") in ROUTES[api.dialect]:
            self._behave(behavior, request)
        else:
            self._answer_json(404, {"error": {"message": "Not found", "type": "", "code": None}})

    def _behave(self, behavior: Behavior, request: Received) -> None:
        if behavior.kind in ("pictures", "stream"):
            refused = refused_by(self.state.dialect, request)
            if refused is not None:
                self._answer(refused.status, refused.body, refused.headers)
            elif behavior.kind == "stream" and str(request.fields.get("stream")).lower() == "true":
                self._stream(behavior, request)
            else:
                self._answer_json(200, self._pictures(behavior, request), behavior.headers)
        elif behavior.kind == "fixed":
            self._answer(behavior.status, behavior.body, behavior.headers)
        elif behavior.kind == "never_answers":
            self.hang()
        elif behavior.kind == "cuts":
            self.close_connection = True
        else:
            self._answer_slowly(is_dripping=behavior.kind == "drips")

    def _pictures(self, behavior: Behavior, request: Received) -> dict[str, Any]:
        is_url = behavior.is_url
        if self.state.dialect == "localai":
            is_url = request.fields.get("response_format") != "b64_json"
        data = []
        for png in self._painted(behavior, request):
            if is_url or behavior.url:
                data.append({"url": behavior.url or self.state.publish(png)})
            else:
                data.append({"b64_json": base64.b64encode(png).decode()})
        answer: dict[str, Any] = {"created": int(time.time()), "data": data}
        if behavior.usage is not None:
            answer["usage"] = behavior.usage
        return answer | behavior.extra

    def _painted(self, behavior: Behavior, request: Received) -> list[bytes]:
        count = behavior.count or int(request.fields.get("n", 1))
        dialect = self.state.dialect
        return [make_picture(request, index, behavior.size, dialect) for index in range(count)]

    def _stream(self, behavior: Behavior, request: Received) -> None:
        """Events as they come; the end of the connection is the end of the stream."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        if behavior.ends == "broken":
            self.send_header("Content-Length", "100000000")
        self.end_headers()
        for piece in events(behavior, request, self._painted(behavior, request)):
            self.wfile.write(piece)
            self.wfile.flush()
        if behavior.ends == "open":
            self.hang()

    def _answer_json(
        self, status: int, tree: Any, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        body = json.dumps(tree).encode()
        if ("Content-Encoding", "gzip") in headers:
            body = gzip.compress(body)
        self._answer(status, body, (("Content-Type", "application/json"), *headers))

    def _answer(self, status: int, body: bytes, headers: tuple[tuple[str, str], ...]) -> None:
        self.answer(status, body, {"x-request-id": "r1"} | dict(headers))

    def _answer_slowly(self, is_dripping: bool) -> None:
        """A promising start, then a byte now and then, or nothing."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b'{"created": 1,')
        while is_dripping and not self.state.closing.wait(0.05):
            self.wfile.write(b" ")
        self.hang()


def _chat_answer(text: str, usage: dict[str, Any] | None) -> dict[str, Any]:
    words = {"prompt_tokens": 40, "completion_tokens": 20, "total_tokens": 60}
    message = {"role": "assistant", "content": text}
    return {
        "id": "chat-1",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-5.4-nano",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": words if usage is FULL_USAGE else usage,
    }


def main() -> None:
    """Serve until interrupted; print what arrives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--behavior", choices=sorted(BEHAVIORS), default="pictures")
    choice = parser.parse_args()
    with ImagesApi(choice.port, BEHAVIORS[choice.behavior]()) as api:
        api.serve_by_hand(
            lambda last: (
                f"{last.method} {last.path} {last.fields} "
                f"[{', '.join(part.name for part in last.parts)}]"
            )
        )


if __name__ == "__main__":
    main()
