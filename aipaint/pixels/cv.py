"""The only door to OpenCV: `from aipaint.pixels.cv import cv2`.

The opencv-python wheel points two Qt variables at its own Qt 5 plugins when it is imported; a
program started from here afterwards would abort on them, so they are taken away again.
"""

import os

import cv2

for _variable in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_variable, None)

__all__ = ["cv2"]
