"""Pointer events in, commands out; no widgets."""
