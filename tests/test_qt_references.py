"""The Qt binding keeps its count of references to None (6.12.0 did not, and aborted for it)."""

import sys

from PySide6.QtGui import QImage, QPainter

CALLS = 1000
TOLERANCE = 5
"""Other code may drop a few references of its own meanwhile; the fault lost one per call."""


def test_a_call_without_result_loses_no_reference_to_none() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setOpacity(0.5)
    after = sys.getrefcount(None)
    painter.end()
    assert after - before >= -TOLERANCE
