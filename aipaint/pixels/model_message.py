"""What goes between us and the process that runs a model: names, numbers and arrays, never objects
that would run code when they are unpacked."""

import json
import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

_LENGTH = struct.Struct("<I")
_KINDS: dict[str, np.dtype[Any]] = {"|u1": np.dtype(np.uint8), "<f4": np.dtype("<f4")}

Array = npt.NDArray[Any]
Pixels = npt.NDArray[np.uint8]
"""As in tile.py, without Qt."""


@dataclass(frozen=True, eq=False)
class ModelMessage:
    """`word` says what it is; `facts` are texts and numbers (JSON); `arrays` uint8 or float32."""

    word: str
    facts: dict[str, Any] = field(default_factory=dict)
    arrays: tuple[Array, ...] = ()

    def to_bytes(self) -> bytes:
        arrays = [np.ascontiguousarray(array) for array in self.arrays]
        shapes = [(array.dtype.str, array.shape) for array in arrays]
        head = json.dumps([self.word, self.facts, shapes]).encode()
        parts: list[Any] = [_LENGTH.pack(len(head)), head, *(array.data for array in arrays)]
        return b"".join(parts)

    @staticmethod
    def from_bytes(data: bytes) -> "ModelMessage":
        """The arrays share the memory of `data`. Raises ValueError for anything odd."""
        try:
            (length,) = _LENGTH.unpack_from(data)
            offset = _LENGTH.size + length
            word, facts, shapes = json.loads(data[_LENGTH.size : offset])
            arrays: list[Array] = []
            for kind, shape in shapes:
                dtype, count = _KINDS[kind], int(np.prod(shape, dtype=np.int64))
                if min(shape, default=0) < 0:
                    raise ValueError("the message is damaged")
                array = np.frombuffer(data, dtype, count, offset)
                arrays.append(array.reshape(shape))
                offset += array.nbytes
        except (struct.error, KeyError, TypeError, UnicodeDecodeError) as error:
            raise ValueError("the message is damaged") from error
        return ModelMessage(str(word), dict(facts), tuple(arrays))
