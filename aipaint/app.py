"""The builder: makes every object once and hands it to whoever needs it.

Imports stand inside the functions: the window must be on the screen before databases, codecs and
HTTP are loaded, and a command must not load widgets at all.
"""

import logging
import os
import signal
import sys
import threading
import uuid
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from aipaint.errors import AipaintError

if TYPE_CHECKING:
    from aipaint.document.document import Document
    from aipaint.generation.desk import Desk
    from aipaint.generation.second_place import SecondPlace
    from aipaint.history.history import History
    from aipaint.ledger.open_books import Books
    from aipaint.pixels.worker_pool import WorkerPool
    from aipaint.providers.offline_pack_shelf import PackShelf
    from aipaint.providers.offline_with_packs import OfflineWithPacks
    from aipaint.providers.provider import Provider
    from aipaint.settings.settings import Settings
    from aipaint.ui.services import Services
    from aipaint.ui.window_shell import WindowShell

_LOG = logging.getLogger(__name__)
_FLAGS = ("home", "openai_api_key", "openai_base_url", "openai_model")
_FAULT = 1
_TRASH_DAYS = 30


def run_command(words: Sequence[str]) -> int:
    """A command without a window; its exit code. Ctrl+C and SIGTERM cancel what is running."""
    from aipaint.cli.main import run
    from aipaint.cli.output import bear_any_text, print_error
    from aipaint.cli.workplace import Workplace
    from aipaint.settings.log_file import start_log

    bear_any_text()
    cancelled = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: cancelled.set())

    def open_workplace(arguments: Namespace) -> Workplace:
        settings = read_settings(arguments)
        start_log(settings)
        return Workplace(settings, make_desk, cancelled)

    try:
        return run(words, open_workplace)
    except Exception:
        # The border of the program: a bug is logged with its traceback, the user gets a sentence.
        _LOG.exception("A command ended by a fault in the program")
        print_error(
            AipaintError(
                "This is a fault in aipaint.", "The log in the data folder has the details."
            )
        )
        return _FAULT


def run_window(arguments: Namespace) -> int:
    """Show the window, then load the rest behind it; returns when it is closed."""
    from aipaint.cli.exit_code import exit_code_of
    from aipaint.cli.output import print_error
    from aipaint.settings.log_file import start_log
    from aipaint.ui.application import check_screen, make_application
    from aipaint.ui.window_shell import WindowShell

    try:
        check_screen(os.environ)
        application = make_application(sys.argv[:1])
        settings = read_settings(arguments)
    except AipaintError as error:
        print_error(error)
        return exit_code_of(error)
    start_log(settings)
    sys.excepthook = _log_fault
    window = WindowShell(settings.home)
    files = [Path(name) for name in arguments.files]
    window.painted.connect(lambda: _furnish(window, settings, files))
    window.show()
    # Python sees signals only while it runs; a window that waits is woken by the next event.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    return application.exec()


def read_settings(arguments: Namespace, environ: Mapping[str, str] = os.environ) -> "Settings":
    """Command line over environment over settings file over default. Raises SettingsError."""
    from aipaint.settings.load_settings import load_settings

    typed = {flag: getattr(arguments, flag, None) for flag in _FLAGS}
    return load_settings(environ, {flag: value for flag, value in typed.items() if value})


def _furnish(window: "WindowShell", settings: "Settings", files: list[Path]) -> None:
    """Fill the window that is on the screen already, then load what works behind it."""
    from aipaint.document.document import Document
    from aipaint.document.picture import blank_picture
    from aipaint.tools.toolbox import Toolbox

    document = Document(blank_picture(1024, 768))
    window.furnish(document, Toolbox(document))
    _connect(window, document, settings, files)
    _keep_within_memory(document, settings, window)


def _keep_within_memory(document: "Document", settings: "Settings", window: "WindowShell") -> None:
    """Cold tiles and old undo records are packed, then spilled to a file that ends with us."""
    from PySide6.QtCore import QCoreApplication

    from aipaint.document.tile_keeper import MemoryBudget, TileKeeper
    from aipaint.pixels.spill_file import SpillFile

    file = SpillFile(settings.home / "cache")
    file.sweep()
    keeper = TileKeeper(MemoryBudget(), file, window.show_failure)
    document.keep_within(keeper)
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(keeper.close)


def make_desk(settings: "Settings") -> "Desk":
    """Open the data folder and make everything a job needs. Raises StorageError."""
    from aipaint.generation.desk import Desk
    from aipaint.generation.guard_of import guard_of
    from aipaint.generation.second_place import SecondPlace, usual_folders
    from aipaint.history.history import History
    from aipaint.ledger.ledger import Ledger
    from aipaint.ledger.open_books import open_books
    from aipaint.ledger.price_book import PriceBook
    from aipaint.make_providers import make_providers
    from aipaint.pixels.worker_pool import WorkerPool
    from aipaint.process_lock import ProcessLock, is_alive
    from aipaint.providers.provider_shelf import ProviderShelf
    from aipaint.settings.paths import resource
    from aipaint.settings.secrets import KeyStore

    session_id = uuid.uuid4().hex
    books = open_books(settings.home, resource("migrations"), _now)
    ledger = Ledger(books.database, guard_of(settings), session_id, _now, books.journal)
    history = History(books.database, settings.home, _now)
    second_place = SecondPlace(usual_folders(), settings.home)
    notes = _found_pictures(books, history, second_place, settings.home)
    workers = WorkerPool()
    offline = _offline_provider(settings, workers)
    keys = KeyStore()
    shelf = ProviderShelf(make_providers(settings, keys, history, offline, _now))
    prices = PriceBook.load(
        resource("prices.toml"),
        settings.home / "prices.toml",
        settings.home / "listed-prices.toml",
    )
    prices.names_of = shelf.price_names
    return Desk(
        providers=shelf,
        ledger=ledger,
        history=history,
        prices=prices,
        clock=_now,
        session_id=session_id,
        home=settings.home,
        is_alive=lambda owner: is_alive(settings.home / "locks", owner),
        process_lock=ProcessLock(settings.home / "locks" / f"{session_id}.lock"),
        workers=workers,
        keys=keys,
        second_place=second_place,
        notes=(*((books.note,) if books.note else ()), *notes),
    )


def _found_pictures(
    books: "Books", history: "History", second_place: "SecondPlace", home: Path
) -> tuple[str, ...]:
    """Bought pictures that an earlier session could not put into its tables; what to say of it."""
    from aipaint.generation.bring_home import bring_home
    from aipaint.process_lock import is_alive

    def is_at_work(owner: str) -> bool:
        return is_alive(home / "locks", owner)

    if books.is_after_crash:
        history.adopt_orphans(is_at_work)
    return bring_home(second_place, history, is_at_work)


def _offline_provider(settings: "Settings", workers: "WorkerPool") -> "OfflineWithPacks":
    from aipaint.providers.offline_packs import OfflinePacks
    from aipaint.providers.offline_with_packs import OfflineWithPacks

    return OfflineWithPacks(OfflinePacks(pack_shelf(settings)), workers)


def pack_shelf(settings: "Settings") -> "PackShelf":
    """The models a user added."""
    from aipaint.providers.offline_pack_record import load_pack_records
    from aipaint.providers.offline_pack_shelf import PackShelf
    from aipaint.settings.paths import resource

    return PackShelf(settings.home / "models", load_pack_records(resource("model_packs.toml")))


def reload_providers(settings: "Settings", desk: "Desk") -> "tuple[Provider, ...]":
    """On a worker: exchange the desk's providers for those of the settings and keys as they are
    now. Raises SettingsError."""
    from aipaint.generation.model_list import recall_models
    from aipaint.make_providers import make_providers
    from aipaint.providers.provider_shelf import ProviderShelf
    from aipaint.settings.reload_settings import reload_settings

    now = reload_settings(settings, os.environ)
    shelf = desk.providers
    assert isinstance(shelf, ProviderShelf)  # make_desk gives no other
    shelf.replace(make_providers(now, desk.keys, desk.history, shelf["offline"], _now))
    recall_models(desk)
    return tuple(desk.providers.values())


def _connect(
    window: "WindowShell", document: "Document", settings: "Settings", files: list[Path]
) -> None:
    """Load databases, codecs and providers on a worker, then hand them to the window.

    Without a database nothing can be bought, but pictures are opened, painted and saved.
    """
    from aipaint.ui.background import Background, Work

    def hand_over(desk: "Desk | None", problem: AipaintError | None) -> None:
        window.connect_services(_services(document, desk, settings, window, problem))
        for path in files:
            window.open_file(path)

    def connect(desk: "Desk") -> None:
        hand_over(desk, None)
        if desk.notes:
            window.show_failure(AipaintError("\n\n".join(desk.notes)))

    def go_on_without(problem: AipaintError) -> None:
        hand_over(None, problem)
        window.show_failure(
            AipaintError(
                problem.message,
                f"{problem.hint}\n\nYou can open, paint and save pictures meanwhile.".strip(),
            )
        )

    background = Background(window)
    background.start(Work(lambda: _load_desk(settings), connect, go_on_without, "Starting"))


def _load_desk(settings: "Settings") -> "Desk":
    """On a worker: also loads what opening a file and a job will need."""
    import aipaint.generation.generator
    import aipaint.projects.export
    import aipaint.projects.open_file
    import aipaint.projects.ora_write  # noqa: F401 - loaded here so that the first click is fast
    from aipaint.generation.model_list import recall_models

    desk = make_desk(settings)
    desk.history.empty_trash(_TRASH_DAYS)
    recall_models(desk)
    desk.seen.load()
    return desk


def _services(
    document: "Document",
    desk: "Desk | None",
    settings: "Settings",
    window: "WindowShell",
    problem: AipaintError | None,
) -> "Services":
    from aipaint.generation.generator import Generator
    from aipaint.generation.prompt_desk import PromptDesk
    from aipaint.make_providers import openai_presets
    from aipaint.pixels.click_select import ClickSelect
    from aipaint.projects.export import export_picture
    from aipaint.projects.open_file import open_bytes, open_picture
    from aipaint.projects.ora_write import save_ora
    from aipaint.settings.brush_files import BrushFiles
    from aipaint.settings.paths import resource
    from aipaint.settings.reload_settings import reload_settings
    from aipaint.settings.secrets import KeyStore
    from aipaint.ui.services import Services

    shelf = pack_shelf(settings)
    return Services(
        generator=Generator(document, desk, window, most_at_once=settings.jobs_at_once)
        if desk is not None
        else None,
        open_picture=partial(open_picture, keep=document.shelve),
        open_bytes=partial(open_bytes, keep=document.shelve),
        save_ora=save_ora,
        export_picture=export_picture,
        providers=tuple(desk.providers.values()) if desk is not None else (),
        settings=settings,
        sample_picture=sample_picture(),
        brush_files=BrushFiles(resource("brushes"), settings.home / "brushes"),
        problem=problem,
        ledger=desk.ledger if desk is not None else None,
        reload_settings=partial(reload_settings, settings, os.environ),
        keys=desk.keys if desk is not None else KeyStore(),
        presets=tuple(openai_presets().values()),
        reload_providers=partial(reload_providers, settings, desk) if desk is not None else None,
        prompt_desk=PromptDesk(document, desk) if desk is not None else None,
        packs=shelf,
        clicker=ClickSelect(lambda: shelf.ready("sam2")),
    )


def sample_picture() -> Path:
    """The photograph to try things on."""
    from aipaint.settings.paths import resource

    return next(iter(sorted(resource("samples").glob("*.jpg"))))


def _log_fault(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """The border of the window: a bug in a slot or an event is logged, the window lives on."""
    _LOG.error("A fault in the program", exc_info=(kind, fault, trace))


def _now() -> datetime:
    return datetime.now(UTC)
