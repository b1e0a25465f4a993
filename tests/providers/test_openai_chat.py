"""Words for words: what is sent to a chat model, what its answers cost, how they fail."""

import json

import pytest

from aipaint.errors import UsageError
from aipaint.money import Usage
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.openai_chat import MOST_TOKENS
from aipaint.providers.request import INSTRUCTIONS, Operation, PredictionRequest
from tests.providers.openai_setup import KEY, provider_for
from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import ImagesApi, fixed, pictures, rate_limited, unknown_parameter

REFINE = PredictionRequest(
    Operation.REFINE, "gpt-5.4-nano", "fox in snow", extra=((INSTRUCTIONS, "Be brief."),)
)


def test_a_question_is_bounded_and_has_no_temperature(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    prediction = provider_for(api).predict(REFINE, watch)
    sent = api.received[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["Authorization"] == f"Bearer {KEY}"
    assert sent.json == {
        "model": "gpt-5.4-nano",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "fox in snow"},
        ],
        "max_completion_tokens": MOST_TOKENS,
    }
    assert prediction.text == api.chat_text
    assert prediction.usage == Usage(text_in=40, text_out=20)
    assert watch.events == ["sending"]


def test_a_server_that_knows_the_old_name_of_the_limit_gets_it(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script_chat(unknown_parameter("max_completion_tokens"))
    assert provider_for(api).predict(REFINE, watch).text
    assert [set(request.json) for request in api.paid] == [
        {"model", "messages", "max_completion_tokens"},
        {"model", "messages", "max_tokens"},
    ]
    assert api.paid[1].json["max_tokens"] == MOST_TOKENS
    assert watch.events == ["sending"]


def test_a_rate_limit_is_waited_for(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script_chat(rate_limited("0.01"))
    assert provider_for(api).predict(REFINE, watch).text
    assert len(api.paid) == 2


@pytest.mark.parametrize(
    ("tree", "named"),
    [
        ({"choices": []}, "without any words"),
        ({"choices": [{"message": {"content": None}, "finish_reason": "length"}]}, "cut off"),
        ({}, "without any words"),
    ],
)
def test_an_answer_without_words_was_paid_for(
    api: ImagesApi, watch: RecordingWatch, tree: dict[str, object], named: str
) -> None:
    usage = {"usage": {"prompt_tokens": 40, "completion_tokens": 4000}}
    api.script_chat(fixed(200, json.dumps(tree | usage).encode()))
    with pytest.raises(ProviderError, match=named) as caught:
        provider_for(api).predict(REFINE, watch)
    assert caught.value.charged is Charged.YES
    assert caught.value.usage == Usage(text_in=40, text_out=4000)


def test_words_in_parts_are_joined(api: ImagesApi, watch: RecordingWatch) -> None:
    parts = [{"type": "text", "text": "a "}, {"type": "image"}, {"type": "text", "text": "fox"}]
    tree = {"choices": [{"message": {"content": parts}}], "usage": {"cost": 0.0001}}
    api.script_chat(fixed(200, json.dumps(tree).encode()))
    prediction = provider_for(api).predict(REFINE, watch)
    assert (prediction.text, prediction.cost_micros) == ("a fox", 100)


def test_nothing_is_asked_without_words(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script_chat(pictures())
    with pytest.raises(UsageError):
        provider_for(api).predict(PredictionRequest(Operation.REFINE, "m", "  "), watch)
    assert api.received == []
