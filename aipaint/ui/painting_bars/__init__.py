"""What can be set for the painting tools, one bar per family, in the tool bar on top."""
