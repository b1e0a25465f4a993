"""What will differ is in sight beside the price, in one line; a click shows all of it."""

from aipaint.pixels.rect import Rect
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_LONG = "1152×864 will be sent as 1536×1024, padded, and cropped back." * 2


def test_it_stands_between_the_fields_and_the_price(online: Rig) -> None:
    online.window.resize(1200, 760)
    online.show_picture(picture_of(photograph(320, 240), Rect(100, 80, 60, 40)))
    panel = online.inside.docks.prompt
    line, label = panel.lint_line, panel.fields.lint_label
    assert line.isHidden()
    panel.prompt_edit.setPlainText("a red barn")
    panel.refresh()
    online.wait(line.isVisible)
    assert not line.visibleRegion().isEmpty()
    assert line.geometry().bottom() < panel.cost_label.geometry().top()
    assert line.accessibleDescription() == label.text()
    assert line.text()[:20] == label.text()[:20] != ""
    assert label.visibleRegion().isEmpty()  # the fields are scrolled
    line.click()
    assert not label.visibleRegion().isEmpty()


def test_it_says_how_much_more_there_is_and_never_widens_the_panel(online: Rig) -> None:
    online.inside.show_canvas()
    panel = online.inside.docks.prompt
    width = panel.width()
    panel.fields.show_lint((_LONG, "No seed & no size.", "third"))
    assert panel.width() == width
    assert panel.lint_line.text().endswith("… (+2)")
    assert "No seed &amp; no size." in panel.lint_line.toolTip()
    panel.fields.show_lint(())
    assert panel.lint_line.isHidden()
