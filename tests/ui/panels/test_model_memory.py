"""What was chosen for a model is there again at the next start."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aipaint.ui.panels.model_memory import ModelChoices, ModelMemory

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_CHOICES = st.builds(
    ModelChoices,
    preset=_TEXT,
    quality=_TEXT,
    size=_TEXT,
    seed=_TEXT,
    count=st.integers(1, 100),
    options=st.dictionaries(_TEXT, _TEXT, max_size=3),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TEXT, _TEXT, _CHOICES)
def test_choices_come_back_for_any_names(
    tmp_path: Path, provider: str, model: str, choices: ModelChoices
) -> None:
    memory = ModelMemory(tmp_path)
    memory.keep(provider, model, choices)
    memory.keep_last_model(provider, model)
    again = ModelMemory(tmp_path)
    assert again.choices(provider, model) == choices
    assert again.last_model(provider) == model
    assert again.choices(provider, f"{model}x") is None


def test_a_damaged_file_is_an_empty_one(tmp_path: Path) -> None:
    key = b"p".hex() + "/" + b"m".hex()
    for text in ('"{"', '"[1]"', '"{\\"count\\": \\"x\\", \\"options\\": 3}"', "\xff\x00"):
        group, name = key.split("/")
        (tmp_path / "models.ini").write_text(f"[{group}]\n{name}={text}\n", encoding="latin-1")
        found = ModelMemory(tmp_path).choices("p", "m")
        assert found in (None, ModelChoices())
