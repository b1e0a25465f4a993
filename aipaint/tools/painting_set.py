"""The painting tools beside brush and eraser, and the brushes some of them have of their own."""

from aipaint.document.document import Document
from aipaint.pixels.brush import Brush
from aipaint.pixels.shapes import ShapeKind
from aipaint.tools.clone_tool import CloneTool
from aipaint.tools.fill_tool import FillTool
from aipaint.tools.gradient_tool import GradientTool
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.pencil_tool import PencilTool
from aipaint.tools.picker_tool import PickerTool
from aipaint.tools.polygon_tool import PolygonTool
from aipaint.tools.shape_tool import ShapeTool
from aipaint.tools.smudge_tool import SmudgeTool
from aipaint.tools.text_tool import TextTool
from aipaint.tools.tool import Tool


def painting_tools(document: Document, box: PaintingBox) -> tuple[Tool, ...]:
    """One of each, in the order of the tool bar."""
    return (
        PencilTool(document, box),
        FillTool(document, box),
        GradientTool(document, box),
        ShapeTool(document, box, ShapeKind.LINE),
        ShapeTool(document, box, ShapeKind.RECTANGLE),
        ShapeTool(document, box, ShapeKind.ELLIPSE),
        PolygonTool(document, box),
        TextTool(document, box),
        SmudgeTool(document, box),
        CloneTool(document, box),
        PickerTool(document, box),
    )


def own_brushes() -> dict[str, Brush]:
    """By the id of the tool: what is good for one would be a nuisance to the others."""
    return {
        "eraser": Brush(),
        "pencil": Brush(size_pixels=2.0, hardness=1.0, pressure_to_size=False),
        "smudge": Brush(
            size_pixels=50.0,
            hardness=0.3,
            opacity=0.6,
            pressure_to_size=False,
            pressure_to_opacity=True,
        ),
        "clone": Brush(size_pixels=60.0, hardness=0.7, pressure_to_size=False),
    }
