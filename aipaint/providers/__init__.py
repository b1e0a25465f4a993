"""Image models behind one interface: offline, OpenAI-compatible and more."""
