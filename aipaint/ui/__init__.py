"""The window: everything that is seen and touched."""
