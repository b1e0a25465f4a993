"""Every option a model may have becomes a field; what is typed there is checked and sent."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from aipaint.errors import UsageError
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.replicate_presets import load_presets
from aipaint.providers.schema_options import schema_options
from aipaint.settings.paths import resource
from aipaint.ui.panels.option_form import OptionForm
from tests.providers.replicate_corpus import real_models

_TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
_NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e6, 1e6, allow_nan=False))
_FIELDS = st.builds(
    OptionField,
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    kind=st.sampled_from(OptionKind),
    default=st.one_of(st.none(), _TEXT, st.booleans(), _NUMBERS),
    minimum=st.one_of(st.none(), _NUMBERS),
    maximum=st.one_of(st.none(), _NUMBERS),
    choices=st.lists(st.one_of(_TEXT, st.integers(), st.booleans()), max_size=4).map(tuple),
    is_nullable=st.booleans(),
    is_required=st.booleans(),
    is_list=st.booleans(),
    description=st.one_of(_TEXT, st.just("<b>bold</b> <img src=x>")),
)


@pytest.fixture
def form(qtbot: QtBot) -> OptionForm:
    made = OptionForm()
    qtbot.addWidget(made)
    return made


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_FIELDS, max_size=4, unique_by=lambda field: field.name))
def test_any_fields_make_a_form_in_which_nothing_is_set(
    form: OptionForm, fields: list[OptionField]
) -> None:
    form.show_fields(fields)
    assert form.count == len(fields)
    form.show_values({})
    assert form.values() == ()
    for widget in form.findChildren(QWidget):
        tip = widget.toolTip()
        assert "<img" not in tip.removeprefix("<qt>")  # what others wrote is no markup
    needed = [field for field in fields if field.is_required and field.default is None]
    assert bool(form.problem()) == bool(needed)


def test_every_preset_of_ours_has_a_form(form: OptionForm) -> None:
    for preset in load_presets(resource("replicate")):
        form.show_fields(preset.info.options or ())
        assert form.count == len(preset.info.options or ())


def test_real_models_of_others_have_forms(form: OptionForm, pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    models = real_models(pytestconfig.cache.mkdir("replicate-models"))
    schemas = [(model["latest_version"] or {}).get("openapi_schema") for model in models]
    built = [fields for schema in schemas if (fields := schema_options(schema))]
    shown = built[:: max(1, len(built) // 220)]
    assert len(shown) >= 200
    for fields in shown:
        form.show_fields(fields)
        assert form.count == len(fields)
        form.show_values({})
        assert form.values() == ()


def _kinds() -> list[OptionField]:
    return [
        OptionField("steps", OptionKind.WHOLE, default=28, minimum=1, maximum=50, order=0),
        OptionField("guidance_scale", OptionKind.NUMBER, minimum=0, maximum=10, order=1),
        OptionField("safe", OptionKind.SWITCH, default=True, order=2),
        OptionField("scheduler", OptionKind.CHOICE, choices=("DDIM", "K_EULER"), order=3),
        OptionField("style", OptionKind.TEXT, order=4),
        OptionField("token", OptionKind.SECRET, order=5),
        OptionField("more", OptionKind.JSON, order=6),
        OptionField("lora", OptionKind.FILE, order=7),
        OptionField("output_format", OptionKind.CHOICE, choices=("png", "webp"), order=8),
    ]


_TYPED = {
    "steps": "30",
    "guidance_scale": "7.5",
    "safe": "false",
    "scheduler": "K_EULER",
    "style": "<i>oil</i>",
    "token": "tok-canary",
    "more": '{"a": 1}',
    "lora": "https://example.com/x",
    "output_format": "webp",
}


def test_what_is_set_is_sent_and_nothing_else(form: OptionForm) -> None:
    form.show_fields(_kinds())
    form.show_values(_TYPED)
    assert dict(form.values()) == _TYPED
    assert not form.problem()
    assert "token" not in form.remembered()  # a secret is in no file
    assert form.remembered()["scheduler"] == "K_EULER"
    form.show_values({"steps": "30"})
    assert form.values() == (("steps", "30"),)


def test_what_is_typed_stays_where_another_model_has_the_field_too(form: OptionForm) -> None:
    form.show_fields(_kinds())
    form.show_values(_TYPED)
    form.show_fields([field for field in _kinds() if field.name in ("steps", "style")])
    assert dict(form.values()) == {"steps": "30", "style": "<i>oil</i>"}


def test_a_bad_value_is_named_before_anything_is_sent(form: OptionForm) -> None:
    form.show_fields(_kinds())
    for name, text in (("steps", "99"), ("guidance_scale", "much"), ("more", "{")):
        form.show_values({name: text})
        field = next(field for field in _kinds() if field.name == name)
        with pytest.raises(UsageError):
            field.value_of(text)
        assert field.takes() in form.problem()


def test_arrow_keys_step_through_a_range(form: OptionForm) -> None:
    form.show_fields(_kinds())
    steps = form.findChild(QLineEdit, "option_steps")
    assert steps is not None
    assert steps.placeholderText() == "28 (default)"
    QTest.keyClick(steps, Qt.Key.Key_Up)
    assert steps.text() == "29"
    form.show_values({"steps": "50"})
    QTest.keyClick(steps, Qt.Key.Key_Up)
    assert steps.text() == "50"


def test_common_options_come_first_and_all_have_names(form: OptionForm) -> None:
    form.show_fields(_kinds())
    boxes = [box.objectName() for box in form.findChildren(QComboBox)]
    assert boxes[0] == "option_output_format"
    secret = form.findChild(QLineEdit, "option_token")
    assert secret is not None
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    assert secret.accessibleName() == "Token"
