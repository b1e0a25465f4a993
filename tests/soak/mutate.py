"""`mutants_of`: small wrong versions of a module, one change each, that its tests should notice."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_LOGS = "_LOG"

Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """One wrong version: `number` counts the changes of the module, `line` is where it is."""

    number: int
    line: int
    what: str
    tree: ast.Module

    @property
    def code(self) -> str:
        return ast.unparse(self.tree)


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every single change; texts for people, types, logging and imports are left alone."""
    number = 0
    for place, node in enumerate(_nodes(ast.parse(source))):
        for what, change in _changes(node):
            tree = ast.parse(source)
            target = _nodes(tree)[place]
            _put(tree, target, change(copy.deepcopy(target)))
            yield Mutant(number, getattr(node, "lineno", 0), what, ast.fix_missing_locations(tree))
            number += 1


def _nodes(tree: ast.Module) -> list[ast.AST]:
    """All nodes whose change would be a change of what the program does, in a fixed order."""
    found: list[ast.AST] = []

    def visit(node: ast.AST) -> None:
        if _is_left_alone(node):
            return
        found.append(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params", "msg"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    visit(child)

    visit(tree)
    return found


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr):
        return True
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name):
        return node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        value = node.value
        is_type = isinstance(value, ast.Call) and ast.unparse(value.func) == "TypeVar"
        return is_type or any(ast.unparse(target) == "__all__" for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return "TypeAlias" in ast.unparse(node.annotation)
    return isinstance(node, ast.Expr) and (
        isinstance(node.value, ast.Constant) or ast.unparse(node.value).startswith(_LOGS)
    )


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            other = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield f"{other.__name__.lower()} instead", _with_op(other)
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _ARITHMETIC:
            changed = _ARITHMETIC[type(node.op)]
            yield f"{type(node.op).__name__} -> {changed.__name__}", _with_op(changed)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield "without its sign", lambda one: one.operand  # type: ignore[attr-defined]
        case ast.Constant():
            yield from _constants(node)
        case ast.If() | ast.While() | ast.IfExp():
            if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
                yield "the other way round", _negated
        case ast.Expr(value=ast.Call()) | ast.Raise():
            what = "not raised" if isinstance(node, ast.Raise) else "not called"
            yield what, lambda one: ast.copy_location(ast.Pass(), one)
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield "returns None", _returns_none


def _comparisons(node: ast.Compare) -> Iterator[tuple[str, Change]]:
    for index, op in enumerate(node.ops):
        for other in _COMPARISONS[type(op)]:

            def changed(
                one: ast.AST, index: int = index, other: type[ast.cmpop] = other
            ) -> ast.AST:
                assert isinstance(one, ast.Compare)
                one.ops[index] = other()
                return one

            yield f"{type(op).__name__} -> {other.__name__}", changed


def _constants(node: ast.Constant) -> Iterator[tuple[str, Change]]:
    value = node.value
    if isinstance(value, bool):
        yield f"{not value}", lambda one: ast.copy_location(ast.Constant(not value), one)
    elif isinstance(value, int | float):
        yield f"{value} + 1", lambda one: ast.copy_location(ast.Constant(value + 1), one)
    elif isinstance(value, str) and _NAME.fullmatch(value):
        yield f"{value!r} changed", lambda one: ast.copy_location(ast.Constant(f"X{value}"), one)


def _with_op(op: type[ast.AST]) -> Change:
    def changed(one: ast.AST) -> ast.AST:
        one.op = op()  # type: ignore[attr-defined]
        return one

    return changed


def _negated(one: ast.AST) -> ast.AST:
    assert isinstance(one, ast.If | ast.While | ast.IfExp)
    one.test = ast.UnaryOp(ast.Not(), one.test)
    return one


def _returns_none(one: ast.AST) -> ast.AST:
    return ast.copy_location(ast.Return(ast.Constant(None)), one)


def _put(tree: ast.Module, target: ast.AST, changed: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, changed)
                return
            if isinstance(value, list):
                for index, child in enumerate(value):
                    if child is target:
                        value[index] = changed
                        return
