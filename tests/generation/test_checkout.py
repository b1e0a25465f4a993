"""What is to be asked before a purchase, on a real ledger."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.generation.checkout import check_out, is_refused
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job
from aipaint.ledger.guard import Envelope, EnvelopeKind, Guard
from aipaint.pixels.rect import Rect
from tests.generation.workshop import do, edit, open_desk, photograph, picture_of
from tests.servers.images_api import ImagesApi

_PICTURE = picture_of(photograph(320, 240), Rect(80, 60, 100, 90))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ImagesApi() as api:
        yield open_desk(tmp_path / "home", api)


def _limit(desk: Desk, guard: Guard) -> None:
    desk.ledger.set_guard(guard, source="test")


def test_the_first_call_to_a_provider_is_asked_about_and_the_second_is_not(desk: Desk) -> None:
    first = check_out(_PICTURE, edit(), "", desk)
    assert first.reasons == ("It is the first paid call to openai.",)
    assert first.offer is None
    do(Job(edit(), _PICTURE), desk)
    assert check_out(_PICTURE, edit("another"), "", desk).reasons == ()
    batch = check_out(_PICTURE, edit("another", count=4), "", desk)
    assert any("batch: 4 pictures" in reason for reason in batch.reasons)


def test_the_same_again_is_offered_with_its_picture(desk: Desk) -> None:
    do(Job(edit(), _PICTURE), desk)
    again = check_out(_PICTURE, edit(), "", desk)
    assert again.offer is not None
    assert again.picture is not None
    assert again.picture.is_file()
    assert check_out(_PICTURE, edit(is_fresh=True), "", desk).offer is None


@pytest.mark.parametrize("kind", [EnvelopeKind.PROJECT, EnvelopeKind.PROVIDER])
def test_what_will_be_refused_is_not_asked_about(desk: Desk, kind: EnvelopeKind) -> None:
    name = "openai" if kind is EnvelopeKind.PROVIDER else "poster"
    guard = desk.ledger.guard
    _limit(desk, replace(guard, envelopes=(Envelope(kind, name, 10),)))
    assert check_out(_PICTURE, edit(), "poster", desk).reasons == ()
    _limit(desk, replace(guard, envelopes=(Envelope(kind, "another", 10),)))
    assert check_out(_PICTURE, edit(), "poster", desk).reasons


def test_a_limit_refuses_exactly_what_does_not_fit(desk: Desk) -> None:
    guard = desk.ledger.guard
    day = replace(guard.caps.day, limit_micros=500)
    _limit(desk, replace(guard, caps=replace(guard.caps, day=day)))
    status = desk.ledger.status()
    assert not is_refused(status, "openai", "", 500)
    assert is_refused(status, "openai", "", 501)


def test_a_paused_provider_is_refused_and_another_is_not(desk: Desk) -> None:
    desk.ledger.pause_provider("openai", "the account is empty.")
    status = desk.ledger.status()
    assert is_refused(status, "openai", "", 1)
    assert not is_refused(status, "replicate", "", 1)
