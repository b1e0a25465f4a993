"""ONNX models of a node or two, written byte by byte: no library is needed to make them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

UINT8, FLOAT = 2, 1
_INT, _INTS = 2, 7  # kinds of attribute


@dataclass(frozen=True)
class Node:
    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    numbers: dict[str, int | tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Value:
    name: str
    kind: int
    shape: tuple[int | str, ...]


def onnx_model(nodes: Sequence[Node], inputs: Sequence[Value], outputs: Sequence[Value]) -> bytes:
    graph = b"".join(_part(1, _node(node)) for node in nodes)
    graph += _part(2, b"tiny")
    graph += b"".join(_part(11, _value(value)) for value in inputs)
    graph += b"".join(_part(12, _value(value)) for value in outputs)
    return _number(1, 8) + _part(7, graph) + _part(8, _part(1, b"") + _number(2, 13))


def _node(node: Node) -> bytes:
    body = b"".join(_part(1, name.encode()) for name in node.inputs)
    body += b"".join(_part(2, name.encode()) for name in node.outputs)
    body += _part(4, node.operator.encode())
    for name, value in node.numbers.items():
        is_one = isinstance(value, int)
        numbers = (value,) if isinstance(value, int) else value
        attribute = _part(1, name.encode())
        attribute += b"".join(_number(3 if is_one else 8, number) for number in numbers)
        body += _part(5, attribute + _number(20, _INT if is_one else _INTS))
    return body


def _value(value: Value) -> bytes:
    sides = b""
    for side in value.shape:
        sides += _part(1, _number(1, side) if isinstance(side, int) else _part(2, side.encode()))
    tensor = _number(1, value.kind) + _part(2, sides)
    return _part(1, value.name.encode()) + _part(2, _part(1, tensor))


def _part(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    digits = []
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*digits, value])
