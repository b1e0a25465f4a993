"""`GalleryPanel`: every job with its picture, the newest first, and what can be done with one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QIcon,
    QImage,
    QKeyEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
)

from aipaint.ui.actions import Actions
from aipaint.ui.icons import icon
from aipaint.ui.panels.gallery_wording import row_icon, row_text, row_tip
from aipaint.ui.panels.news_bar import NewsBar
from aipaint.ui.panels.panel import GAP, Panel
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.empty_hint import EmptyHint

if TYPE_CHECKING:
    from aipaint.generation.gallery import GalleryItem
    from aipaint.generation.gallery_change import GalleryChange

THUMBNAIL = QSize(88, 66)
_ROW_MARGIN = 10
_ID_ROLE = Qt.ItemDataRole.UserRole
_LOOK_MILLISECONDS = 60
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_FILTERS = (("All", "all"), ("Succeeded", "succeeded"), ("Failed", "failed"))
_EMPTY = {
    "all": "Nothing here yet. Every picture you generate is kept here.",
    "succeeded": "No job has succeeded yet.",
    "failed": "No job has failed.",
}
_NOT_FOUND = "Nothing is found with these words."
_MOST_THUMBNAILS = 300  # in memory
_BUTTONS = ("gallery.open", "gallery.rerun", "gallery.copyPrompt", "gallery.delete")
_CONTEXT = (
    "gallery.open", "gallery.show", "gallery.copyPrompt", "gallery.rerun", "",
    "gallery.delete", "", "gallery.clear",
)  # fmt: skip


class GalleryPanel(Panel):
    """Shows what it is given; thumbnails are asked for only while their rows are in sight."""

    chosen_changed = Signal(object)  # GalleryItem | None
    filter_changed = Signal()
    search_changed = Signal()
    more_wanted = Signal()  # the end of the list came into sight
    shown = Signal()
    thumbnails_wanted = Signal(object)  # list of job ids
    picture_wanted = Signal(str, int)  # job id, number of the picture
    delete_pressed = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__("galleryPanel", "Gallery")
        self._actions = actions
        self.is_seen = False
        self._items: dict[str, GalleryItem] = {}
        self._rows: dict[str, QListWidgetItem] = {}
        self._asked: dict[str, None] = {}  # whose thumbnails were, the latest last
        self._signs: dict[str, QIcon] = {}
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._look_around)
        self.trash_bar = NewsBar("trashBar", "trash", "&Undo", "Bring them back from the trash")
        self._build_search()
        self._build_filter()
        self._build_list()
        self._build_buttons()

    @property
    def filter_name(self) -> str:
        """Which jobs are wanted: all, succeeded or failed."""
        return str(self.filter_combo.currentData())

    @property
    def words(self) -> str:
        """What is searched for; "" where everything is wanted."""
        return self.search.text().strip()

    @property
    def items(self) -> "dict[str, GalleryItem]":
        """What is shown, by job."""
        return dict(self._items)

    @property
    def current(self) -> "GalleryItem | None":
        """The chosen job."""
        if self.list.currentRow() < 0:
            return None
        return self._items.get(self.list.currentItem().data(_ID_ROLE))

    def set_seen(self, is_seen: bool) -> None:
        """Its tab is in front now, or not: one behind another counts as visible for Qt."""
        self.is_seen = is_seen
        if is_seen:
            self.shown.emit()
            self._look.start()

    def show_change(self, change: "GalleryChange") -> None:
        """Only the rows that differ are touched; the choice stays where it can."""
        chosen, before = self.current, self.list.currentRow()
        self.empty_hint.text = _EMPTY[self.filter_name] if not self.words else _NOT_FOUND
        self.list.blockSignals(True)
        self._remove(change.removed)
        for place, item in change.put:
            self._put(place, item)
        kept = self._rows.get(chosen.job_id) if chosen is not None else None
        if kept is not None:
            self.list.setCurrentItem(kept)
        elif change.count and before >= 0:
            self.list.setCurrentRow(min(before, change.count - 1))
        self.list.blockSignals(False)
        self.empty_hint.refresh()
        self.empty_hint.update()
        self.chosen_changed.emit(self.current)
        self._look.start()

    def _remove(self, job_ids: "Sequence[str]") -> None:
        if len(job_ids) == len(self._rows):
            self.list.clear()  # at once: one by one takes long
            self._items, self._rows, self._asked = {}, {}, {}
        for job_id in job_ids:
            row = self._rows.pop(job_id, None)
            if row is not None:
                self.list.takeItem(self.list.row(row))
                del self._items[job_id]
                self._asked.pop(job_id, None)

    def _put(self, place: int, item: "GalleryItem") -> None:
        row = self._rows.get(item.job_id)
        if row is None:
            row = self._rows[item.job_id] = QListWidgetItem()
            row.setData(_ID_ROLE, item.job_id)
            row.setSizeHint(QSize(0, THUMBNAIL.height() + _ROW_MARGIN))
            self.list.insertItem(place, row)
        row.setText(row_text(item))
        row.setToolTip(row_tip(item))
        row.setIcon(self._sign(item))
        self._items[item.job_id] = item
        self._asked.pop(item.job_id, None)

    def _sign(self, item: "GalleryItem") -> QIcon:
        name = row_icon(item)
        if name not in self._signs:
            self._signs[name] = icon(name)
        return self._signs[name]

    def show_thumbnail(self, job_id: str, image: QImage) -> None:
        """It was read; a null one keeps the sign that the row has."""
        row = self._rows.get(job_id)
        if row is not None and job_id in self._asked and not image.isNull():
            row.setIcon(_framed(QPixmap.fromImage(image)))

    def show_rerun(self, text: str, tip: str, *, is_enabled: bool) -> None:
        """What doing the chosen job again costs, or why it cannot be done."""
        self._actions.name("gallery.rerun", text)
        self._actions["gallery.rerun"].setEnabled(is_enabled)
        button = self._buttons["gallery.rerun"]
        button.setAccessibleName(text.replace("&", ""))
        button.setToolTip(tip)

    def _build_filter(self) -> None:
        self.filter_combo = ComboBox("galleryFilter", "Show in the gallery")
        self.filter_combo.setToolTip("Which jobs are shown")
        for text, name in _FILTERS:
            self.filter_combo.addItem(text, name)
        self.filter_combo.currentIndexChanged.connect(self._on_filter)
        clear = self._button("gallery.clear")
        clear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.search, 1)
        row.addWidget(self.filter_combo)
        row.addWidget(clear)
        self.column.addLayout(row)

    def _build_search(self) -> None:
        self.search = QLineEdit()
        self.search.setObjectName("gallerySearch")
        self.search.setAccessibleName("Search the gallery")
        self.search.setPlaceholderText("Search")
        self.search.setToolTip(
            "Words of the prompt or the model; Down goes to the list, Esc clears"
        )
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QAbstractButton):
            button.setAccessibleName("Clear the search")
        self.search.textChanged.connect(self.search_changed)

    def _build_list(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("galleryList")
        self.list.setAccessibleName("Gallery")
        self.list.setToolTip("Enter opens the picture in the editor, Del deletes it")
        self.list.setIconSize(THUMBNAIL)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu_requested)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemActivated.connect(self._on_activated)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        for part in (self.list, self.search):
            part.installEventFilter(self)
        self.empty_hint = EmptyHint(self.list, "images", _EMPTY["all"])
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.trash_bar)
        self.setFocusProxy(self.list)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        self._buttons = {action_id: self._button(action_id) for action_id in _BUTTONS}
        for action_id in ("gallery.copyPrompt", "gallery.delete"):
            self._buttons[action_id].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        actions = self._actions
        actions["gallery.open"].setIconText("Open")  # the panel is narrow
        for action_id, button in self._buttons.items():
            if action_id == "gallery.copyPrompt":
                row.addStretch(1)
            row.addWidget(button)
        self.column.addLayout(row)

    def _button(self, action_id: str) -> QToolButton:
        action = self._actions[action_id]
        button = QToolButton()
        button.setDefaultAction(action)
        button.setObjectName(f"{action_id}.button")
        button.setAccessibleName(action.text().replace("&", "").rstrip("…"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(18, 18))
        button.setAutoRepeat(False)
        return button

    def _on_filter(self) -> None:
        self.filter_changed.emit()

    def _on_current_changed(self) -> None:
        self.chosen_changed.emit(self.current)

    def _on_activated(self) -> None:
        action = self._actions["gallery.open"]
        if action.isEnabled():
            action.trigger()

    def _on_scrolled(self) -> None:
        self._look.start()

    def _look_around(self) -> None:
        """Ask for the thumbnails in sight, and for older jobs at the end."""
        if not self.is_seen:
            return
        view = self.list.viewport().rect()
        in_sight = self._ids_in_sight()
        wanted = [one for one in in_sight if one not in self._asked]
        self._asked.update(dict.fromkeys(wanted))
        if wanted:
            self.thumbnails_wanted.emit(wanted)
        while len(self._asked) > _MOST_THUMBNAILS:
            self._forget_thumbnail(next(iter(self._asked)))
        count = self.list.count()
        if count and self.list.visualItemRect(self.list.item(count - 1)).top() < view.bottom():
            self.more_wanted.emit()

    def _forget_thumbnail(self, job_id: str) -> None:
        """Its memory is needed; it is read again when its row comes back into sight."""
        del self._asked[job_id]
        self._rows[job_id].setIcon(self._sign(self._items[job_id]))

    def _ids_in_sight(self) -> list[str]:
        """All rows are equally high: the first in sight says which the others are."""
        first = self.list.indexAt(QPoint(4, 4)).row()
        if first < 0:
            return []
        height = max(1, self.list.visualItemRect(self.list.item(first)).height())
        last = min(self.list.count() - 1, first + self.list.viewport().height() // height + 1)
        return [str(self.list.item(row).data(_ID_ROLE)) for row in range(first, last + 1)]

    def _on_menu_requested(self, where: QPoint) -> None:
        item = self.current
        menu = QMenu(self.list)
        menu.setObjectName("galleryMenu")
        for action_id in _CONTEXT:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
            if action_id == "gallery.open" and item is not None and len(item.pictures) > 1:
                self._add_pictures(menu, item)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(where))

    def _add_pictures(self, menu: QMenu, item: "GalleryItem") -> None:
        count = len(item.pictures)
        for number in range(count):
            action = menu.addAction(icon("image"), f"Open Picture {number + 1} of {count}")
            action.triggered.connect(
                lambda _=False, number=number: self.picture_wanted.emit(item.job_id, number)
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del belongs to the list while it has the focus, not to the picture."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.key() in _DELETE:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
                self.delete_pressed.emit()
                return True
        if watched is self.search and isinstance(event, QKeyEvent):
            return self._on_search_key(event)
        return super().eventFilter(watched, event)

    def _on_search_key(self, event: QKeyEvent) -> bool:
        """Whether it was one of ours."""
        is_escape = event.key() == Qt.Key.Key_Escape and bool(self.search.text())
        if event.type() is QEvent.Type.ShortcutOverride and is_escape:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and is_escape:
            self.search.clear()
            return True
        if event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if self.list.currentRow() < 0 and self.list.count():
                self.list.setCurrentRow(0)
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()


def _framed(pixmap: QPixmap) -> QIcon:
    """In the middle of a piece of that size, so that the texts begin at the same place."""
    small = pixmap.scaled(
        THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    framed = QPixmap(THUMBNAIL)
    framed.fill(Qt.GlobalColor.transparent)
    painter = QPainter(framed)
    painter.drawPixmap(
        (THUMBNAIL.width() - small.width()) // 2, (THUMBNAIL.height() - small.height()) // 2, small
    )
    painter.end()
    # The same when chosen: Qt would tint the picture.
    framed_icon = QIcon(framed)
    framed_icon.addPixmap(framed, QIcon.Mode.Selected)
    return framed_icon
