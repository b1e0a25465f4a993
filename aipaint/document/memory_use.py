"""`MemoryUse`: what something takes in memory and on the disk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MemoryUse:
    """In bytes. What others need as well does not count."""

    memory_bytes: int = 0
    disk_bytes: int = 0

    def __add__(self, other: "MemoryUse") -> "MemoryUse":
        return MemoryUse(self.memory_bytes + other.memory_bytes, self.disk_bytes + other.disk_bytes)
