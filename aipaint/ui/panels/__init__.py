"""The docked panels, one feature per file."""
