"""A scripted provider that gives ids, like one whose work takes minutes: no network, real rows."""

import random
import threading
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np

from aipaint.errors import CancelledError
from aipaint.generation.desk import Desk
from aipaint.pixels.encode import encode_image
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.openai_compat import OpenAICompatible
from aipaint.providers.openai_options import OpenAIOptions
from aipaint.providers.prediction import Prediction
from aipaint.providers.request import PredictionRequest
from aipaint.providers.watch import Watch
from tests.generation.workshop import open_desk

PATIENCE_SECONDS = 20


class RemoteProvider(OpenAICompatible):
    """Models and prices of the OpenAI ones. `purchases` counts what was bought; work ends when
    `finish` is set, or with `error`. `lost`: what a look-up finds."""

    def __init__(self) -> None:
        options = OpenAIOptions(api_key="sk-test", base_url="http://127.0.0.1:9/v1")
        super().__init__(options, chance=random.Random(1))
        self.purchases = 0
        self.resumed: list[str] = []
        self.finish = threading.Event()
        self.accepted = threading.Semaphore(0)
        self.error: BaseException | None = None
        self.lost: str | None = None
        self.gives_ids = True

    def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
        watch.sending()
        self.purchases += 1
        if self.gives_ids:
            watch.accepted(f"remote-{self.purchases}")
        self.accepted.release()
        return self._wait(request, watch)

    def resume(self, remote_id: str, request: PredictionRequest, watch: Watch) -> Prediction:
        self.resumed.append(remote_id)
        return self._wait(request, watch)

    def find_lost(
        self,
        request: PredictionRequest,
        sent_at_micros: int,
        watch: Watch,
        known: Collection[str] = (),
    ) -> str | None:
        assert sent_at_micros > 0
        assert request.images
        return None if self.lost in known else self.lost

    def _wait(self, request: PredictionRequest, watch: Watch) -> Prediction:
        while not self.finish.wait(0.01):
            if watch.cancelled.is_set():
                raise CancelledError("Cancelled.")
        if self.error is not None:
            raise self.error
        size = request.size
        assert size is not None
        png = encode_image(np.full((size.height, size.width, 4), 255, np.uint8), ".png")
        watch.arrived(png, "png")
        return Prediction((png,), cost_micros=31_000)


def remote_desk(home: Path, provider: RemoteProvider) -> Desk:
    """A desk whose online provider is the scripted one."""
    desk = open_desk(home, None)
    return replace(desk, providers={**desk.providers, "openai": provider})


def unpaid_failure() -> ProviderError:
    return ProviderError("It failed before it started.", kind="server", charged=Charged.NO)
