"""Which addresses of bought pictures are followed, and where the key goes."""

import random
import threading

import pytest

from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.http import HttpClient
from aipaint.providers.http_call import HttpAnswer
from aipaint.providers.openai_answer import read_images_answer
from aipaint.providers.picture_download import PictureDownload
from aipaint.providers.retries import RetryPolicy
from tests.servers.images_api import ImagesApi, trusting_tls

KEY = "sk-test-0123456789"


def download_for(api: ImagesApi) -> PictureDownload:
    client = HttpClient(api.url, {"Authorization": KEY}, 20.0, tls=trusting_tls())
    stop = client.until(threading.Event())
    policy = RetryPolicy(attempts=2, first_pause_seconds=0.01)
    return PictureDownload(client, api.url, stop, policy, random.Random(1))


def test_a_redirect_on_the_own_host_is_followed(api: ImagesApi) -> None:
    api.redirects["/moved"] = api.publish(b"picture")
    assert download_for(api).fetch(f"{api.origin}/moved", b"") == b"picture"


def test_redirects_in_circles_end(api: ImagesApi) -> None:
    api.redirects["/moved"] = f"{api.origin}/moved"
    with pytest.raises(ProviderError, match="circles"):
        download_for(api).fetch(f"{api.origin}/moved", b"")
    assert len(api.received) == 4


def test_the_own_host_on_another_port_gets_no_key(api: ImagesApi) -> None:
    with ImagesApi() as files:
        address = files.publish(b"picture")
        assert download_for(api).fetch(address, b"") == b"picture"
        assert "Authorization" not in files.received[0].headers
    assert download_for(api).fetch(api.publish(b"own"), b"") == b"own"
    assert api.received[0].headers["Authorization"] == KEY


def test_a_foreign_private_host_is_never_asked_even_over_a_redirect(api: ImagesApi) -> None:
    with ImagesApi(is_https=True) as inside:
        address = inside.publish(b"secret").replace("127.0.0.1", "127.0.0.2")
        api.redirects["/moved"] = address
        for named in (address, f"{api.origin}/moved"):
            with pytest.raises(ProviderError, match="private network") as caught:
                download_for(api).fetch(named, b"the answer")
            assert (caught.value.charged, caught.value.raw) == (Charged.YES, b"the answer")
        assert inside.received == []


def test_a_hundred_pictures_instead_of_one_do_not_fill_the_memory() -> None:
    data = [{"url": f"https://files.example/{number}.png"} for number in range(100)]
    answer = HttpAnswer(200, {}, b"")
    found = read_images_answer({"data": data}, answer).pictures
    assert found == tuple(item["url"] for item in data[:16])


def test_a_picture_without_end_is_not_read_further(api: ImagesApi) -> None:
    place = api.publish(bytes(41 * 1024 * 1024))
    with pytest.raises(ProviderError, match="larger than") as caught:
        download_for(api).fetch(place, b"")
    assert caught.value.charged is Charged.YES
