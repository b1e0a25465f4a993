"""An optional field that a server refuses is left out once, remembered, and said."""

from dataclasses import replace

import pytest

from aipaint.providers.errors import ProviderError
from tests.providers.openai_setup import GENERATE, provider_for
from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import ImagesApi, fixed, unknown_parameter

ASKED = replace(GENERATE, quality="low", extra=(("background", "opaque"), ("moderation", "low")))


@pytest.mark.parametrize(
    "refusal",
    [
        unknown_parameter("background"),
        fixed(400, b'{"error": "field \'background\' is not supported"}'),
        fixed(422, b'{"detail": [{"loc": ["body", "background"], "msg": "extra field"}]}'),
    ],
)
def test_it_is_sent_again_without_the_field_and_never_with_it(
    api: ImagesApi, watch: RecordingWatch, refusal: object
) -> None:
    provider = provider_for(api)
    api.script(refusal)  # type: ignore[arg-type]
    prediction = provider.predict(ASKED, watch)
    assert prediction.images
    assert any('"background"' in warning for warning in prediction.warnings)
    assert watch.events.count("sending") == 1
    assert [end.result.value for end in watch.attempts if end] == ["refused", "answered"]
    again = provider.predict(ASKED, watch)
    assert again.warnings == prediction.warnings
    sent = ["background" in request.json for request in api.paid]
    assert sent == [True, False, False]
    assert all(request.json["moderation"] == "low" for request in api.paid)
    provider.predict(replace(ASKED, model="gpt-image-2"), watch)
    assert "background" in api.paid[-1].json  # it is remembered of the model, not of the server


def test_only_once(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script(unknown_parameter("background"), unknown_parameter("moderation"))
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(ASKED, watch)
    assert "moderation" in caught.value.message
    assert len(api.paid) == 2


@pytest.mark.parametrize("name", ["quality", "size", "prompt", "model", "n", "seed"])
def test_what_changes_the_price_or_was_not_sent_is_never_left_out(
    api: ImagesApi, watch: RecordingWatch, name: str
) -> None:
    api.script(unknown_parameter(name))
    with pytest.raises(ProviderError):
        provider_for(api).predict(ASKED, watch)
    assert len(api.paid) == 1


def test_a_failure_that_may_have_been_paid_is_not_sent_again(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(fixed(500, b'{"error": {"message": "bad", "param": "background"}}'))
    with pytest.raises(ProviderError):
        provider_for(api).predict(ASKED, watch)
    assert len(api.paid) == 1
