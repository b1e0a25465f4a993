"""`MainWindow`: canvas, docks and actions. Cheap to make; services are connected once it shows."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QColor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QFileDialog,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.picture import blank_picture
from aipaint.errors import AipaintError
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background
from aipaint.ui.brush_bar import BrushBar
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.about import AboutDialog
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.dialogs.new_picture import NewPictureDialog
from aipaint.ui.dialogs.unsaved_changes import UnsavedAnswer, ask_about_unsaved_changes
from aipaint.ui.document_flow import DocumentFlow
from aipaint.ui.drop_target import could_be_dropped, read_dropped
from aipaint.ui.file_flow import PROJECT_SUFFIX, FileFlow
from aipaint.ui.generate_flow import GenerateFlow, GenerateStage
from aipaint.ui.menus import build_menus, build_tool_bars
from aipaint.ui.panels.budget_panel import BudgetPanel
from aipaint.ui.panels.candidate_strip import CandidateStrip
from aipaint.ui.panels.jobs_panel import JobsPanel
from aipaint.ui.panels.layers_panel import LayersPanel
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.undo_panel import UndoPanel
from aipaint.ui.services import Services
from aipaint.ui.start_page import StartPage
from aipaint.ui.status_line import StatusLine
from aipaint.ui.theme import ThemeChoice, apply_theme
from aipaint.ui.window_state import WindowState
