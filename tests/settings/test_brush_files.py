"""Brushes as files: what comes out goes in again, and what is wrong gets a sentence."""

import os
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.errors import StorageError, UnreadableFileError, UsageError
from aipaint.pixels.brush import Brush, Grain, Smoothing
from aipaint.pixels.brush_preset import LIMITS, BrushPreset
from aipaint.pixels.response_curve import ResponseCurve
from aipaint.settings.brush_files import BrushFiles
from aipaint.settings.brush_toml import BRUSH_TOOLS, MOST_BYTES, preset_text, read_preset
from aipaint.settings.paths import resource

_INK = BrushPreset("Ink", "brush", Brush(size_pixels=12.5), "A line")
_NAMES = st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and text.isprintable())


@pytest.fixture
def files(tmp_path: Path) -> BrushFiles:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "10-ink.toml").write_text(preset_text(_INK), encoding="utf-8")
    return BrushFiles(shipped, tmp_path / "own")


def _names(files: BrushFiles) -> list[str]:
    return [stored.preset.name for stored in files.load().brushes]


@st.composite
def _brushes(draw: st.DrawFn) -> Brush:
    values: dict[str, object] = {}
    for field in fields(Brush):
        if field.name in LIMITS:
            low, high = LIMITS[field.name]
            whole = isinstance(field.default, int)
            number = st.integers(int(low), int(high)) if whole else st.floats(low, high)
            # As many digits as a file holds.
            text = f"{draw(number):.6g}"
            values[field.name] = int(text) if whole else float(text)
        elif isinstance(field.default, ResponseCurve):
            middle = draw(st.floats(0.01, 0.99).map(lambda x: float(f"{x:.6g}")))
            values[field.name] = ResponseCurve(((0, 0), (middle, middle), (1, 1)))
        elif isinstance(field.default, bool):
            values[field.name] = draw(st.booleans())
        else:
            values[field.name] = draw(st.sampled_from(type(field.default)))
    return Brush(**values)  # type: ignore[arg-type]


@given(_NAMES, st.sampled_from(BRUSH_TOOLS), _brushes())
def test_a_brush_survives_its_file(name: str, tool: str, brush: Brush) -> None:
    preset = BrushPreset(name.strip(), tool, brush, "what it is for")
    assert read_preset(preset_text(preset).encode(), "a.toml") == preset


def test_every_value_of_a_brush_is_written_and_has_limits() -> None:
    text = preset_text(_INK)
    for field in fields(Brush):
        assert f"\n{field.name} = " in text
        is_number = isinstance(field.default, int | float) and not isinstance(field.default, bool)
        assert is_number == (field.name in LIMITS)


def test_the_shipped_brushes_are_all_there_and_right(tmp_path: Path) -> None:
    stored = BrushFiles(resource("brushes"), tmp_path / "own").load()
    assert stored.problems == ()
    names = {one.preset.name for one in stored.brushes}
    wanted = "Pencil|Ink|Soft Round|Hard Round|Airbrush|Marker|Texture Chalk|Smudge|Clone|Round"
    assert set(wanted.split("|")) <= names
    by_name = {one.preset.name: one.preset for one in stored.brushes}
    assert by_name["Smudge"].tool == "smudge"
    assert by_name["Clone"].tool == "clone"
    assert by_name["Airbrush"].brush.dabs_per_second > 0
    assert by_name["Texture Chalk"].brush.grain is not Grain.NONE
    assert by_name["Round"].brush == Brush()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("this is = = not toml", "damaged"),
        ("[" * 50_000, "damaged"),
        ('format = 1\nname = "A"\n[brush]\nsize_pixels = 1e9', "from 1 to 1000"),
        ('format = 1\nname = "A"\n[brush]\nsize_pixels = nan', "from 1 to 1000"),
        ('format = 1\nname = "A"\n[brush]\nflow = true', "flow"),
        ('format = 1\nname = "A"\n[brush]\ngrain_scale = 1.5', "whole number"),
        ('format = 1\nname = "A"\n[brush]\npressure_to_size = 1', "true nor false"),
        ('format = 1\nname = "A"\n[brush]\ngrain = "sandpaper"', "paper, canvas"),
        ('format = 1\nname = "A"\n[brush]\nflow_curve = [[0, 0]]', "2 to 16 points"),
        ('format = 1\nname = "A"\n[brush]\nflow_curve = [[0, 0], [1, inf]]', "2 to 16 points"),
        ('format = 1\nname = "A"\n[brush]\nflow_curve = 3', "2 to 16 points"),
        ('format = 1\nname = "A"\n[brush]\nsparkle = 1', "sparkle"),
        ('format = 1\nname = "A"\nscript = "x"', "script"),
        ('format = 1\nname = "A"\ntool = "file.quit"', "file.quit"),
        ('format = 1\nname = "A"\ntool = []', "tool"),
        ('format = 1\nname = "A"\nbrush = 3', "table"),
        ('format = 1\nname = ""', "name"),
        ('format = 1\nname = "a\\nb"', "name"),
        (f'format = 1\nname = "{"x" * 61}"', "name"),
        ("format = 1\nname = 7", "called"),
        ('format = 2\nname = "A"', "version"),
        ('name = "A"', "version"),
        (f'format = 1\nname = "A"\nabout = "{"x" * 201}"', "description"),
    ],
)
def test_a_bad_file_gets_a_sentence(text: str, what: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_preset(text.encode(), "evil.toml")
    assert what in caught.value.message
    assert "evil.toml" in caught.value.message
    assert len(caught.value.message) < 300
    assert caught.value.hint


@given(st.binary(max_size=400))
def test_any_bytes_are_a_brush_or_a_sentence(data: bytes) -> None:
    with suppress(UnreadableFileError):
        assert read_preset(data, "any.toml").name


def test_a_huge_file_is_not_read_to_its_end(files: BrushFiles, tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(UnreadableFileError, match="too large"):
        files.import_file(huge)


def test_a_pipe_or_a_missing_file_does_not_hang(files: BrushFiles, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        files.import_file(tmp_path / "nowhere.toml")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        with pytest.raises(UnreadableFileError):
            files.import_file(tmp_path / "pipe.toml")


def test_one_bad_file_does_not_hide_the_others(files: BrushFiles, tmp_path: Path) -> None:
    files.save(replace(_INK, name="Mine"))
    (tmp_path / "own" / "bad.toml").write_text("nonsense = ")
    stored = files.load()
    assert [one.preset.name for one in stored.brushes] == ["Ink", "Mine"]
    assert len(stored.problems) == 1
    assert "bad.toml" in stored.problems[0]


def test_saving_a_shipped_brush_stands_before_it_and_deleting_brings_it_back(
    files: BrushFiles,
) -> None:
    files.save(replace(_INK, brush=Brush(size_pixels=99)))
    (stored,) = files.load().brushes
    assert (stored.preset.brush.size_pixels, stored.is_own, stored.is_changed) == (99, True, True)
    files.delete("ink")
    (stored,) = files.load().brushes
    assert (stored.preset, stored.is_own) == (_INK, False)
    with pytest.raises(UsageError, match="comes with aipaint"):
        files.delete("Ink")


def test_what_is_deleted_is_put_aside(files: BrushFiles, tmp_path: Path) -> None:
    for _ in range(2):
        files.save(replace(_INK, name="Mine"))
        files.delete("Mine")
    kept = sorted(path.name for path in (tmp_path / "own" / "deleted").iterdir())
    assert kept == ["mine-2.toml", "mine.toml"]
    assert _names(files) == ["Ink"]


def test_saving_twice_writes_one_file(files: BrushFiles, tmp_path: Path) -> None:
    files.save(replace(_INK, name="Mine"))
    files.save(replace(_INK, name="Mine", brush=Brush(flow=0.5)))
    assert len(list((tmp_path / "own").glob("*.toml"))) == 1
    assert files.load().brushes[1].preset.brush.flow == 0.5


def test_rename_keeps_the_values_and_refuses_taken_names(files: BrushFiles) -> None:
    files.save(replace(_INK, name="Mine"))
    assert files.rename("Mine", "  Yours ").name == "Yours"
    assert _names(files) == ["Ink", "Yours"]
    assert files.rename("Yours", "YOURS").name == "YOURS"
    with pytest.raises(UsageError, match="already"):
        files.rename("YOURS", "ink")
    with pytest.raises(UsageError, match="comes with aipaint"):
        files.rename("Ink", "Mine")
    with pytest.raises(UsageError, match="name"):
        files.rename("YOURS", "   ")


def test_copies_find_a_name(files: BrushFiles) -> None:
    assert [files.duplicate(_INK).name for _ in range(3)] == [
        "Ink copy", "Ink copy 2", "Ink copy 3",
    ]  # fmt: skip
    long = replace(_INK, name="y" * 60)
    files.save(long)
    assert len(files.duplicate(long).name) == 60


def test_export_and_import_make_the_same_brush(files: BrushFiles, tmp_path: Path) -> None:
    fancy = replace(_INK, brush=Brush(grain=Grain.PAPER, smoothing=Smoothing.STABILIZER))
    path = files.export(fancy, tmp_path / "out")
    assert path.name == "out.toml"
    imported = files.import_file(path)
    assert imported == replace(fancy, name="Ink 2")
    assert _names(files) == ["Ink", "Ink 2"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "con", "a/b\\c", "  …  ", "ü", "."])
def test_no_name_leads_out_of_the_folder(files: BrushFiles, tmp_path: Path, name: str) -> None:
    files.save(replace(_INK, name=name))
    (path,) = (tmp_path / "own").iterdir()
    assert path.stem.replace("-", "").isalnum()
    assert path.stem.isascii()
    assert path.stem != "con"
    assert name.strip() in _names(files)


def test_the_last_values_are_kept_beside_the_brush(files: BrushFiles) -> None:
    used = replace(_INK, brush=Brush(opacity=0.3))
    files.remember(used)
    files.remember(replace(used, brush=Brush(opacity=0.4)))
    stored = files.load()
    assert stored.brushes[0].preset == _INK
    assert [one.brush.opacity for one in stored.last_used] == [0.4]
    files.forget("Ink")
    assert files.load().last_used == ()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file is in its place")
    with pytest.raises(StorageError):
        BrushFiles(tmp_path, tmp_path / "own").save(_INK)
