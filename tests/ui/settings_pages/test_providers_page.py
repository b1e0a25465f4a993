"""Accounts and keys through the real dialog, against a server on loopback."""

import threading
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from aipaint.providers.local_servers import LocalPlace, find_local_servers
from aipaint.settings.load_settings import SETTINGS_FILE
from aipaint.settings.settings import ENVIRONMENT
from aipaint.ui.settings_pages.providers_page import ProvidersPage
from aipaint.ui.settings_pages.refine_page import RefinePage
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig

_KEY = "sk-typed-canary"


def _page(rig: Rig) -> ProvidersPage:
    rig.trigger("edit.settings")
    rig.wait(lambda: rig.window.findChild(QDialog, "settingsDialog") is not None)
    page = rig.window.findChild(ProvidersPage)
    assert page is not None
    rig.wait(lambda: "Keys are kept" in page.form.key_note.text())
    return page


def _add(rig: Rig, name: str, url: str, key: str = _KEY) -> None:
    rig.find(QPushButton, "addAccountButton").click()
    for field, text in (
        ("accountNameEdit", name),
        ("accountUrlEdit", url),
        ("accountKeyEdit", key),
    ):
        edit = rig.find(QLineEdit, field)
        edit.setText(text)
        edit.textEdited.emit(text)  # as keys would


def _test(rig: Rig, page: ProvidersPage) -> str:
    rig.find(QPushButton, "testAccountButton").click()
    said = page.form.outcome
    rig.wait(lambda: bool(said.text()) and not said.text().endswith("…"))
    return said.text()


def test_a_key_is_tested_for_free_and_in_use_at_once(rig: Rig, api: ImagesApi) -> None:
    page = _page(rig)
    _add(rig, "work", api.url)
    said = _test(rig, page)
    assert "works" in said
    assert [request.method for request in api.received] == ["GET"]  # nothing that costs
    assert f"Bearer {_KEY}" in api.received[0].headers.values()
    combo = rig.find(QComboBox, "providerCombo")
    assert combo.findData("work") >= 0
    assert rig.desk is not None
    assert not rig.desk.provider("work").readiness()
    stored = (rig.desk.home / SETTINGS_FILE).read_text()
    assert 'name = "work"' in stored
    for path in rig.desk.home.rglob("*"):
        assert not path.is_file() or _KEY.encode() not in path.read_bytes()
    assert "until the program ends" in page.form.key_note.text()  # no key store here
    assert page.form.key.text() == ""
    assert page.form.key.placeholderText() == "A key is stored; type to replace it"


def test_a_test_that_fails_says_so_and_an_account_goes_with_its_key(rig: Rig) -> None:
    page = _page(rig)
    _add(rig, "home", "http://127.0.0.1:9/v1")
    said = _test(rig, page)
    assert "works" not in said
    assert page.form.outcome.property("tone") == "danger"
    assert rig.desk is not None
    assert rig.desk.keys.get("account:home") == _KEY
    rig.find(QPushButton, "removeAccountButton").click()
    assert page.save()
    desk = rig.desk
    rig.wait(lambda: "home" not in desk.providers)
    assert desk.keys.get("account:home") is None
    rig.wait(lambda: rig.find(QComboBox, "providerCombo").findData("home") < 0)


def test_a_name_that_cannot_be_one_is_refused_with_a_sentence(rig: Rig, api: ImagesApi) -> None:
    page = _page(rig)
    for name in ("Größe!", "openai"):
        _add(rig, name, api.url)
        assert not page.save()
        assert name in page.message.text()
        rig.find(QPushButton, "removeAccountButton").click()
    assert page.save()


def test_servers_on_this_computer_become_accounts(rig: Rig, api: ImagesApi) -> None:
    page = _page(rig)
    api.models = [{"id": "sd-cpp-local"}]
    place = LocalPlace(api.port, "stable-diffusion.cpp", "sdcpp")
    page._take_servers(find_local_servers(threading.Event(), [place]))
    accounts = rig.find(QListWidget, "accountList")
    assert api.url in accounts.item(accounts.count() - 1).text()
    assert rig.find(QComboBox, "accountPresetCombo").currentData() == "sdcpp"
    assert "stable-diffusion.cpp" in page.found.text()
    page._take_servers(())
    assert "No server" in page.found.text()
    assert page.save()
    desk = rig.desk
    assert desk is not None
    rig.wait(lambda: "sdcpp" in desk.providers)
    assert not desk.provider("sdcpp").is_paid
    assert not desk.provider("sdcpp").readiness()  # it needs no key


def test_what_the_environment_says_cannot_be_edited(rig: Rig, qtbot: QtBot) -> None:
    hooks = _page(rig)._hooks
    fixed = {"openai_api_key": ENVIRONMENT, "openai_base_url": ENVIRONMENT}
    settings = replace(hooks.read(), sources=fixed)
    page = ProvidersPage(replace(hooks, read=lambda: settings))
    qtbot.addWidget(page)
    page.load()
    assert "AIE_OPENAI_API_KEY" in page.form.key_note.text()
    assert not page.form.key.isEnabled()
    assert not page.form.base_url.isEnabled()
    assert page.form.model.isEnabled()
    # The answer about keys comes a moment later, and changes nothing of that.
    rig.wait(lambda: bool(page._keys.where))
    assert "AIE_OPENAI_API_KEY" in page.form.key_note.text()


def test_what_refining_is_told_is_edited_and_taken_back(rig: Rig) -> None:
    _page(rig)
    page = rig.window.findChild(RefinePage)
    assert page is not None
    ours = page.instructions.text
    assert ours
    assert not page.reset.isEnabled()
    page.instructions.setPlainText("Answer in rhymes.")
    page.model.setText("gpt-5.4-mini")
    assert page.save()
    rig.wait(lambda: rig.window.prompt.refining._instructions == "Answer in rhymes.")
    page.load()
    assert page.model.text() == "gpt-5.4-mini"
    page.reset.click()
    assert page.save()
    rig.wait(lambda: rig.window.prompt.refining._instructions == "")
    assert rig.desk is not None
    assert "rhymes" not in (rig.desk.home / SETTINGS_FILE).read_text()
