"""The actions on the results under the canvas, and on layers made by models."""

from aipaint.ui.action_spec import ActionSpec

CANDIDATE_ACTIONS = (
    ActionSpec(
        "generate.apply", "&Apply the Result", "check", ("Return", "Enter"),
        "Keep the result as a layer",
    ),
    ActionSpec("generate.discard", "&Discard the Result", "x", (), "Drop the result"),
    ActionSpec(
        "generate.giveBack", "&Bring Back the Discarded Result", "archive-restore", (),
        "Show again what was discarded last",
    ),
    ActionSpec("generate.discardAll", "Discard A&ll Results", "circle-x", (), "Drop them all"),
    ActionSpec(
        "generate.mix", "&Mix In by Brush", "brush", (),
        "As a hidden layer on top: the brush paints it in, the eraser takes it away",
    ),
    ActionSpec("generate.star", "S&tar the Result", "star", (), "Mark it as liked", True),
    ActionSpec("generate.previousResult", "Pre&vious Result", "", (",",), "Look at the one before"),
    ActionSpec("generate.nextResult", "&Next Result", "", (".",), "Look at the next one"),
    ActionSpec(
        "generate.compareSlider", "Compare by a &Slider", "chevrons-left-right", ("Y",),
        "Before at the left of a line that can be dragged, the result at the right", True,
    ),
    ActionSpec(
        "generate.compareSide", "Compare Side b&y Side", "columns-2", ("Shift+Y",),
        "The same part of the picture twice: before at the left, the result at the right", True,
    ),
    ActionSpec(
        "generate.final", "Make the &Final", "wand-sparkles", (),
        "Paint the chosen draft out in full, at the price shown", is_paid=True,
    ),
    ActionSpec(
        "layer.runAgain", "Run A&gain", "refresh-cw", (),
        "What lies below has changed: make the layer anew, at the price shown", is_paid=True,
    ),
)  # fmt: skip
