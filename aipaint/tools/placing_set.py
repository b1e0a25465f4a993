"""The tools that change place and shape: move, transform, crop, frame, and those for the view."""

from aipaint.document.document import Document
from aipaint.tools.crop_tool import CropTool
from aipaint.tools.frame_tool import FrameTool
from aipaint.tools.move_tool import MoveTool
from aipaint.tools.placing import PlacingBox
from aipaint.tools.tool import Tool
from aipaint.tools.transform_tool import TransformTool
from aipaint.tools.zoom_tool import ZoomTool


def placing_tools(document: Document, box: PlacingBox) -> tuple[Tool, ...]:
    """One of each."""
    return (
        MoveTool(document, box),
        TransformTool(document, box),
        CropTool(document, box),
        FrameTool(document, box),
        ZoomTool(box),
    )
