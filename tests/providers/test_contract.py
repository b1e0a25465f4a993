"""What holds for every adapter that buys pictures, whatever the server does: one table for all.

Each row is one thing a server can do; each adapter meets it on its own real server on loopback.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.prediction import Prediction
from aipaint.providers.provider import Provider
from aipaint.providers.request import PredictionRequest
from tests.providers.openai_setup import GENERATE, KEY, PRESETS, png_of, provider_for
from tests.providers.recording_watch import RecordingWatch
from tests.providers.replicate_setup import ORDER, TOKEN, replicate_for
from tests.servers import images_api, replicate_orders
from tests.servers.images_api import ImagesApi
from tests.servers.replicate_api import ReplicateApi

NO, YES, UNKNOWN = Charged.NO, Charged.YES, Charged.UNKNOWN


@dataclass(frozen=True)
class Bench:
    """One adapter at its server."""

    name: str
    api: Any
    request: PredictionRequest
    secret: str
    make: Callable[[float], Provider]
    scripts: dict[str, Any]
    is_paid: bool = True

    def charged(self, charged: Charged) -> Charged:
        """A server of one's own never charges."""
        return charged if self.is_paid else NO

    def stage(self, row: str, last: str = "") -> Provider:
        """The server will do what the row says, then what `last` says."""
        if row not in self.scripts:
            pytest.skip(f"{self.name} cannot meet this")
        self.api.script(*(self.scripts[name]() for name in (row, last) if name))
        return self.make(1.0 if row == "read timeout" else 30.0)


def _openai_scripts(api: ImagesApi) -> dict[str, Any]:
    png = png_of(np.zeros((4, 4, 3), np.uint8))
    return {
        "ok": images_api.pictures,
        "401": images_api.wrong_key,
        "402": lambda: images_api.failing(402, "Insufficient credits", "", None),
        "403 verification": images_api.unverified,
        "404 dead model": images_api.dead_model,
        "413": images_api.too_large,
        "422": lambda: images_api.fixed(422, b'{"detail": [{"loc": ["size"], "msg": "bad"}]}'),
        "moderation": images_api.moderated,
        "rate limit": lambda: images_api.rate_limited("0.01"),
        "quota": images_api.no_quota,
        "500": images_api.server_error,
        "read timeout": images_api.never_answers,
        "cut connection": images_api.cuts,
        "malformed JSON": images_api.malformed_json,
        "wrong bytes": images_api.no_image,
        "url answer": lambda: images_api.pictures(url=api.publish(png)),
        "fewer images": lambda: images_api.pictures(count=1),
        "zero usage": lambda: images_api.pictures(usage=images_api.ZERO_USAGE),
        "cancel while waiting": images_api.never_answers,
    }


_REPLICATE_SCRIPTS: dict[str, Any] = {
    "ok": replicate_orders.runs,
    "401": replicate_orders.wrong_key,
    "402": replicate_orders.no_credit,
    "403 verification": replicate_orders.not_permitted,
    "404 dead model": replicate_orders.unknown_model,
    "413": replicate_orders.too_large,
    "422": replicate_orders.invalid_input,
    "moderation": lambda: replicate_orders.runs(
        statuses=("starting", "failed"), error=replicate_orders.NSFW, metrics={}
    ),
    "rate limit": replicate_orders.throttled,
    "quota": replicate_orders.no_credit,
    "500": replicate_orders.server_error,
    "read timeout": replicate_orders.never_answers,
    "cut connection": replicate_orders.cuts,
    "malformed JSON": replicate_orders.malformed,
    "wrong bytes": replicate_orders.no_picture,
    "url answer": replicate_orders.runs,
    "fewer images": lambda: replicate_orders.runs(count=1),
    "zero usage": lambda: replicate_orders.runs(metrics={"predict_time": 0}),
    "cancel while waiting": replicate_orders.never_answers,
    "cancel while polling": lambda: replicate_orders.runs(statuses=("processing",)),
}


@contextmanager
def _openai() -> Iterator[Bench]:
    with ImagesApi() as api:
        yield Bench(
            "openai",
            api,
            GENERATE,
            KEY,
            lambda seconds: provider_for(api, seconds),
            _openai_scripts(api),
        )


def _preset(name: str) -> Callable[[], Any]:
    """The same adapter at a server of another kind."""

    @contextmanager
    def bench() -> Iterator[Bench]:
        with ImagesApi(dialect=name) as api:
            preset = PRESETS[name]
            yield Bench(
                name,
                api,
                replace(GENERATE, model=_MODELS.get(name, preset.default_model or "flux")),
                KEY,
                lambda seconds: provider_for(api, seconds, preset=name),
                _openai_scripts(api),
                preset.is_paid,
            )

    return bench


_MODELS = {"openrouter": "openai/gpt-image-2"}
_SERVERS = ("openrouter", "localai", "vllm-omni")  # the others differ in nothing that fails here


@contextmanager
def _replicate() -> Iterator[Bench]:
    with ReplicateApi() as api:
        yield Bench(
            "replicate",
            api,
            ORDER,
            TOKEN,
            lambda seconds: replicate_for(api, seconds),
            _REPLICATE_SCRIPTS,
        )


@pytest.fixture(
    params=[_openai, _replicate, *map(_preset, _SERVERS)], ids=["openai", "replicate", *_SERVERS]
)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with request.param() as made:
        yield made


@pytest.mark.parametrize(
    ("row", "kinds", "charged"),
    [
        ("401", {"auth"}, NO),
        ("402", {"billing", "quota"}, NO),
        ("403 verification", {"auth"}, NO),
        ("404 dead model", {"model"}, NO),
        ("413", {"request"}, NO),
        ("422", {"request"}, NO),
        ("quota", {"billing", "quota"}, NO),
        ("500", {"server"}, UNKNOWN),
        ("read timeout", {"timeout"}, UNKNOWN),
        ("cut connection", {"network"}, UNKNOWN),
        ("malformed JSON", {"bad_answer"}, YES),
        ("wrong bytes", {"bad_answer"}, YES),
    ],
)
def test_a_failure_is_one_error_that_says_whether_it_cost_and_is_never_sent_again(
    bench: Bench, watch: RecordingWatch, row: str, kinds: set[str], charged: Charged
) -> None:
    provider = bench.stage(row)
    with pytest.raises(ProviderError) as caught:
        provider.predict(bench.request, watch)
    error = caught.value
    assert error.kind in kinds
    assert error.charged is bench.charged(charged)
    assert error.message
    assert error.hint
    assert bench.secret not in f"{error} {error.detail} {error.raw!r}"
    assert len(bench.api.paid) == 1
    assert watch.events.count("sending") == 1


def test_moderation_has_its_own_kind(bench: Bench, watch: RecordingWatch) -> None:
    provider = bench.stage("moderation")
    with pytest.raises(ProviderError) as caught:
        provider.predict(bench.request, watch)
    assert caught.value.kind == "moderation"
    # A model whose time is billed may have run before its picture was refused.
    assert caught.value.charged is (YES if bench.name == "replicate" else NO)
    assert len(bench.api.paid) == 1


@pytest.mark.parametrize("row", ["ok", "url answer", "zero usage"])
def test_a_picture_is_stored_before_it_is_given_back(
    bench: Bench, watch: RecordingWatch, row: str
) -> None:
    prediction = bench.stage(row).predict(bench.request, watch)
    assert prediction.images == tuple(data for data, _ in watch.pictures)
    assert prediction.images[0].startswith(b"\x89PNG")
    assert watch.events[0] == "sending"
    if row == "zero usage":
        usage = prediction.usage
        assert usage is None or not (usage.image_out or usage.predict_microseconds)
        assert prediction.cost_micros is None


def test_a_rate_limit_is_waited_for_and_the_order_sent_again(
    bench: Bench, watch: RecordingWatch
) -> None:
    assert bench.stage("rate limit", "ok").predict(bench.request, watch).images
    assert len(bench.api.paid) == 2
    assert watch.events.count("sending") == 1


def test_fewer_pictures_than_asked_for_are_kept_and_told(
    bench: Bench, watch: RecordingWatch
) -> None:
    request = replace(bench.request, count=3)
    prediction = bench.stage("fewer images").predict(request, watch)
    assert len(prediction.images) == 1
    assert any("3" in warning for warning in prediction.warnings)


def test_wrong_bytes_are_kept(bench: Bench, watch: RecordingWatch) -> None:
    provider = bench.stage("wrong bytes")
    with pytest.raises(ProviderError) as caught:
        provider.predict(bench.request, watch)
    assert caught.value.raw
    assert [extension for _, extension in watch.pictures] == ["bin"]


@pytest.mark.parametrize("row", ["cancel while waiting", "cancel while polling"])
def test_a_cancel_ends_it_and_the_money_stays_uncertain(
    bench: Bench, watch: RecordingWatch, row: str
) -> None:
    provider = bench.stage(row)
    ended: list[Prediction | ProviderError] = []

    def run() -> None:
        with pytest.raises(ProviderError) as caught:
            provider.predict(bench.request, watch)
        ended.append(caught.value)

    thread = threading.Thread(target=run)
    thread.start()
    bench.api.wait_for_request()
    if row == "cancel while polling":
        bench.api.wait_for_request()
    watch.cancelled.set()
    thread.join(20)
    assert isinstance(ended[0], ProviderError)
    assert (ended[0].kind, ended[0].charged) == ("cancelled", bench.charged(UNKNOWN))
    assert len(bench.api.paid) == 1


def test_every_row_of_the_table_is_met_by_somebody() -> None:
    """A row that nobody can meet would be skipped everywhere, unseen."""
    with _openai() as bench:
        met = set(bench.scripts) | set(_REPLICATE_SCRIPTS)
    assert set(_REPLICATE_SCRIPTS) == met
    assert len(met) == 20
