"""A document on disk: open, save, import, export."""
