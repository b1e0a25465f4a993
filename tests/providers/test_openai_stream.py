"""Answers in events: pictures on their way, the bought ones, and streams that break off."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.errors import UsageError
from aipaint.money import Usage
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.event_stream import EventStream
from tests.providers.openai_setup import GENERATE, edit, provider_for
from tests.providers.recording_watch import RecordingWatch
from tests.servers.images_api import ImagesApi, pictures, streams

STREAMED = replace(GENERATE, extra=(("partial_images", "2"),))


def test_pictures_on_their_way_are_shown_and_not_bought(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(streams())
    prediction = provider_for(api).predict(STREAMED, watch)
    assert api.received[0].json["stream"] is True
    assert api.received[0].json["partial_images"] == 2
    assert watch.events[:4] == ["sending", "partial 0", "partial 1", "arrived png"]
    assert len(watch.partials) == 2
    assert prediction.images == (watch.pictures[0][0],)
    assert prediction.usage == Usage(30, 1100, 196, 0)


def test_an_edit_streams_too_and_a_connection_that_stays_open_does_not_hold_it_up(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(streams(ends="open"))
    request = edit(extra=(("stream", "true"),))
    assert len(provider_for(api).predict(request, watch).images) == 1
    assert [end.result.value for end in watch.attempts if end] == ["answered"]
    assert api.received[0].fields["stream"] == "true"
    assert "partial_images" not in api.received[0].fields


def test_a_server_that_answers_plainly_is_understood(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script(pictures())
    assert provider_for(api).predict(STREAMED, watch).images
    assert watch.partials == []


def test_several_pictures_are_added_up(api: ImagesApi, watch: RecordingWatch) -> None:
    api.script(streams())
    prediction = provider_for(api).predict(replace(STREAMED, count=2), watch)
    assert len(prediction.images) == 2
    assert prediction.usage == Usage(60, 2200, 392, 0)


def test_a_stream_cut_before_its_picture_may_have_been_charged(
    api: ImagesApi, watch: RecordingWatch
) -> None:
    api.script(streams(ends="cut"))
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(STREAMED, watch)
    assert (caught.value.kind, caught.value.charged) == ("bad_answer", Charged.UNKNOWN)
    assert len(api.paid) == 1
    assert watch.pictures == []


@pytest.mark.parametrize("ends", ["cut", "broken"])
def test_what_had_come_before_the_cut_is_kept(
    api: ImagesApi, watch: RecordingWatch, ends: str
) -> None:
    api.script(streams(ends=ends))
    prediction = provider_for(api).predict(replace(STREAMED, count=3), watch)
    assert len(prediction.images) == 2
    assert "3 pictures were asked for, 2 arrived." in prediction.warnings


@pytest.mark.parametrize(("partials", "charged"), [(0, Charged.NO), (1, Charged.UNKNOWN)])
def test_an_error_event_is_free_only_if_nothing_had_begun(
    api: ImagesApi, watch: RecordingWatch, partials: int, charged: Charged
) -> None:
    error = {"error": {"message": "No.", "code": "moderation_blocked"}}
    api.script(streams(ends="error", extra=error, partials=partials))
    with pytest.raises(ProviderError) as caught:
        provider_for(api).predict(STREAMED, watch)
    assert (caught.value.kind, caught.value.charged) == ("moderation", charged)
    assert len(api.paid) == 1


def test_no_partial_pictures_means_no_stream(api: ImagesApi, watch: RecordingWatch) -> None:
    provider_for(api).predict(replace(GENERATE, extra=(("partial_images", "0"),)), watch)
    assert "stream" not in api.received[0].json
    assert "partial_images" not in api.received[0].json
    with pytest.raises(UsageError, match="0 to 3"):
        provider_for(api).predict(replace(GENERATE, extra=(("partial_images", "4"),)), watch)


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8")), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.data(),
)
def test_events_are_the_same_however_they_are_cut(
    texts: list[str], newline: str, data: st.DataObject
) -> None:
    whole = "".join(
        f": comment{newline}event: x{newline}data: {text}{newline}{newline}" for text in texts
    ).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    stream = EventStream()
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True):
        found += stream.feed(whole[start:end])
    found += stream.end()
    assert [event.decode() for event in found] == [text for text in texts if text]
