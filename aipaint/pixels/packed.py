"""`Packed`: an array compressed in memory or spilled to disk, for tiles and undo records."""

import numpy as np

from aipaint.pixels.spill_file import SpilledBytes, SpillFile
from aipaint.pixels.tile import Pixels

_LEVEL = 1  # a tenth of the time of zlib for the same size
_SMALL = 2048  # not worth a block of the file


class Packed:
    """zstd at its fastest level. Any thread."""

    __slots__ = ("_data", "_shape")

    def __init__(self, pixels: Pixels) -> None:
        import zstandard  # not needed before something is packed

        self._shape = pixels.shape
        compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self._data: bytes | SpilledBytes = compressor.compress(
            np.ascontiguousarray(pixels).data.cast("B")
        )

    def spill(self, file: SpillFile) -> None:
        """Move what is in memory to the file, if it is worth it. Raises StorageError."""
        data = self._data
        if isinstance(data, bytes) and len(data) > _SMALL:
            self._data = file.store(data)

    def unpacked(self) -> Pixels:
        """The array as it was, fresh and writable. Raises StorageError."""
        import zstandard

        data = self._data
        if isinstance(data, SpilledBytes):
            data = data.read()
        length = int(np.prod(self._shape))
        raw = zstandard.ZstdDecompressor().decompress(data, max_output_size=length)
        return np.frombuffer(bytearray(raw), np.uint8).reshape(self._shape)

    @property
    def byte_size(self) -> int:
        """Memory it takes."""
        return len(self._data) if isinstance(self._data, bytes) else 0

    @property
    def disk_byte_size(self) -> int:
        """Room it takes on the disk."""
        data = self._data
        return data.byte_size if isinstance(data, SpilledBytes) else 0

    @property
    def is_spilled(self) -> bool:
        return isinstance(self._data, SpilledBytes)
