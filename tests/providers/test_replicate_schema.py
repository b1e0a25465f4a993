"""Any model by name: its schema is looked up, understood, and an order built from it."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aipaint.errors import CancelledError, UsageError
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.model_info import MaskConvention
from aipaint.providers.option_field import OptionKind
from aipaint.providers.replicate import Replicate
from aipaint.providers.replicate_options import ReplicateOptions
from aipaint.providers.replicate_schema import model_from_page
from aipaint.providers.request import Operation, Size
from tests.providers.openai_setup import GENERATE
from tests.providers.recording_watch import RecordingWatch
from tests.providers.replicate_corpus import real_models
from tests.providers.replicate_setup import PRESETS, TOKEN, inpaint, replicate_for
from tests.servers.replicate_api import ReplicateApi

_VERSION = "ab" * 32
_PAINTER = "somebody/painter"


def _page(properties: dict[str, Any], *, required: list[str], **more: Any) -> dict[str, Any]:
    source = {"type": "object", "properties": properties, "required": required}
    schemas = {"Input": source, "scheduler": {"enum": ["A", "B"], "type": "string"}}
    schema = {"components": {"schemas": schemas}}
    return {"latest_version": {"id": _VERSION, "openapi_schema": schema}, **more}


_URI = {"type": "string", "format": "uri"}
_PAGE = _page(
    {
        "prompt": {"type": "string", "x-order": 0},
        "init_image": {**_URI, "x-order": 1},
        "mask": {**_URI, "description": "Black areas are inpainted, white areas are kept."},
        "num_images": {"type": "integer", "minimum": 1, "maximum": 4, "default": 1},
        "width": {"enum": [256, 512, 768], "type": "integer", "default": 512},
        "height": {"enum": [256, 512, 768], "type": "integer", "default": 512},
        "scheduler": {"allOf": [{"$ref": "#/components/schemas/scheduler"}], "default": "A"},
        "seed": {"type": "integer"},
        "strength": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.8},
        "control_image": dict(_URI),
    },
    required=["prompt"],
)


@pytest.fixture
def api() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        server.models[_PAINTER] = _PAGE
        yield server


def test_a_model_by_name_is_looked_up_once_and_ordered_by_its_version(
    api: ReplicateApi, watch: RecordingWatch
) -> None:
    provider = replicate_for(api)
    request = inpaint(
        model=_PAINTER,
        size=Size(512, 512),
        count=2,
        seed=3,
        extra=(("scheduler", "B"), ("strength", "0.5")),
    )
    provider.predict(request, watch)
    provider.predict(request, watch)
    order = api.orders[0]
    assert order["version"] == _VERSION
    assert set(order["input"]) == {
        "prompt", "init_image", "mask", "num_images", "seed", "width", "height", "scheduler",
        "strength",
    }  # fmt: skip
    looked_up = [request for request in api.received if "/models/" in request.path]
    assert len(looked_up) == 1
    assert [info.id for info in provider.models()][-1] == _PAINTER


def test_fractions_of_a_looked_up_schema_are_numbers(
    api: ReplicateApi, watch: RecordingWatch
) -> None:
    """Answers about money are read as decimals; a page read so would lose them without a word."""
    properties = {
        "prompt": {"type": "string"},
        "strength": {"type": "number", "minimum": 0.05, "maximum": 1.5, "default": 0.8},
        "shift": {"type": "array", "items": {"anyOf": []}, "default": [0.5, 1.25]},
    }
    api.models["somebody/fine"] = _page(properties, required=["prompt"])
    provider = replicate_for(api)
    fields = {
        field.name: field for field in provider.describe("somebody/fine", watch).options or ()
    }
    strength = fields["strength"]
    assert (strength.minimum, strength.maximum, strength.default) == (0.05, 1.5, 0.8)
    assert fields["shift"].default == "[0.5, 1.25]"
    request = replace(GENERATE, model="somebody/fine", extra=(("strength", "0.02"),))
    with pytest.raises(UsageError, match=r"0\.05"):
        provider.predict(request, watch)
    assert not api.orders


def test_its_record_says_what_it_can_do(api: ReplicateApi, watch: RecordingWatch) -> None:
    provider = replicate_for(api)
    assert provider.model(_PAINTER).options is None
    info = provider.describe(_PAINTER, watch)
    assert provider.model(_PAINTER) == info
    assert info.mask is MaskConvention.BLACK
    assert info.max_count == 4
    assert info.needs_prompt
    assert info.has_seed
    assert Operation.GENERATE in info.operations
    assert (info.sizes.multiple, info.sizes.max_edge) == (256, 768)
    options = {field.name: field.kind for field in info.options or ()}
    assert options == {
        "scheduler": OptionKind.CHOICE,
        "strength": OptionKind.NUMBER,
        "control_image": OptionKind.FILE,
        "invert_mask": OptionKind.SWITCH,
    }
    assert dict(info.taken)["num_images"] == "--count"
    assert watch.events == []


def test_what_was_learned_is_known_after_a_restart_for_a_week(
    api: ReplicateApi, watch: RecordingWatch, tmp_path: Path
) -> None:
    now = datetime.now(UTC)

    def started(at: datetime) -> Replicate:
        options = ReplicateOptions(TOKEN, api.url, pages_folder=tmp_path / "pages")
        return Replicate(options, PRESETS, chance=random.Random(1), clock=lambda: at)

    learned = started(now).describe(_PAINTER, watch)
    assert started(now).model(_PAINTER) == learned
    assert started(now + timedelta(days=6)).describe(_PAINTER, watch) == learned
    assert len(api.received) == 1
    assert started(now + timedelta(days=8)).model(_PAINTER).options is None
    (kept,) = (tmp_path / "pages").iterdir()
    kept.write_bytes(b"damaged")
    assert started(now).model(_PAINTER).options is None
    assert started(now).describe(_PAINTER, watch) == learned
    assert len(api.received) == 2


def test_a_folder_that_cannot_be_written_stops_nothing(
    api: ReplicateApi, watch: RecordingWatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    options = ReplicateOptions(TOKEN, api.url, pages_folder=tmp_path / "file" / "pages")
    provider = Replicate(options, PRESETS, chance=random.Random(1))
    assert provider.describe(_PAINTER, watch).options


def test_a_fixed_version_of_a_model_is_looked_up_too(
    api: ReplicateApi, watch: RecordingWatch
) -> None:
    name = f"{_PAINTER}:{_VERSION}"
    replicate_for(api).predict(inpaint(model=name, size=Size(512, 512)), watch)
    assert api.orders[0]["version"] == _VERSION
    assert api.received[0].path == f"/v1/models/{_PAINTER}/versions/{_VERSION}"


def test_an_official_model_is_ordered_by_its_name(api: ReplicateApi, watch: RecordingWatch) -> None:
    api.models[_PAINTER] = {**_PAGE, "is_official": True}
    replicate_for(api).predict(inpaint(model=_PAINTER, size=Size(512, 512)), watch)
    assert api.paid[0].path == f"/v1/models/{_PAINTER}/predictions"


def test_a_bad_option_is_refused_after_the_look_and_before_the_order(
    api: ReplicateApi, watch: RecordingWatch
) -> None:
    for option in (("strength", "2"), ("strenght", "0.5"), ("num_images", "2")):
        with pytest.raises(UsageError, match=option[0]):
            replicate_for(api).predict(inpaint(model=_PAINTER, extra=(option,)), watch)
    assert api.paid == []


def test_a_model_that_is_not_there_costs_nothing(api: ReplicateApi, watch: RecordingWatch) -> None:
    with pytest.raises(ProviderError) as caught:
        replicate_for(api).predict(inpaint(model="nobody/nothing"), watch)
    assert (caught.value.kind, caught.value.charged) == ("model", Charged.NO)
    assert "nobody/nothing" in caught.value.message
    api.models["nobody/broken"] = {"latest_version": None}
    with pytest.raises(ProviderError) as unreadable:
        replicate_for(api).describe("nobody/broken", watch)
    assert (unreadable.value.kind, unreadable.value.charged) == ("bad_answer", Charged.NO)
    assert api.paid == []


def test_a_cancelled_look_is_no_purchase(api: ReplicateApi, watch: RecordingWatch) -> None:
    watch.cancelled.set()
    with pytest.raises(CancelledError):
        replicate_for(api).predict(inpaint(model=_PAINTER), watch)
    assert api.received == []


@pytest.mark.parametrize(
    ("description", "mask"),
    [
        ("Black areas will be preserved, white areas will be inpainted.", MaskConvention.WHITE),
        ("White pixels are inpainted and black pixels are preserved.", MaskConvention.WHITE),
        ("white areas will be modified and black preserved", MaskConvention.WHITE),
        ("Black pixels are inpainted, white pixels are preserved.", MaskConvention.BLACK),
        ("white pixels = keep, black pixels = discard", MaskConvention.BLACK),
        ("Should be black in areas that you wish to inpaint.", MaskConvention.BLACK),
        ("The mask.", MaskConvention.WHITE),
        ("", MaskConvention.WHITE),
    ],
)
def test_the_polarity_is_guessed_from_the_words(description: str, mask: MaskConvention) -> None:
    fields = {"image": _URI, "mask": {**_URI, "description": description}}
    model = model_from_page(_PAINTER, _page(fields, required=["image"]))
    assert model is not None
    assert model.info.mask is mask


@pytest.mark.parametrize(
    ("name", "fields", "operations"),
    [
        ("a/t2i", {"prompt": {"type": "string"}}, {"generate"}),
        ("a/rembg", {"image": _URI}, {"cutout"}),
        ("a/real-esrgan", {"img": _URI, "scale": {"type": "number"}}, {"upscale"}),
        ("a/edit", {"prompt": {"type": "string"}, "input_image": _URI},
         {"edit", "generate", "variations"}),
        ("a/many", {"prompt": {"type": "string"}, "image_input": {"type": "array", "items": _URI}},
         {"edit", "generate", "variations"}),
    ],
)  # fmt: skip
def test_what_a_model_can_do_is_guessed(
    name: str, fields: dict[str, Any], operations: set[str]
) -> None:
    model = model_from_page(name, _page(fields, required=[]))
    assert model is not None
    assert {operation.value for operation in model.info.operations} == operations
    assert model.wiring.is_image_list == (name == "a/many")


@pytest.mark.parametrize("page", [None, [], {}, {"latest_version": 3}, {"latest_version": []}])
def test_a_page_without_a_model_is_none(page: object) -> None:
    assert model_from_page(_PAINTER, page) is None


def test_real_models_get_a_record_that_hangs_together(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    pages = real_models(pytestconfig.cache.mkdir("replicate-models"))
    known = {preset.info.id: preset for preset in PRESETS}
    compared = 0
    for page in pages:
        model = model_from_page(f"{page['owner']}/{page['name']}", page)
        if model is None:
            continue
        info, wiring = model.info, model.wiring
        assert info.operations
        assert 1 <= info.max_count <= 10
        names = [name for name, _ in info.taken]
        assert len(set(names)) == len(names)
        assert not set(names) & {field.name for field in info.options or ()}
        assert (info.mask is MaskConvention.NONE) == (not wiring.mask)
        assert info.sizes.canvas_for(Size(300, 200))[0].width > 0
        if info.id in known:
            compared += 1
            preset = known[info.id]
            assert preset.info.mask is info.mask
            assert {field.name for field in preset.info.options or ()} - {"prompt_strength"} <= {
                field.name for field in info.options or ()
            }
    assert compared >= 7
