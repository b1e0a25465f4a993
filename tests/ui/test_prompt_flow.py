"""A model that is chosen is looked up once: what it takes, and what its service asks for it."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aipaint.app import read_settings, reload_providers
from aipaint.document.picture import blank_picture
from aipaint.settings.account import AccountSetting
from aipaint.settings.save_settings import save_settings
from tests.generation.workshop import open_desk
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, make_rig

_MODEL = "openai/gpt-image-2"
_TOKENS = {"billable": "output_image", "unit": "token", "cost_usd": 0.00003}


@pytest.fixture
def router() -> Iterator[ImagesApi]:
    with ImagesApi(dialect="openrouter") as api:
        api.documents = {
            "/v1/images/models": {
                "data": [
                    {
                        "id": _MODEL,
                        "supported_parameters": {
                            "quality": {"type": "enum", "values": ["low", "high"]},
                            "size": {"type": "enum", "values": ["1024x1024"]},
                        },
                    }
                ]
            },
            "/v1/models?output_modalities=image": {"data": []},
            f"/v1/images/models/{_MODEL}/endpoints": {"endpoints": [{"pricing": [_TOKENS]}]},
        }
        yield api


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path, router: ImagesApi) -> Rig:
    home = tmp_path / "home"
    account = AccountSetting("router", preset="openrouter", base_url=router.url)
    home.mkdir()
    save_settings(home / "settings.toml", {}, accounts=[account])
    desk = open_desk(home, None)
    desk.keys.set(account.key_slot, "sk-router")
    reload_providers(read_settings(Namespace(), {"AIPAINT_HOME": str(home)}), desk)
    return make_rig(qtbot, home, desk)


def test_the_price_by_the_token_stands_on_the_button(rig: Rig, router: ImagesApi) -> None:
    rig.inside.show_canvas()
    rig.document.replace_picture(blank_picture(1024, 1024))
    panel = rig.inside.docks.prompt
    panel.prompt_edit.setPlainText("a red barn")
    panel.chooser.choose_provider("router")
    panel.chooser.choose_model(_MODEL)
    panel.refresh()
    assert not panel.generate_button.isEnabled()
    rig.wait(panel.generate_button.isEnabled)
    assert panel.generate_button.text().startswith("Generate — up to $0.0")
    assert rig.desk is not None
    day = rig.desk.clock().astimezone().date().isoformat()
    assert day in panel.cost_label.text()
    asked = [request.path for request in router.received]
    panel.refresh()
    rig.qtbot.wait(1_000)  # a look-up is started only once the fields rest
    assert [request.path for request in router.received] == asked
    assert asked.count(f"/v1/images/models/{_MODEL}/endpoints") == 1
    assert not router.paid
