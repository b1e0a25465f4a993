"""A picture that is still painted lies on the canvas, and goes when its job ends."""

import pytest

from tests.generation.workshop import photograph, picture_of
from tests.servers.images_api import ImagesApi, streams
from tests.ui.rig import Rig, answer


@pytest.mark.parametrize("ends", ["completed", "cut"])
def test_pictures_underway_are_seen_and_not_kept(online: Rig, api: ImagesApi, ends: str) -> None:
    api.script(streams(ends=ends))
    online.show_picture(picture_of(photograph(320, 240)))
    panel = online.inside.docks.prompt
    panel.prompt_edit.setPlainText("a red barn")
    panel.refresh()
    plain = panel.generate_button.text()
    panel.fields.details.options.show_values({"partial_images": "2"})
    panel.refresh()
    assert panel.generate_button.text() != plain  # each of them costs
    answer(online, "costDialog", "costConfirmButton")
    canvas, generator = online.inside.canvas, online.generator
    assert generator is not None
    seen: list[bool] = []
    generator.partial_arrived.connect(lambda _: seen.append(canvas.candidate_item.is_showing))
    with online.qtbot.waitSignal(generator.job_done, timeout=30_000):
        panel.generate_button.click()
    assert seen
    assert all(seen)
    assert len(online.document.picture.layers) == 1
    assert canvas.candidate_item.is_showing == (ends == "completed")
    assert bool(generator.candidates()) == (ends == "completed")
