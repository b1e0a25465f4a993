"""The canvas: the view, its tile item and the overlays above it."""
