"""A service that states prices per model is asked for one: free, once a day, never against the
user's own."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from aipaint.app import read_settings, reload_providers
from aipaint.generation.desk import Desk
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.model_list import listed_models
from aipaint.generation.options import GenerateOptions
from aipaint.generation.price_lookup import lacks_price, look_price_up
from aipaint.ledger.errors import UnpricedModel
from aipaint.ledger.own_prices import set_ceiling
from aipaint.providers.request import Operation
from aipaint.settings.account import AccountSetting
from aipaint.settings.save_settings import save_settings
from tests.generation.workshop import open_desk, photograph, picture_of
from tests.servers.images_api import ImagesApi

_MODEL = "openai/gpt-image-2"
_PLACE = f"/v1/images/models/{_MODEL}/endpoints"
_ROWS = [
    {"billable": "input_text", "unit": "token", "cost_usd": 0.000005},
    {"billable": "input_image", "unit": "token", "cost_usd": 0.000008},
    {"billable": "output_image", "unit": "token", "cost_usd": 0.00003},
]
_EDIT = GenerateOptions(Operation.EDIT, "router", model=_MODEL, prompt="a barn", quality="low")


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi(dialect="openrouter") as server:
        server.documents = {
            _PLACE: {"id": _MODEL, "endpoints": [{"pricing": _ROWS}]},
            "/v1/images/models": {"data": [{"id": _MODEL}]},
            "/v1/models?output_modalities=image": {
                "data": [{"id": _MODEL, "pricing": {"image_output": "0.00004"}}]
            },
        }
        yield server


@pytest.fixture
def desk(tmp_path: Path, api: ImagesApi) -> Desk:
    account = AccountSetting("router", preset="openrouter", base_url=api.url)
    save_settings(tmp_path / "settings.toml", {}, accounts=[account])
    desk = open_desk(tmp_path, None)
    assert not lacks_price(desk.provider("router"), _MODEL, desk)  # nobody to ask without a key
    desk.keys.set(account.key_slot, "sk-router")
    reload_providers(read_settings(Namespace(), {"AIPAINT_HOME": str(tmp_path)}), desk)
    return desk


def _look(desk: Desk, model: str = _MODEL) -> None:
    look_price_up(desk.provider("router"), model, desk, FreeWatch(Event()))


def test_a_model_billed_by_tokens_needs_no_ceiling_of_ones_own(desk: Desk, api: ImagesApi) -> None:
    picture = picture_of(photograph(1024, 1024))
    with pytest.raises(UnpricedModel):
        desk.estimate(picture, _EDIT)
    _look(desk)
    quote = desk.estimate(picture, _EDIT)
    assert quote.source == "listed by openrouter for this model"
    assert quote.as_of == desk.clock().astimezone().date().isoformat()
    # The picture and its marked copy go out: 1600 tokens each at $8 a million.
    parts = {part.what: part.micros for part in quote.parts}
    assert parts["2 input pictures"] == 2 * 1600 * 8
    assert parts["1 picture"] == 196 * 30
    assert not api.paid


def test_it_is_asked_for_once_a_day(desk: Desk, api: ImagesApi) -> None:
    _look(desk)
    _look(desk)
    assert len(api.received) == 1
    api.documents[_PLACE]["endpoints"][0]["pricing"] = [{**_ROWS[2], "cost_usd": 0.00006}]
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    later = replace(desk, clock=lambda: tomorrow)
    assert lacks_price(later.provider("router"), _MODEL, later)
    _look(later)
    assert len(api.received) == 2
    picture = picture_of(photograph(1024, 1024))
    assert later.estimate(picture, _EDIT).parts[0].micros == 196 * 60


def test_the_list_counts_until_the_model_itself_was_asked(desk: Desk) -> None:
    listed_models(desk.provider("router"), desk, FreeWatch(Event()))
    picture = picture_of(photograph(1024, 1024))
    assert desk.estimate(picture, _EDIT).parts[0].micros == 196 * 40
    assert lacks_price(desk.provider("router"), _MODEL, desk)
    _look(desk)
    assert desk.estimate(picture, _EDIT).parts[0].micros == 196 * 30


def test_a_model_that_takes_only_proportions_counts_at_its_dearest_size(
    desk: Desk, api: ImagesApi
) -> None:
    ratios = {"aspect_ratio": {"type": "enum", "values": ["1:1"]}, "input_references": {"max": 4}}
    api.documents["/v1/images/models"] = {"data": [{"id": _MODEL, "supported_parameters": ratios}]}
    listed_models(desk.provider("router"), desk, FreeWatch(Event()))
    _look(desk)
    # 2880 by 2880, of which low quality takes 659 tokens.
    assert desk.estimate(picture_of(photograph(64, 64)), _EDIT).parts[0].micros == 659 * 30


def test_the_users_own_price_stands_and_nobody_is_asked(desk: Desk, api: ImagesApi) -> None:
    own = desk.home / "prices.toml"
    set_ceiling(own, "router", _MODEL, 99_000, desk.clock().date())
    desk.prices.reload()
    _look(desk)
    assert not api.received
    assert desk.estimate(picture_of(photograph(64, 64)), _EDIT).micros == 99_000


@pytest.mark.parametrize("answer", [None, {"endpoints": []}, {"endpoints": "none"}])
def test_a_service_that_says_nothing_leaves_the_model_blocked(
    desk: Desk, api: ImagesApi, answer: object
) -> None:
    if answer is None:
        del api.documents[_PLACE]  # 404
    else:
        api.documents[_PLACE] = answer
    _look(desk)
    with pytest.raises(UnpricedModel):
        desk.estimate(picture_of(photograph(64, 64)), _EDIT)
