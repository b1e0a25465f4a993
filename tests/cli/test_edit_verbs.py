"""`outpaint`, `variations`, `upscale`, `cutout` and the choice of crop and seam, as typed."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aipaint.cli.parser import parsed
from tests.cli.in_process import InProcess
from tests.cli.shell import shell_in
from tests.generation.workshop import opened, photograph
from tests.servers.images_api import ImagesApi

Run = InProcess


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Without a key."""
    return InProcess(shell_in(tmp_path, None), monkeypatch, capsys)


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


def _save(path: Path, rgba: np.ndarray) -> None:
    Image.fromarray(rgba).save(path)


def test_outpaint_keeps_every_byte_and_paints_on_all_sides(run: Run, tmp_path: Path) -> None:
    before = photograph(200, 150)
    _save(tmp_path / "small.png", before)
    said = run(
        "outpaint", "small.png", "--left", "20", "--right", "10", "--top", "8", "--bottom", "30",
        "-o", "out.png", "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert (said.json["operation"], said.json["provider"]) == ("outpaint", "offline")
    assert said.json["actual_cost_usd"] == "0.00"
    after = opened(tmp_path / "out.png")
    assert after.shape == (188, 230, 4)
    assert (after[8:158, 20:220] == before).all()
    assert (after[..., 3] == 255).all()
    new = np.ones(after.shape[:2], bool)
    new[8:158, 20:220] = False
    assert after[new][:, :3].std() > 10
    # Its own result can be painted on in turn.
    again = run("outpaint", "out.png", "--top", "12", "-o", "more.png")
    assert again.code == 0, again.err
    assert (opened(tmp_path / "more.png")[12:] == after).all()


def test_a_document_is_read_as_it_looks(run: Run, tmp_path: Path) -> None:
    assert run("project", "export", "photo.png", "photo.ora").code == 0
    said = run("remove", "photo.ora", "--mask", "mask.png", "-o", "of-ora.png")
    assert said.code == 0, said.err
    assert run("remove", "photo.png", "--mask", "mask.png", "-o", "of-png.png").code == 0
    assert (opened(tmp_path / "of-ora.png") == opened(tmp_path / "of-png.png")).all()
    (tmp_path / "broken.ora").write_bytes(b"PK")
    said = run("upscale", "broken.ora")
    assert said.code == 2
    assert "broken.ora" in said.err


def test_words_for_outpaint_need_a_model_that_understands_them(run: Run) -> None:
    for words in (
        ("outpaint", "photo.png", "a lake", "--right", "64"),
        ("outpaint", "photo.png", "a lake", "--right", "64", "--provider", "offline"),
        ("outpaint", "photo.png", "--right", "64", "a lake"),
        ("variations", "photo.png", "a lake"),
    ):
        said = run(*words)
        assert said.code == 2, said.out
        assert "AIE_OPENAI_API_KEY" in said.err
    assert run("outpaint", "photo.png").code == 2
    assert run("outpaint", "photo.png", "--left", "-4").code == 2
    assert run("outpaint", "photo.png", "--left", "9999999").code == 2


def test_outpaint_with_words_is_bought_with_the_new_part_as_its_mask(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    api: ImagesApi,
) -> None:
    run = InProcess(shell_in(tmp_path, api), monkeypatch, capsys)
    said = run("outpaint", "photo.png", "a lake", "--right", "160", "-o", "out.png", "--json")
    assert said.code == 0, said.err
    (sent,) = api.paid
    assert "a lake" in sent.fields["prompt"]
    mask = opened(sent.part("mask").data)
    assert (mask[:480, :640, 3] == 255).all()
    assert (mask[:480, 640:800, 3] == 0).all()
    before, after = opened(tmp_path / "photo.png"), opened(tmp_path / "out.png")
    assert after.shape == (480, 800, 4)
    assert (after[:, :640] == before).all()
    assert (after[..., 3] == 255).all()
    again = run("jobs", "rerun", said.json["job_id"], "--fresh", "-o", "again.png")
    assert again.code == 0, again.err
    assert len(api.paid) == 2
    assert api.paid[1].part("mask").data == sent.part("mask").data
    assert (opened(tmp_path / "again.png")[:, :640] == before).all()


@pytest.mark.parametrize("scale", ["2", "4"])
def test_upscale_gives_a_picture_that_many_times_as_large(
    run: Run, tmp_path: Path, scale: str
) -> None:
    before = photograph(90, 61)
    _save(tmp_path / "small.png", before)
    said = run("upscale", "small.png", "--scale", scale, "-o", "large.png")
    assert said.code == 0, said.err
    large = Image.open(tmp_path / "large.png").convert("RGB")
    assert large.size == (90 * int(scale), 61 * int(scale))
    small = np.asarray(large.resize((90, 61), Image.Resampling.BOX)).astype(int)
    assert np.abs(small - before[..., :3]).mean() < 6


def test_cutout_changes_alpha_alone(run: Run, tmp_path: Path) -> None:
    before = photograph(160, 120)
    before[..., :3] = 230
    rows, columns = np.mgrid[:120, :160]
    is_ball = np.hypot(columns - 80, rows - 60) < 36
    before[is_ball, :3] = (170, 30, 40)
    _save(tmp_path / "ball.png", before)
    said = run("cutout", "ball.png", "-o", "cut.png")
    assert said.code == 0, said.err
    after = opened(tmp_path / "cut.png")
    assert (after[..., :3] == before[..., :3])[after[..., 3] > 0].all()
    right = (after[..., 3] > 127) == is_ball
    assert right.mean() > 0.97
    refused = run("cutout", "ball.png", "-o", "cut.jpg")
    assert refused.code == 2
    assert "transparency" in refused.err


def test_variations_differ_by_their_seed_and_not_at_all_with_one(run: Run, tmp_path: Path) -> None:
    said = run("variations", "photo.png", "--count", "2", "--seed", "7", "-o", "v.png", "--json")
    assert said.code == 0, said.err
    assert len(said.json["images"]) == 2
    first, second = opened(tmp_path / "v.png"), opened(tmp_path / "v-2.png")
    assert first.shape == second.shape == (480, 640, 4)
    assert (first != second).any()
    run("variations", "photo.png", "--seed", "8", "-o", "w.png")
    assert (opened(tmp_path / "w.png") == second).all()


def test_variations_by_a_model_need_no_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    api: ImagesApi,
) -> None:
    run = InProcess(shell_in(tmp_path, api), monkeypatch, capsys)
    said = run("variations", "photo.png", "--provider", "openai", "--count", "2", "-o", "v.png")
    assert said.code == 0, said.err
    (sent,) = api.paid
    assert (sent.path, sent.fields["n"]) == ("/v1/images/edits", "2")
    assert "another version of this picture" in sent.fields["prompt"]
    assert all(part.name != "mask" for part in sent.parts)
    assert (opened(tmp_path / "v-2.png") != opened(tmp_path / "photo.png")).any()
    run("variations", "photo.png", "at night", "--provider", "openai", "-o", "n.png")
    assert api.paid[1].fields["prompt"] == "at night"


def test_crop_and_seam_are_kept_with_the_job(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    api: ImagesApi,
) -> None:
    run = InProcess(shell_in(tmp_path, api), monkeypatch, capsys)
    _save(tmp_path / "large.png", photograph(1300, 1000))
    mask = np.zeros((1000, 1300), np.uint8)
    mask[600:700, 700:800] = 255
    Image.fromarray(mask).save(tmp_path / "spot.png")
    words = ("edit", "large.png", "a red barn", "--mask", "spot.png", "--seam", "color", "--json")
    sizes = {}
    for crop in ("auto", "tight", "whole"):
        said = run(*words, "--crop", crop, "-o", f"{crop}.png", "--yes")
        assert said.code == 0, said.err
        width, height = api.paid[-1].fields["size"].split("x")
        sizes[crop] = int(width) * int(height)
        shown = run("jobs", "show", said.json["job_id"], "--json").json
        assert (shown["params"]["crop"], shown["params"]["seam"]) == (crop, "color")
    assert sizes["tight"] <= sizes["auto"] < 1024 * 1024 < 1300 * 1000 <= sizes["whole"]


def test_estimates_know_the_new_operations(run: Run) -> None:
    for words in (
        ("outpaint", "--right", "100"),
        ("upscale", "--scale", "4"),
        ("cutout",),
        ("variations",),
    ):
        said = run("estimate", *words, "--json")
        assert said.code == 0, said.err
        assert said.json["operation"] == words[0]
        assert (said.json["provider"], said.json["estimated_cost_usd"]) == ("offline", "0.00")


def test_a_prompt_may_stand_behind_the_options() -> None:
    assert parsed(["outpaint", "a.png", "--right", "5", "a lake"]).prompt == "a lake"
    assert parsed(["outpaint", "a.png", "a lake", "--right", "5"]).prompt == "a lake"
    assert parsed(["outpaint", "a.png", "--right", "5"]).prompt == ""
    for words in (
        ["outpaint", "a.png", "a lake", "--right", "5", "more"],
        ["outpaint", "a.png", "--right", "5", "--wrong"],
        ["cutout", "a.png", "words"],
        ["upscale", "a.png", "--scale", "3"],
        ["edit", "a.png", "a lake", "--crop", "wide"],
        ["edit", "a.png", "a lake", "--seam", "glue"],
    ):
        with pytest.raises(SystemExit):
            parsed(words)
