"""Lists of models are kept for a day, their prices go into the book, refusals are remembered."""

import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from aipaint.app import read_settings, reload_providers
from aipaint.errors import CancelledError
from aipaint.generation.desk import Desk
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.job import Job
from aipaint.generation.kept_refusals import KeptRefusals
from aipaint.generation.model_list import listed_models, recall_models
from aipaint.ledger.errors import UnpricedModel
from aipaint.ledger.price import PriceRequest
from aipaint.providers.errors import ProviderError
from aipaint.providers.provider_shelf import ProviderShelf
from aipaint.settings.account import AccountSetting
from aipaint.settings.save_settings import save_settings
from tests.generation.workshop import do, edit, open_desk, photograph, picture_of
from tests.servers.images_api import ImagesApi, unknown_parameter


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, api: ImagesApi) -> Desk:
    return open_desk(tmp_path, api)


def _ids(desk: Desk, **more: bool) -> list[str]:
    found = listed_models(desk.provider("openai"), desk, FreeWatch(Event()), **more)
    return [model.id for model in found]


def test_a_list_is_asked_for_once_a_day(desk: Desk, api: ImagesApi) -> None:
    first = _ids(desk)
    api.models.append({"id": "gpt-image-9"})
    assert _ids(desk) == first
    assert len(api.received) == 1
    assert "gpt-image-9" in _ids(desk, is_fresh=True)
    database = sqlite3.connect(desk.home / "aipaint.db")
    database.execute("update models_cache set fetched_at = fetched_at - 86401000000")
    database.commit()
    database.close()
    _ids(desk)
    assert len(api.received) == 3


def test_what_was_listed_is_known_after_a_restart(
    desk: Desk, api: ImagesApi, tmp_path: Path
) -> None:
    api.models.append({"id": "gpt-image-9", "shutdown_date": "2027-01-31"})
    _ids(desk)
    again = open_desk(tmp_path, api)
    assert again.provider("openai").model("gpt-image-9").retires_at == ""
    recall_models(again)
    assert again.provider("openai").model("gpt-image-9").retires_at == "2027-01-31"
    assert len(api.received) == 1


def test_a_server_that_fails_is_told(desk: Desk, api: ImagesApi) -> None:
    api.documents["/v1/models"] = {"data": 5}
    with pytest.raises(ProviderError):
        _ids(desk)
    cancelled = Event()
    cancelled.set()
    with pytest.raises(CancelledError):
        listed_models(desk.provider("openai"), desk, FreeWatch(cancelled))


def test_listed_prices_let_a_model_be_bought(tmp_path: Path) -> None:
    with ImagesApi(dialect="openrouter") as api:
        api.documents = {
            "/v1/images/models": {"data": [{"id": "a/b"}, {"id": "a/tokens"}]},
            "/v1/models?output_modalities=image": {
                "data": [
                    {"id": "a/b", "pricing": {"image_output": "0.039", "image": "0.001"}},
                    {"id": "a/tokens", "pricing": {"completion": "0.00003"}},
                ]
            },
        }
        account = AccountSetting("router", preset="openrouter", base_url=api.url)
        save_settings(tmp_path / "settings.toml", {}, accounts=[account])
        desk = open_desk(tmp_path, None)
        desk.keys.set(account.key_slot, "sk-router")
        desk = _with_keys(desk, tmp_path)
        ask = PriceRequest("router", "a/b", "edit", 64, 64, count=2, input_images=1)
        with pytest.raises(UnpricedModel):
            desk.prices.estimate(ask)
        listed_models(desk.provider("router"), desk, FreeWatch(Event()))
        assert desk.prices.estimate(ask).micros == 2 * 39_000 + 1_000
        with pytest.raises(UnpricedModel):
            desk.prices.estimate(replace(ask, model="a/tokens"))


def _with_keys(desk: Desk, home: Path) -> Desk:
    """As the window does after a key was added."""
    settings = read_settings(Namespace(), {"AIPAINT_HOME": str(home)})
    before = desk.provider("router")
    assert "no key" in before.readiness()
    reload_providers(settings, desk)
    assert isinstance(desk.providers, ProviderShelf)
    assert desk.provider("router").readiness() == ""
    assert before.readiness()  # whoever holds the old one keeps it
    return desk


def test_a_refused_field_is_remembered_over_a_restart(
    desk: Desk, api: ImagesApi, tmp_path: Path
) -> None:
    api.script(unknown_parameter("background"))
    options = edit(extra=(("background", "opaque"),))
    outcome = do(Job(options, picture_of(photograph(64, 64))), desk)
    assert outcome.error is None
    assert any("background" in warning for warning in outcome.warnings)
    assert len(api.paid) == 2
    assert len(desk.ledger.entries(9)) == 1
    again = open_desk(tmp_path, api)
    do(Job(replace(options, is_fresh=True), picture_of(photograph(64, 64))), again)
    assert len(api.paid) == 3
    kept = KeptRefusals(again.history, "openai", again.clock)
    assert kept.of("gpt-image-2.5-flare") == {"background"}
    assert kept.of("gpt-image-2") == frozenset()
