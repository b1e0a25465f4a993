"""Bytes in plain words."""

from aipaint.document.memory_use import MemoryUse

_MEGABYTE = 1024 * 1024
_GIGABYTE = 1024 * _MEGABYTE


def memory_words(use: MemoryUse) -> str:
    """ "12 MB in memory, 40 MB on disk"; what is not there is not named."""
    parts = []
    if use.memory_bytes or not use.disk_bytes:
        parts.append(f"{size_words(use.memory_bytes)} in memory")
    if use.disk_bytes:
        parts.append(f"{size_words(use.disk_bytes)} on disk")
    return ", ".join(parts)


def size_words(byte_count: int) -> str:
    """Whole megabytes, as much as anybody wants to know."""
    if byte_count >= _GIGABYTE:
        return f"{byte_count / _GIGABYTE:.1f} GB"
    if byte_count >= _MEGABYTE:
        return f"{round(byte_count / _MEGABYTE)} MB"
    return "less than 1 MB" if byte_count else "nothing"
