"""How the window's room is shared, and what says that something did not fit."""

from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QToolBar, QToolButton

from aipaint.ui.panels.layer_row import ROW_HEIGHT
from tests.ui.rig import Rig


def test_a_new_window_has_room_for_some_layers(starting: Rig) -> None:
    QApplication.processEvents()
    starting.wait(lambda: starting.inside.docks.layers.list.viewport().height() >= 3 * ROW_HEIGHT)
    layers = starting.find(QDockWidget, "layersDock").height()
    prompt = starting.find(QDockWidget, "promptDock").height()
    assert 0.38 < layers / (layers + prompt) < 0.5


def test_tools_that_do_not_fit_are_behind_a_button_that_can_be_seen(starting: Rig) -> None:
    starting.inside.show_canvas()
    starting.window.resize(1100, 560)
    bar = starting.find(QToolBar, "toolBar")
    button = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    assert button is not None
    starting.wait(button.isVisible)
    assert button.toolTip()
    image = button.grab().toImage()
    middle = [image.pixelColor(x, image.height() // 2) for x in range(image.width())]
    lightness = [color.lightness() for color in middle]
    # The arrow stands out from the button it is on.
    assert max(lightness) - min(lightness) > 60


def test_no_bar_of_tabs_is_left_behind(starting: Rig) -> None:
    starting.wait(lambda: bool(starting.window.findChildren(QTabBar)))
    QApplication.processEvents()
    bars = [bar for bar in starting.window.findChildren(QTabBar) if bar.isVisible()]
    shown = [bar.tabText(index) for bar in bars for index in range(bar.count())]
    assert "Layers" in shown
    assert len(set(shown)) == len(shown)
    assert {(bar.objectName()[:9], bar.accessibleName()) for bar in bars} == {
        ("panelTabs", "Panels")
    }
