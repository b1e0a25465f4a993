"""The picture being painted: layers, mask, frame, commands, undo."""
