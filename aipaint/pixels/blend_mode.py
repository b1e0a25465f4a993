"""`BlendMode`: how a layer meets what lies under it, by the names OpenRaster and SVG use."""

from enum import Enum


class BlendMode(Enum):
    """The sixteen modes of W3C's "Compositing and Blending", and Plus. The value is OpenRaster's
    composite-op."""

    NORMAL = "svg:src-over"
    MULTIPLY = "svg:multiply"
    SCREEN = "svg:screen"
    OVERLAY = "svg:overlay"
    DARKEN = "svg:darken"
    LIGHTEN = "svg:lighten"
    COLOR_DODGE = "svg:color-dodge"
    COLOR_BURN = "svg:color-burn"
    HARD_LIGHT = "svg:hard-light"
    SOFT_LIGHT = "svg:soft-light"
    DIFFERENCE = "svg:difference"
    EXCLUSION = "svg:exclusion"
    HUE = "svg:hue"
    SATURATION = "svg:saturation"
    COLOR = "svg:color"
    LUMINOSITY = "svg:luminosity"
    PLUS = "svg:plus"

    @property
    def label(self) -> str:
        """For people: "Color Dodge"."""
        return self.name.replace("_", " ").title()
