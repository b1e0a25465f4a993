"""Schemas become option fields: laws over any schema, real ones, and the odd forms by name."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.errors import UsageError
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.schema_options import schema_options
from tests.providers.replicate_corpus import real_models

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)  # fmt: skip
_WORDS = st.sampled_from(
    ["string", "integer", "number", "boolean", "array", "object", "null", "uri", "password", ""]
)
_PROP = st.dictionaries(
    st.sampled_from(
        ["type", "format", "enum", "default", "minimum", "maximum", "ge", "le", "nullable", "items",
         "allOf", "anyOf", "oneOf", "$ref", "x-order", "x-cog-secret", "description", "const"]
    ),
    _WORDS
    | _JSON
    | st.lists(_WORDS, max_size=3)
    | st.just("#/components/schemas/loop")
    | st.just([{"$ref": "#/components/schemas/loop"}])
    | st.just([{"type": "null"}, {"type": "integer", "minimum": "3"}]),
    max_size=6,
)  # fmt: skip


def _schema(**props: Any) -> dict[str, Any]:
    others = {
        "scheduler": {"enum": ["DDIM", "K_EULER"], "type": "string", "title": "scheduler"},
        "loop": {"allOf": [{"$ref": "#/components/schemas/loop"}]},
    }
    return {"components": {"schemas": {"Input": {"properties": props}, **others}}}


def _only(**prop: Any) -> OptionField:
    (field,) = schema_options(_schema(x=prop))
    return field


def _holds(field: OptionField) -> None:
    """What every widget builder may rely on."""
    hash(field)
    assert field.name.isprintable()
    assert bool(field.choices) == (field.kind is OptionKind.CHOICE)
    if field.minimum is not None and field.maximum is not None:
        assert field.minimum <= field.maximum
    for bound in (field.minimum, field.maximum):
        assert bound is None or math.isfinite(bound)
    expected: dict[OptionKind, tuple[type, ...]] = {
        OptionKind.WHOLE: (int,),
        OptionKind.NUMBER: (int, float),
        OptionKind.SWITCH: (bool,),
        OptionKind.TEXT: (str,),
        OptionKind.FILE: (str,),
        OptionKind.JSON: (str,),
        OptionKind.SECRET: (),
    }
    if field.default is not None:
        if field.kind is OptionKind.CHOICE:
            assert field.default in field.choices
        else:
            assert isinstance(field.default, expected[field.kind])
    assert field.takes()


@given(_JSON)
def test_no_schema_at_all_makes_it_fail(schema: object) -> None:
    assert schema_options(schema) == ()


@given(st.dictionaries(st.text(max_size=12), _PROP | _JSON, max_size=4))
def test_any_property_becomes_a_field_that_can_be_shown(props: dict[str, Any]) -> None:
    fields = schema_options(_schema(**props))
    for field in fields:
        _holds(field)
    named = [name for name in props if name and name.isprintable()]
    assert sorted(field.name for field in fields) == sorted(named)


@given(_PROP, st.text(max_size=10))
def test_a_typed_text_is_a_value_or_a_refusal(prop: dict[str, Any], text: str) -> None:
    field = _only(**prop)
    try:
        value = field.value_of(text)
    except UsageError:
        return
    if field.kind is OptionKind.CHOICE and value is not None:
        assert value in field.choices
    if field.kind in (OptionKind.WHOLE, OptionKind.NUMBER) and value is not None:
        assert field.minimum is None or value >= field.minimum
        assert field.maximum is None or value <= field.maximum


def test_real_schemas_build_without_a_failure(pytestconfig: pytest.Config) -> None:
    """At least two hundred of them; a JSON field is the exception."""
    assert pytestconfig.cache is not None
    models = real_models(pytestconfig.cache.mkdir("replicate-models"))
    schemas = [(model["latest_version"] or {}).get("openapi_schema") for model in models]
    built = [fields for schema in schemas if (fields := schema_options(schema))]
    assert len(built) >= 200
    every = [field for fields in built for field in fields]
    for field in every:
        _holds(field)
    unknown = [field for field in every if field.kind is OptionKind.JSON]
    assert len(unknown) < len(every) / 100


def test_an_enumeration_by_reference_is_a_choice() -> None:
    field = _only(
        allOf=[{"$ref": "#/components/schemas/scheduler"}], default="K_EULER", description="which"
    )
    assert (field.kind, field.choices) == (OptionKind.CHOICE, ("DDIM", "K_EULER"))
    assert (field.default, field.description) == ("K_EULER", "which")
    assert field.value_of("DDIM") == "DDIM"
    with pytest.raises(UsageError) as caught:
        field.value_of("ddim")
    assert "DDIM, K_EULER" in caught.value.hint


@pytest.mark.parametrize(
    ("prop", "kind"),
    [
        ({"type": "string"}, OptionKind.TEXT),
        ({"type": "string", "format": "uri"}, OptionKind.FILE),
        ({"type": "array", "items": {"type": "string", "format": "uri"}}, OptionKind.FILE),
        ({"type": "string", "format": "password", "x-cog-secret": True}, OptionKind.SECRET),
        ({"type": "integer", "minimum": 1}, OptionKind.WHOLE),
        ({"type": ["integer", "null"]}, OptionKind.WHOLE),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, OptionKind.NUMBER),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, OptionKind.NUMBER),
        ({"type": "boolean"}, OptionKind.SWITCH),
        ({"type": "integer", "enum": ["1", "2"]}, OptionKind.CHOICE),
        ({"type": "array", "items": {"anyOf": []}}, OptionKind.JSON),
        ({"type": "object"}, OptionKind.JSON),
        ({"$ref": "#/components/schemas/loop"}, OptionKind.JSON),
        ({"$ref": "#/components/schemas/nowhere"}, OptionKind.JSON),
        ({}, OptionKind.JSON),
    ],
)
def test_kinds(prop: dict[str, Any], kind: OptionKind) -> None:
    assert _only(**prop).kind is kind


def test_the_word_none_is_a_value_and_null_is_not() -> None:
    field = _only(enum=["None", "Auto", None], default="None")
    assert (field.choices, field.default, field.is_nullable) == (("None", "Auto"), "None", True)
    assert field.value_of("None") == "None"
    assert field.value_of("null") is None


def test_bounds_and_defaults_written_as_texts_count() -> None:
    field = _only(type="integer", minimum="1", le=50, default="28")
    assert (field.minimum, field.maximum, field.default) == (1, 50, 28)
    assert field.value_of("50") == 50
    for text in ("0", "51", "2.5", "many", "", "1_0", "٣"):
        with pytest.raises(UsageError):
            field.value_of(text)
    assert _only(type="number", minimum="low", maximum=float("nan")).minimum is None


def test_an_empty_choice_can_be_seen() -> None:
    assert _only(enum=["", "x"]).takes() == '"", x'


def test_order_and_what_is_required() -> None:
    schema = _schema(b={"type": "string", "x-order": 1}, a={"type": "string"}, c={"x-order": 0})
    schema["components"]["schemas"]["Input"]["required"] = ["a"]
    fields = schema_options(schema)
    assert [field.name for field in fields] == ["c", "b", "a"]
    assert [field.is_required for field in fields] == [False, False, True]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (OptionKind.SWITCH, "Yes", True),
        (OptionKind.SWITCH, "0", False),
        (OptionKind.NUMBER, "7.5", 7.5),
        (OptionKind.NUMBER, "1e2", 100),
        (OptionKind.JSON, '{"a": [1]}', {"a": [1]}),
        (OptionKind.FILE, "https://example.com/a.png", "https://example.com/a.png"),
        (OptionKind.TEXT, "", ""),
    ],
)
def test_typed_values(kind: OptionKind, text: str, value: object) -> None:
    assert OptionField("x", kind).value_of(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (OptionKind.SWITCH, "maybe"),
        (OptionKind.NUMBER, "nan"),
        (OptionKind.NUMBER, "inf"),
        (OptionKind.NUMBER, "1_0"),
        (OptionKind.JSON, "{"),
        (OptionKind.JSON, "NaN"),
        (OptionKind.FILE, "http://example.com/a.png"),
        (OptionKind.FILE, "/etc/passwd"),
    ],
)
def test_typed_nonsense_is_refused_with_what_it_takes(kind: OptionKind, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        OptionField("x", kind).value_of(text)
    assert text in caught.value.message
    assert "It takes" in caught.value.hint


def test_a_list_of_files_and_a_secret() -> None:
    files = OptionField("x", OptionKind.FILE, is_list=True)
    assert files.value_of("https://a/1.png https://a/2.png") == [
        "https://a/1.png",
        "https://a/2.png",
    ]
    secret = OptionField("key", OptionKind.SECRET, default=None)
    assert secret.value_of("abc") == "abc"
