"""The shared budget: reserve, settle, release, and why a call was charged."""
