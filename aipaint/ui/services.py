"""`Services`: what the window is given once it is on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Their rooms bring libraries that a window must not wait for.
    from aipaint.document.picture import Picture
    from aipaint.errors import AipaintError
    from aipaint.generation.generator import Generator
    from aipaint.generation.prompt_desk import PromptDesk
    from aipaint.ledger.ledger import Ledger
    from aipaint.providers.offline_pack_shelf import PackShelf
    from aipaint.providers.openai_preset import OpenAIPreset
    from aipaint.providers.provider import Provider
    from aipaint.settings.brush_files import BrushFiles
    from aipaint.settings.secrets import KeyStore
    from aipaint.settings.settings import Settings
    from aipaint.tools.clicker import Clicker


@dataclass(frozen=True, eq=False)
class Services:
    """The functions are called on workers and raise AipaintError; `generator` is of the main
    thread, but for `budget` and `recent_jobs`, which are asked on workers as well.

    Without a database there is no `generator`, and `problem` says why: pictures can be opened and
    saved all the same. `ledger` is asked on workers as well; `reload_settings` reads them again as
    at the start. `keys` are asked on workers; `presets` are what an account can be;
    `reload_providers` makes them anew after keys or accounts changed, for the generator too."""

    generator: "Generator | None"
    open_picture: "Callable[[Path], Picture]"
    open_bytes: "Callable[[bytes, str], Picture]"
    save_ora: "Callable[[Picture, Path], None]"
    export_picture: "Callable[[Picture, Path], None]"
    providers: "Sequence[Provider]"
    settings: "Settings"
    sample_picture: Path
    brush_files: "BrushFiles"
    problem: "AipaintError | None" = None
    ledger: "Ledger | None" = None
    reload_settings: "Callable[[], Settings] | None" = None
    keys: "KeyStore | None" = None
    presets: "Sequence[OpenAIPreset]" = ()
    reload_providers: "Callable[[], tuple[Provider, ...]] | None" = None
    prompt_desk: "PromptDesk | None" = None
    packs: "PackShelf | None" = None  # models the user added
    clicker: "Clicker | None" = None
