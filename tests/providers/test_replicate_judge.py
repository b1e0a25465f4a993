"""The official Python client of Replicate talks to our server on loopback without a complaint, so
the server is a true one. The client is a judge in tests and nothing else."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from replicate.client import Client
from replicate.exceptions import ModelError, ReplicateError

from tests.providers.openai_setup import png_of
from tests.providers.replicate_setup import PRESETS, SDXL, TOKEN
from tests.servers import replicate_orders as service
from tests.servers.replicate_api import ReplicateApi

_VERSION = PRESETS[0].version
_PNG = png_of(np.zeros((64, 64, 3), np.uint8))


@pytest.fixture
def api() -> Iterator[ReplicateApi]:
    with ReplicateApi() as server:
        owner, _, name = SDXL.partition("/")
        server.models[SDXL] = {
            "url": f"{server.origin}/{SDXL}",
            "owner": owner,
            "name": name,
            "description": "From words to pictures",
            "visibility": "public",
            "run_count": 1,
            "latest_version": {
                "id": _VERSION,
                "created_at": "2025-01-01T00:00:00Z",
                "cog_version": "0.9",
                "openapi_schema": {"components": {"schemas": {}}},
            },
        }
        yield server


@pytest.fixture
def client(api: ReplicateApi) -> Iterator[Any]:
    made = Client(api_token=TOKEN, base_url=api.origin)
    made.poll_interval = 0.01
    yield made
    made._client.close()


def test_it_orders_uploads_polls_and_fetches(api: ReplicateApi, client: Any) -> None:
    given = {"prompt": "a fox", "image": io.BytesIO(_PNG), "num_outputs": 2}
    outputs = client.run(f"{SDXL}:{_VERSION}", input=given)
    assert len(outputs) == 2
    # It fetches https and data addresses only; ours is on loopback and stays an address.
    assert all(place.startswith(f"{api.origin}/delivery/") for place in outputs)
    assert api.orders[0]["version"] == _VERSION
    assert [request.path for request in api.received if request.path == "/v1/files"]


def test_it_orders_an_official_model_by_name(api: ReplicateApi, client: Any) -> None:
    output = client.run("black-forest-labs/flux-kontext-pro", input={"prompt": "a fox"})
    assert output.startswith(api.origin)
    assert api.paid[0].path == "/v1/models/black-forest-labs/flux-kontext-pro/predictions"


def test_it_lists_reloads_and_cancels(api: ReplicateApi, client: Any) -> None:
    api.script(service.never_ends())
    prediction = client.predictions.create(version=_VERSION, input={"prompt": "x"})
    assert prediction.status == "starting"
    prediction.reload()
    assert prediction.status == "processing"
    assert prediction.progress.percentage == 0.5
    prediction.cancel()
    prediction.reload()
    assert prediction.status == "canceled"
    assert [row.id for row in client.predictions.list()] == [prediction.id]
    assert client.predictions.get(prediction.id).id == prediction.id


def test_it_reads_a_model_and_the_account(client: Any) -> None:
    model = client.models.get(SDXL)
    assert (model.owner, model.latest_version.id) == ("stability-ai", _VERSION)
    assert model.versions.get(_VERSION).openapi_schema
    assert client.accounts.current().username == "acme"


def test_it_understands_the_refusals_and_the_failed_run(api: ReplicateApi, client: Any) -> None:
    api.script(service.no_credit(), service.moderated())
    with pytest.raises(ReplicateError) as refused:
        client.predictions.create(version=_VERSION, input={"prompt": "x"})
    assert (refused.value.status, refused.value.title) == (402, "Insufficient credit")
    with pytest.raises(ModelError, match="NSFW"):
        client.run(f"{SDXL}:{_VERSION}", input={"prompt": "x"})
