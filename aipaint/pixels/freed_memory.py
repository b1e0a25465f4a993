"""Freed memory back to the system: the C library of Linux keeps it otherwise."""

import ctypes
import sys


def give_back_freed_memory() -> None:
    """Has an effect with glibc only; elsewhere freed tiles go back by themselves. Any thread."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
