"""What the window believes after saving is what the next start reads."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.settings.errors import SettingsError
from aipaint.settings.load_settings import SETTINGS_FILE, load_settings
from aipaint.settings.reload_settings import reload_settings
from aipaint.settings.save_settings import save_settings
from aipaint.settings.settings import EnvelopeSetting
from aipaint.settings.with_changes import with_changes

_ENVIRON = {"AIE_BUDGET_MONTHLY_CAP": "7"}
_USD = st.integers(0, 10**11).map(lambda micros: str(Decimal(micros) / 10**6))
_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "daily_cap": _USD | st.none(),
        "monthly_cap": _USD | st.none(),
        "session_cap": _USD,
        "fuse": _USD,
        "tier_high": _USD,
        "ask_from_count": st.integers(0, 99).map(str),
        "jobs_at_once": st.integers(1, 8).map(str),
        "dedupe_ttl_seconds": st.integers(0, 10**6).map(str),
    },
)
_ENVELOPES = st.lists(
    st.builds(
        EnvelopeSetting,
        st.sampled_from(["provider", "project"]),
        st.text("abc ", min_size=1, max_size=4).filter(str.strip),
        st.integers(0, 10**9),
    ),
    max_size=4,
    unique_by=lambda each: (each.kind, each.name),
)


@settings(max_examples=60)
@given(changes=_CHANGES, envelopes=st.none() | _ENVELOPES)
def test_the_change_is_what_is_read_back(
    changes: dict[str, str | None], envelopes: list[EnvelopeSetting] | None
) -> None:
    with TemporaryDirectory() as home:
        (Path(home) / SETTINGS_FILE).write_text('daily_cap = 3\n[envelopes.project]\n"x" = 2\n')
        before = load_settings(_ENVIRON, {"home": home})
        believed = with_changes(before, changes, envelopes)
        save_settings(Path(home) / SETTINGS_FILE, changes, envelopes)
        assert believed == reload_settings(before, _ENVIRON)
        assert believed.monthly_cap.micros == 7_000_000  # the environment's stays


def test_what_cannot_be_used_is_refused(tmp_path: Path) -> None:
    before = load_settings({}, {"home": str(tmp_path)})
    with pytest.raises(SettingsError, match="daily_cap"):
        with_changes(before, {"daily_cap": "much"})


def test_what_the_command_line_said_is_still_said_after_reloading(tmp_path: Path) -> None:
    before = load_settings({}, {"home": str(tmp_path), "openai_model": "gpt-image-2"})
    (tmp_path / SETTINGS_FILE).write_text('openai_model = "another"\nfuse = 2\n')
    after = reload_settings(before, {})
    assert after.openai_model == "gpt-image-2"
    assert after.fuse_micros == 2_000_000
