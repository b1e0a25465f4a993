"""`GalleryFlow`: the gallery as the history has it, and what is done to its jobs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader
from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.money import Micros
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.panels.gallery_panel import THUMBNAIL, GalleryPanel
from aipaint.ui.panels.gallery_wording import clear_text, rerun_text
from aipaint.ui.panels.jobs_panel import JobsPanel
from aipaint.ui.services import Services

if TYPE_CHECKING:
    from aipaint.generation.gallery import Gallery, GalleryItem
    from aipaint.generation.generator import Generator

_PAGE = 60
_PATIENCE_MILLISECONDS = 150
_OF_ONE = "gallery.open gallery.show gallery.copyPrompt gallery.rerun gallery.delete"


@dataclass(frozen=True, eq=False)
class GalleryStage:
    """Where the gallery is seen."""

    window: QWidget
    actions: Actions
    panel: GalleryPanel
    jobs: JobsPanel


class GalleryFlow(QObject):
    """Asks the history on workers. Its rows are there also while the tab is behind another, for
    scripts and screen readers; pictures are read for what is in sight."""

    open_wanted = Signal(object, str)  # Path of a picture, what to call it
    rerun_wanted = Signal(object)  # Job, to be asked about and then queued

    def __init__(self, stage: GalleryStage, background: Background) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._background = background
        self._generator: Generator | None = None
        self._gallery: Gallery | None = None
        self._asks = 0
        self._limit = _PAGE
        self._trashed: tuple[str, ...] = ()
        self._is_stale = True
        self._later = self._timer(self._ask)
        self._price_later = self._timer(self._ask_price)
        self._connect()

    def connect_services(self, services: Services) -> None:
        """From now on there is a history to look into; without a database there is none."""
        generator = self._generator = services.generator
        if generator is None:
            return
        self._gallery = generator.gallery
        for signal in (generator.job_done, generator.tray_changed):
            signal.connect(self.refresh)
        self._stage.actions.enable("gallery.clear", True)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """The history may have changed: look in a moment."""
        self._is_stale = True
        if not self._later.isActive():
            self._later.start()

    def open_chosen(self, number: int = 0) -> None:
        """A picture of the chosen job, in place of the document that is open."""
        item = self._stage.panel.current
        if item is not None and number < len(item.pictures):
            self.open_wanted.emit(item.pictures[number], item.label)

    def show_chosen(self) -> None:
        """Its pictures under the canvas, as if they had just come."""
        item = self._stage.panel.current
        if item is not None and self._generator is not None:
            self._generator.open_inbox(item.job_id)

    def copy_prompt(self) -> None:
        item = self._stage.panel.current
        if item is not None and item.prompt:
            QGuiApplication.clipboard().setText(item.prompt)

    def rerun(self) -> None:
        """Read what it was done on; whoever listens asks before anything is bought."""
        item, gallery = self._stage.panel.current, self._gallery
        if item is None or gallery is None:
            return
        self._stage.actions.enable("gallery.rerun", False)  # a double click is one
        work = Work(lambda: gallery.again(item.job_id), self._on_again, self._on_no_rerun)
        self._background.start(work)

    def delete(self) -> None:
        """The chosen job into the trash; the bar says how to get it back."""
        item, gallery = self._stage.panel.current, self._gallery
        if item is None or gallery is None or item.is_open:
            return
        self._stage.actions.enable("gallery.delete", False)

        def deleted(_: object) -> None:
            self._on_trashed((item.job_id,))

        self._do(lambda: gallery.delete(item.job_id), deleted)

    def clear(self) -> None:
        """Every finished job, after a question."""
        gallery = self._gallery
        if gallery is None:
            return
        from aipaint.ui.dialogs.clear_gallery import ask_about_clearing

        if ask_about_clearing(self._stage.window):
            self._do(gallery.clear, self._on_trashed)

    def undo_trash(self) -> None:
        """What was deleted last comes back."""
        gallery, trashed = self._gallery, self._trashed
        self._trashed = ()
        self._stage.panel.trash_bar.show_text("")
        if gallery is not None and trashed:
            self._do(lambda: gallery.bring_back(trashed), self._on_back)

    def _connect(self) -> None:
        actions, panel = self._stage.actions, self._stage.panel
        actions.connect(
            {
                "gallery.open": self.open_chosen,
                "gallery.show": self.show_chosen,
                "gallery.copyPrompt": self.copy_prompt,
                "gallery.rerun": self.rerun,
                "gallery.delete": self.delete,
                "gallery.clear": self.clear,
            }
        )
        actions.enable(f"{_OF_ONE} gallery.clear", False)
        panel.trash_bar.button.clicked.connect(self.undo_trash)
        panel.chosen_changed.connect(self._on_chosen)
        panel.filter_changed.connect(self._on_filter)
        panel.search_changed.connect(self._on_search)
        panel.shown.connect(self._on_shown)
        panel.more_wanted.connect(self._on_more)
        panel.thumbnails_wanted.connect(self._on_thumbnails)
        panel.picture_wanted.connect(lambda _, number: self.open_chosen(number))
        panel.delete_pressed.connect(self.delete)

    def _timer(self, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_PATIENCE_MILLISECONDS)
        timer.timeout.connect(call)
        return timer

    def _ask(self) -> None:
        gallery, panel = self._gallery, self._stage.panel
        if gallery is None:
            return
        from aipaint.generation.gallery import GalleryFilter
        from aipaint.generation.gallery_change import GalleryChange, gallery_change

        self._is_stale = False
        wish = (panel.filter_name, self._limit, panel.words)
        before = panel.items
        self._asks += 1
        number = self._asks

        def look() -> GalleryChange:
            items = gallery.items(GalleryFilter(wish[0]), wish[1], wish[2])
            return gallery_change(before, items)

        def looked(change: GalleryChange) -> None:
            if number == self._asks:  # else another answer is on its way
                panel.show_change(change)

        self._background.start(Work(look, looked, self._on_failed))

    def _ask_price(self) -> None:
        item, gallery = self._stage.panel.current, self._gallery
        if item is None or gallery is None:
            return

        def priced(micros: Micros) -> None:
            self._show_rerun(item.job_id, rerun_text(micros), "Asked again before it is bought")

        def refused(error: AipaintError) -> None:
            self._show_rerun(item.job_id, rerun_text(None), "", str(error))

        self._background.start(Work(lambda: gallery.price(item.job_id), priced, refused))

    def _show_rerun(self, job_id: str, text: str, tip: str, problem: str = "") -> None:
        current = self._stage.panel.current
        if current is not None and current.job_id == job_id:
            self._stage.panel.show_rerun(text, problem or tip, is_enabled=not problem)

    def _on_shown(self) -> None:
        if self._is_stale:
            self._ask()

    def _on_filter(self) -> None:
        self._limit = _PAGE
        self._ask()

    def _on_search(self) -> None:
        """Once the typing has paused."""
        self._limit = _PAGE
        self._is_stale = True
        self._later.start()

    def _on_more(self) -> None:
        if self._stage.panel.list.count() == self._limit:  # there may be older ones
            self._limit += _PAGE
            self.refresh()

    def _on_chosen(self, item: "GalleryItem | None") -> None:
        actions = self._stage.actions
        has_picture = item is not None and bool(item.pictures)
        actions.enable("gallery.open gallery.show", has_picture)
        actions.enable("gallery.copyPrompt", item is not None and bool(item.prompt))
        actions.enable("gallery.delete", item is not None and not item.is_open)
        self._stage.panel.show_rerun(rerun_text(None), "Looking at the price", is_enabled=False)
        if item is not None:
            self._price_later.start()

    def _on_again(self, job: object) -> None:
        self._price_later.start()
        self.rerun_wanted.emit(job)

    def _on_no_rerun(self, error: AipaintError) -> None:
        self._price_later.start()
        show_error(self._stage.window, "That cannot be done again", error)

    def _on_trashed(self, job_ids: tuple[str, ...]) -> None:
        self._trashed = job_ids
        self._stage.jobs.forget(job_ids)
        self._stage.panel.trash_bar.show_text(clear_text(len(job_ids)) if job_ids else "")

    def _on_back(self, _: object) -> None:
        generator = self._generator
        if generator is not None:
            self._background.start(
                Work(generator.recent_jobs, self._stage.jobs.show_anew, self._on_failed)
            )

    def _on_thumbnails(self, job_ids: "Sequence[str]") -> None:
        items = self._stage.panel.items
        paths = {one: items[one].thumbnail for one in job_ids if one in items}

        def read() -> dict[str, QImage]:
            return {one: _read(path) for one, path in paths.items() if path is not None}

        def done(images: dict[str, QImage]) -> None:
            for job_id, image in images.items():
                self._stage.panel.show_thumbnail(job_id, image)

        self._background.start(Work(read, done, self._on_failed))

    def _do(self, work: Callable[[], object], done: "Callable[..., None]") -> None:
        """On a worker; then everything is shown anew, also after a refusal."""

        def failed(error: AipaintError) -> None:
            self._on_failed(error)
            self.refresh()

        self._background.start(Work(work, done, failed))

    def _on_failed(self, error: AipaintError) -> None:
        show_error(self._stage.window, "The gallery", error)


def _read(path: Path) -> QImage:
    """A thumbnail no larger than it is shown; a null one where it cannot be read. On a worker."""
    reader = QImageReader(str(path))
    size = reader.size()
    if size.isValid():
        wanted = QSize(THUMBNAIL.width() * 2, THUMBNAIL.height() * 2)
        if size.width() > wanted.width() or size.height() > wanted.height():
            from PySide6.QtCore import Qt

            reader.setScaledSize(size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
