"""A real HTTP server on loopback that answers like Replicate: orders, polls, files, models.

    with ReplicateApi() as api:
        api.script(throttled(0), runs(count=2))
        ...
        api.orders[0]["input"]["prompt"]

By hand: `python -m tests.servers.replicate_api --port 8090 --order moderated`.
"""

import argparse
import itertools
import json
import re
from datetime import UTC, datetime
from typing import Any

from tests.servers.loopback import Loopback, LoopbackHandler
from tests.servers.received import Received
from tests.servers.replicate_orders import ORDERS, Order, runs, what_is_wrong
from tests.servers.replicate_painter import paint

PAGE = 100
_ENDS = ("succeeded", "failed", "canceled", "aborted")
_LISTS = ("stability-ai/", "black-forest-labs/flux-fill-dev")
VERSIONS = {
    "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc": "stability-ai/sdxl",
    "95b7223104132402a9ae91cc677285bc5eb997834bd2349fa486f53910fd68b3": (
        "stability-ai/stable-diffusion-inpainting"
    ),
    "f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa": "nightmareai/real-esrgan",
    "a029dff38972b5fda4ec5d75d7d1cd25aeff621d2cf4946a41055d7db66b80bc": (
        "851-labs/background-remover"
    ),
}
"""Whose versions these are; others belong to the models of a test."""


class ReplicateApi(Loopback):
    """The server; what becomes of an order can be scripted."""

    def __init__(self, port: int = 0, default: Order | None = None) -> None:
        super().__init__(_Handler, "replicate-api", port)
        self.default = default or runs()
        self.orders: list[dict[str, Any]] = []  # bodies of accepted orders
        self.predictions: dict[str, dict[str, Any]] = {}
        self.models: dict[str, dict[str, Any]] = {}  # owner/name -> what GET answers
        self.files: dict[str, bytes] = {}  # path -> what is there
        self.plans: dict[str, tuple[Order, int]] = {}  # with how many questions were answered
        self._script: list[Order] = []
        self._ids = itertools.count(1)

    def script(self, *orders: Order) -> None:
        """What happens to the next orders, one after the other; afterwards the default again."""
        with self.lock:
            self._script.extend(orders)

    @property
    def paid(self) -> list[Received]:
        """The requests that would have cost money."""
        return [r for r in self.received if r.method == "POST" and r.path.endswith("/predictions")]

    @property
    def cancels(self) -> list[Received]:
        return [request for request in self.received if request.path.endswith("/cancel")]

    def next_order(self) -> Order:
        with self.lock:
            return self._script.pop(0) if self._script else self.default

    def start(self, order: Order, model: str, tree: dict[str, Any]) -> dict[str, Any]:
        """A new prediction as it is right after the order."""
        with self.lock:
            number = f"p{next(self._ids):025d}"
            self.orders.append(tree)
            self.plans[number] = (order, 0)
            place = f"{self.url}/predictions/{number}"
            self.predictions[number] = {
                "id": number,
                "model": model,
                "version": tree.get("version", "hidden"),
                "input": tree["input"],
                "logs": "",
                "output": None,
                "data_removed": False,
                "error": None,
                "status": order.statuses[0],
                "source": "api",
                "created_at": now(),
                "started_at": None,
                "completed_at": None,
                "metrics": {},
                "urls": {"get": place, "cancel": f"{place}/cancel", "web": self.origin},
            }
            return self._at(number, order.statuses[0])

    def asked(self, number: str) -> dict[str, Any]:
        """The prediction one question later."""
        with self.lock:
            order, asked = self.plans[number]
            self.plans[number] = (order, asked + 1)
            if self.predictions[number]["status"] in _ENDS:
                return self.predictions[number]
            return self._at(number, order.statuses[min(asked + 1, len(order.statuses) - 1)])

    def cancel(self, number: str) -> dict[str, Any]:
        with self.lock:
            prediction = self.predictions[number]
            if prediction["status"] not in _ENDS:
                prediction["status"] = "canceled"
                prediction["completed_at"] = now()
            return prediction

    def _at(self, number: str, status: str) -> dict[str, Any]:
        order, _ = self.plans[number]
        prediction = self.predictions[number]
        prediction["status"] = status
        if status not in ("starting", "aborted"):
            prediction |= {"started_at": now(), "logs": order.logs}
        if status in _ENDS:
            prediction |= {"completed_at": now(), "metrics": order.metrics, "error": order.error}
        if status == "succeeded":
            prediction["output"] = self._output(order, prediction)
            if order.is_removed:
                prediction |= {"output": None, "input": {}, "logs": None, "data_removed": True}
        return prediction

    def _output(self, order: Order, prediction: dict[str, Any]) -> Any:
        if order.output is not None:
            return order.output
        fields, model = prediction["input"], str(prediction["model"])
        count = order.count if order.count is not None else int(fields.get("num_outputs", 1))
        places = [
            self.publish(paint(model, fields, index, lambda url: self.files[_path(url)]))
            for index in range(count)
        ]
        is_list = model.startswith(_LISTS) if order.is_list is None else order.is_list
        return places if is_list else places[0]

    def publish(self, data: bytes, folder: str = "/delivery") -> str:
        """An address under which the server hands out these bytes."""
        with self.lock:
            path = f"{folder}/{len(self.files)}"
            self.files[path] = data
        return f"{self.origin}{path}"


def now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


class _Handler(LoopbackHandler):
    state: ReplicateApi

    def do_GET(self) -> None:
        self.state.keep(self.without_body())
        path, _, query = self.path.partition("?")
        if path in self.state.files:
            self._answer(200, self.state.files[path], (("Content-Type", "image/png"),))
        elif not self._has_key():
            self._say(401, "Unauthenticated", "You did not pass an authentication token")
        elif path == "/v1/predictions":
            self._list(query)
        elif match := re.fullmatch(r"/v1/predictions/([^/]+)", path):
            self._tell(match[1])
        elif match := re.fullmatch(r"/v1/models/([^/]+/[^/]+)(?:/versions/([0-9a-f]{64}))?", path):
            self._model(match[1], match[2])
        elif path == "/v1/account":
            self._json(200, {"type": "user", "username": "acme", "name": "Acme"})
        else:
            self._say(404, "", "The requested resource could not be found.")

    def do_POST(self) -> None:
        request = self.whole()
        self.state.keep(request)
        if not self._has_key():
            self._say(401, "Unauthenticated", "You did not pass an authentication token")
        elif self.path == "/v1/files":
            self._store(request)
        elif match := re.fullmatch(r"/v1/predictions/([^/]+)/cancel", self.path):
            known = match[1] in self.state.predictions
            self._json(200, self.state.cancel(match[1])) if known else self._say(404, "", "")
        elif self.path == "/v1/predictions":
            self._order(request, "", {"version", "input"})
        elif match := re.fullmatch(r"/v1/models/([^/]+/[^/]+)/predictions", self.path):
            self._order(request, match[1], {"input"})
        else:
            self._say(404, "", "The requested resource could not be found.")

    def _has_key(self) -> bool:
        return self.headers.get("Authorization", "").startswith("Bearer r8_")

    def _order(self, request: Received, model: str, required: set[str]) -> None:
        tree = request.json
        wrong = what_is_wrong(tree, required, self.headers)
        if wrong:
            self._say(422, "Input validation failed", wrong)
            return
        order = self.state.next_order()
        if order.kind in ("refused", "malformed"):
            self._answer(order.status, order.body, order.headers)
        elif order.kind == "never_answers":
            self.hang()
        elif order.kind == "cuts":
            self.close_connection = True
        else:
            prediction = self.state.start(order, model or self._owner_of(tree["version"]), tree)
            if order.kind == "lost":
                self.close_connection = True
            else:
                self._json(201 if prediction["status"] in _ENDS else 202, prediction)

    def _owner_of(self, version: str) -> str:
        """Whose version it is."""
        for name, page in self.state.models.items():
            if page["latest_version"]["id"] == version:
                return name
        return VERSIONS.get(version, version.partition(":")[0])

    def _tell(self, number: str) -> None:
        if number not in self.state.predictions:
            self._say(404, "", "The requested resource could not be found.")
            return
        order, asked = self.state.plans[number]
        if asked < len(order.polls):
            self.state.plans[number] = (order, asked + 1)
            scripted = order.polls[asked]
            if isinstance(scripted, str):
                self.close_connection = True
            else:
                self._answer(scripted[0], scripted[1], ())
            return
        self._json(200, self.state.asked(number))

    def _list(self, query: str) -> None:
        """The newest first, without the logs, 100 a page."""
        start = int(query.partition("cursor=")[2] or 0)
        newest = list(reversed(self.state.predictions.values()))
        rows = [{k: v for k, v in row.items() if k != "logs"} for row in newest]
        following = f"{self.state.url}/predictions?cursor={start + PAGE}"
        has_more = len(rows) > start + PAGE
        self._json(
            200,
            {
                "next": following if has_more else None,
                "previous": None,
                "results": rows[start : start + PAGE],
            },
        )

    def _model(self, name: str, version: str | None) -> None:
        page = self.state.models.get(name)
        if page is None:
            self._say(404, "", "The requested resource could not be found.")
        elif version is None:
            self._json(200, page)
        elif page["latest_version"]["id"] == version:
            self._json(200, page["latest_version"])
        else:
            self._say(404, "", "The requested resource could not be found.")

    def _store(self, request: Received) -> None:
        part = request.part("content")
        place = self.state.publish(part.data, "/v1/files/download")
        self._json(
            201,
            {
                "id": place.rpartition("/")[2],
                "name": part.filename,
                "content_type": part.content_type,
                "size": len(part.data),
                "etag": "x",
                "checksums": {"sha256": "", "md5": ""},
                "metadata": {},
                "created_at": now(),
                "expires_at": now(),
                "urls": {"get": place},
            },
        )

    def _say(self, status: int, title: str, detail: str) -> None:
        self._json(status, {"title": title, "detail": detail, "status": status})

    def _json(self, status: int, tree: Any) -> None:
        self._answer(status, json.dumps(tree).encode(), (("Content-Type", "application/json"),))

    def _answer(self, status: int, body: bytes, headers: tuple[tuple[str, str], ...]) -> None:
        self.answer(status, body, dict(headers))


def main() -> None:
    """Serve until interrupted; print what arrives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--order", choices=sorted(ORDERS), default="runs")
    choice = parser.parse_args()
    with ReplicateApi(choice.port, ORDERS[choice.order]()) as api:
        api.serve_by_hand(lambda last: f"{last.method} {last.path} {str(last.json)[:300]}")


if __name__ == "__main__":
    main()
