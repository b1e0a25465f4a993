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
    QHBoxLayout,
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
_BUTTONS = ("gallery.open", "gallery.rerun", "gallery.copyPrompt", "gallery.delete")
_CONTEXT = (
    "gallery.open", "gallery.show", "gallery.copyPrompt", "gallery.rerun", "",
    "gallery.delete", "", "gallery.clear",
)  # fmt: skip


class GalleryPanel(Panel):
    """Shows what it is given; thumbnails are asked for only while their rows are in sight."""

    chosen_changed = Signal(object)  # GalleryItem | None
    filter_changed = Signal()
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
        self._asked: set[str] = set()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._look_around)
        self.trash_bar = NewsBar("trashBar", "trash", "&Undo", "Bring them back from the trash")
        self._build_filter()
        self._build_list()
        self._build_buttons()

    @property
    def filter_name(self) -> str:
        """Which jobs are wanted: all, succeeded or failed."""
        return str(self.filter_combo.currentData())

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

    def show_items(self, items: "Sequence[GalleryItem]") -> None:
        """The newest first; the choice and the place stay where they can."""
        chosen = self.current
        place = self.list.verticalScrollBar().value()
        before = self.list.currentRow()
        self._items = {item.job_id: item for item in items}
        self._rows, self._asked = {}, set()
        self.empty_hint.text = _EMPTY[self.filter_name]
        self.list.blockSignals(True)
        self.list.clear()
        for item in items:
            self._rows[item.job_id] = _row(item)
            self.list.addItem(self._rows[item.job_id])
        kept = self._rows.get(chosen.job_id) if chosen is not None else None
        if kept is not None:
            self.list.setCurrentItem(kept)
        elif items and before >= 0:
            self.list.setCurrentRow(min(before, len(items) - 1))
        self.list.blockSignals(False)
        self.empty_hint.refresh()
        self.empty_hint.update()
        self.list.verticalScrollBar().setValue(place)
        self.chosen_changed.emit(self.current)
        self._look.start()

    def show_thumbnail(self, job_id: str, image: QImage) -> None:
        """It was read; a null one keeps the sign that the row has."""
        row = self._rows.get(job_id)
        if row is not None and not image.isNull():
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
        row.addWidget(self.filter_combo, 1)
        row.addWidget(clear)
        self.column.addLayout(row)

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
        self.list.installEventFilter(self)
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
        wanted = [one for one in self._ids_in_sight() if one not in self._asked]
        self._asked.update(wanted)
        if wanted:
            self.thumbnails_wanted.emit(wanted)
        count = self.list.count()
        if count and self.list.visualItemRect(self.list.item(count - 1)).top() < view.bottom():
            self.more_wanted.emit()

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
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()


def _row(item: "GalleryItem") -> QListWidgetItem:
    row = QListWidgetItem(row_text(item))
    row.setIcon(icon(row_icon(item)))
    row.setToolTip(row_tip(item))
    row.setData(_ID_ROLE, item.job_id)
    row.setSizeHint(QSize(0, THUMBNAIL.height() + _ROW_MARGIN))
    return row


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
