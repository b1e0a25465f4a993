"""The command line: one file per command, the same core objects as the window."""
