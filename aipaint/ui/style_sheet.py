"""The style sheet: shape and spacing on an 8-px rhythm; colors come from the theme."""

from aipaint.settings.paths import resource
from aipaint.ui.theme_colors import ThemeColors


def style_sheet(colors: ThemeColors) -> str:
    """The application's whole style sheet for one theme."""
    return "".join(part(colors) for part in _PARTS)


def _frame(c: ThemeColors) -> str:
    return f"""
QMainWindow::separator {{ background: {c.line}; width: 1px; height: 1px; }}
QMenuBar {{ background: {c.window}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {c.hover}; }}
QMenu {{ background: {c.panel}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 8px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
QMenu::item:disabled {{ color: {c.disabled}; background: transparent; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QToolBar {{ background: {c.window}; border: none; spacing: 2px; padding: 4px; }}
QToolBar::separator {{ background: {c.line}; width: 1px; height: 1px; margin: 4px; }}
QStatusBar {{ background: {c.window}; border-top: 1px solid {c.line}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {c.muted}; padding: 2px 8px; }}
QDockWidget {{ font-weight: 600; }}
QDockWidget::title {{ background: {c.panel}; padding: 8px; text-align: left; }}
QToolTip {{ background: {c.tooltip}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QWidget[panel="true"], #startCard, #brushPopup {{ background: {c.panel}; }}
#welcomePage {{ background: {c.surround if c.is_dark else c.window}; }}
#startCard {{ border: 1px solid {c.line}; border-radius: 12px; }}
#brushPopup, #freeBar {{ border: 1px solid {c.control}; }}
"""


def _buttons(c: ThemeColors) -> str:
    return f"""
QPushButton {{ background: {c.button}; border: 1px solid {c.control}; border-radius: 6px;
    padding: 5px 12px; min-height: 20px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.base}; }}
QPushButton:focus {{ border: 2px solid {c.focus}; padding: 4px 11px; }}
QPushButton:disabled {{ color: {c.disabled}; border-color: {c.line}; background: {c.panel}; }}
QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; font-weight: 600;
    border: 1px solid {c.accent}; }}
QPushButton[primary="true"]:hover {{ background: {c.accent_hover}; }}
QPushButton[primary="true"]:pressed {{ background: {c.accent_pressed}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[primary="true"]:disabled {{ background: {c.button}; color: {c.disabled};
    border: 1px solid {c.line}; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: 6px;
    padding: 4px; }}
/* The button for what does not fit is 12 pixels high: with the usual rim nothing is seen of it. */
QToolButton#qt_toolbar_ext_button {{ padding: 0; border: none; border-radius: 3px;
    background: {c.button}; }}
QToolButton#qt_toolbar_ext_button:checked {{ background: {c.accent}; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed {{ background: {c.base}; }}
QToolButton:checked {{ background: {c.accent}; color: {c.on_accent}; }}
QToolButton:focus {{ border-color: {c.focus}; }}
QToolButton[plain-menu="true"]::menu-indicator {{ image: none; width: 0; }}
QToolButton:disabled {{ color: {c.disabled}; background: transparent; }}
QToolButton[lint="true"] {{ color: {c.muted}; padding: 2px; text-align: left; }}
QToolButton[fold="true"], QToolButton[fold="true"]:checked {{ background: transparent;
    color: {c.text}; padding: 2px 4px 2px 0; }}
"""


def _fields(c: ThemeColors) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {{ background: {c.base}; color: {c.text};
    border: 1px solid {c.control}; border-radius: 6px; padding: 4px 7px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent};
    placeholder-text-color: {c.muted}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: 20px; }}
QPlainTextEdit {{ padding: 4px; }}
QAbstractSpinBox {{ padding: 4px 0; max-height: 20px; }}
/* Without arrows Qt gives the number no room at all; so they are there, without a width. */
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
    border: 2px solid {c.focus}; }}
QLineEdit:focus, QComboBox:focus {{ padding: 3px 6px; }}
QPlainTextEdit:focus {{ padding: 3px; }}
QAbstractSpinBox:focus {{ padding: 3px 0; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
    color: {c.disabled}; border-color: {c.line}; background: {c.panel}; }}
/* Qt takes the width of the drop-down from the text's room besides. */
QComboBox {{ padding-right: 2px; }}
QComboBox:focus {{ padding-right: 1px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {{ border: none; padding: 0;
    background: transparent; min-height: 0; }}
QAbstractSpinBox QLineEdit {{ padding: 0 6px; }}
QComboBox QAbstractItemView {{ background: {c.panel}; border: 1px solid {c.control};
    padding: 4px; }}
/* Some desktops add pictures of their own. */
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c.groove}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {c.accent}; }}
QSlider::sub-page:horizontal:disabled {{ background: {c.line}; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
    background: {c.text}; }}
QSlider::handle:horizontal:hover {{ background: {c.focus}; }}
QSlider::handle:horizontal:focus {{ background: {c.focus}; }}
QSlider::handle:horizontal:disabled {{ background: {c.disabled}; }}
"""


def _lists(c: ThemeColors) -> str:
    return f"""
QListView, QTreeView {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 6px;
    padding: 2px; outline: none; show-decoration-selected: 0; }}
QTreeView::branch {{ background: transparent; border: none; }}
QListView:focus, QTreeView:focus {{ border: 2px solid {c.focus}; padding: 1px; }}
QListView::item, QTreeView::item {{ padding: 4px 6px; border-radius: 4px; color: {c.text}; }}
QTreeView::item {{ border-radius: 0; }}
QListView::item:hover, QTreeView::item:hover {{ background: {c.hover}; }}
QListView::item:selected, QTreeView::item:selected {{ background: {c.selection}; color: {c.text}; }}
QListView::item:disabled, QTreeView::item:disabled {{ color: {c.disabled}; }}
QHeaderView {{ background: {c.base}; border: none; }}
QHeaderView::section {{ background: {c.base}; color: {c.muted}; border: none;
    border-bottom: 1px solid {c.line}; padding: 4px 6px; }}
QTabBar {{ background: {c.window}; }}
QTabBar::tab {{ background: {c.window}; color: {c.muted}; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c.text}; background: {c.panel}; border-bottom-color: {c.accent}; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:focus {{ border: 2px solid {c.focus}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.control}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ background: transparent; border: none; }}
"""


def _small_parts(c: ThemeColors) -> str:
    return f"""
QLabel[tone="muted"] {{ color: {c.muted}; }}
QLabel[tone="danger"] {{ color: {c.danger}; }}
QLabel[tone="warning"] {{ color: {c.warning}; }}
QLabel[tone="title"] {{ font-size: 20px; font-weight: 600; }}
QLabel[tone="strong"] {{ font-weight: 600; }}
#tierBadge {{ border: 1px solid {c.control}; border-radius: 4px; padding: 1px 6px;
    font-weight: 600; }}
#tierBadge[tier="low"] {{ color: {c.success}; border-color: {c.success}; }}
#tierBadge[tier="medium"] {{ color: {c.warning}; border-color: {c.warning}; }}
#tierBadge[tier="high"] {{ color: {c.danger}; border-color: {c.danger}; }}
QWidget[news="true"] {{ background: {c.button}; border: 1px solid {c.control};
    border-radius: 6px; }}
QProgressBar {{ background: {c.groove}; border: none; border-radius: 3px; min-height: 6px;
    max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
"""


def _checks(c: ThemeColors) -> str:
    return f"""
QCheckBox {{ spacing: 6px; background: transparent; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {c.control};
    border-radius: 4px; background: {c.base}; }}
QCheckBox::indicator:hover {{ background: {c.hover}; }}
QCheckBox::indicator:focus {{ border: 2px solid {c.focus}; width: 12px; height: 12px; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
    image: url("{resource("icons/check.svg").as_posix()}"); }}
QCheckBox::indicator:checked:focus {{ border-color: {c.focus}; }}
QCheckBox::indicator:disabled {{ border-color: {c.line}; background: {c.panel}; }}
QCheckBox::indicator:checked:disabled {{ background: {c.disabled}; }}
QCheckBox:disabled {{ color: {c.disabled}; }}
"""


_PARTS = (_frame, _buttons, _fields, _lists, _small_parts, _checks)
