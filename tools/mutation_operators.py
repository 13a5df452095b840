"""Small slips in the source of rules: one changed node of a module's syntax tree at a time."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

# What is said to people, and the examples themselves, are no part of the expressions.
_WORDS = {
    "message", "hint", "why", "source", "cannot_see", "bad", "good", "code", "slug", "field",
    "severity", "effect", "params", "suggestion", "needs_registry", "inferred", "since",
}  # fmt: skip
_SPEECH = {"Text", "Example"}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_METHODS = {
    "is_null": "is_not_null", "is_not_null": "is_null",
    "any_horizontal": "all_horizontal", "all_horizontal": "any_horizontal",
    "starts_with": "ends_with", "ends_with": "starts_with",
}  # fmt: skip
_DURATION = re.compile(r"^(-?\d+)(d|w|mo|y)$")
_NOTHING = "∅"


@dataclass(frozen=True)
class Mutant:
    """One slip: where it is, what stood there, what stands there now, and the whole module."""

    operator: str
    line: int
    was: str
    now: str
    tree: ast.Module

    @property
    def change(self) -> str:
        """The slip in one line."""
        return f"{self.was} → {self.now}"


def mutants(source: str) -> Iterator[Mutant]:
    """Every slip of the operators in a module, except in what is said to people.

    Many of them touch no rule's expression at all (helpers, annotations): whoever runs them
    drops those whose rules come out equal.
    """
    tree = ast.parse(source)
    for path, node in _nodes(tree, ()):
        for operator, replacement in _slips(node):
            changed = copy.deepcopy(tree)
            _put(changed, path, replacement)
            ast.fix_missing_locations(changed)
            yield Mutant(
                operator,
                getattr(node, "lineno", 0),
                _short(node),
                _short(replacement),
                changed,
            )


_Path = tuple[tuple[str, int | None], ...]


def _nodes(node: ast.AST, path: _Path) -> Iterator[tuple[_Path, ast.AST]]:
    """All nodes of expressions with the way to them from the root."""
    if isinstance(node, ast.Call) and _name(node.func) in _SPEECH:
        return
    if isinstance(node, ast.keyword) and node.arg in _WORDS:
        return
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if path:
        yield path, node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_comment"):
            continue
        if isinstance(value, ast.AST):
            yield from _nodes(value, (*path, (name, None)))
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield from _nodes(item, (*path, (name, at)))


def _slips(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        yield "comparison", _with(node, ops=[_COMPARISONS[type(node.ops[0])](), *node.ops[1:]])
        last = node.comparators[-1]
        if isinstance(last, ast.Constant) and isinstance(last.value, str):
            yield "word dropped", _with(node, comparators=[ast.Constant(_NOTHING)])
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        other = ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd()
        yield "and / or", _with(node, op=other)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield "not", node.operand
    elif isinstance(node, ast.Attribute) and node.attr in _METHODS:
        yield (
            "null test" if "null" in node.attr else "method",
            _with(node, attr=_METHODS[node.attr]),
        )
    elif isinstance(node, ast.Call) and _name(node.func) == "fill_null":
        yield from _flipped_fill(node)
    elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        yield from _shorter(node)
    elif isinstance(node, ast.Constant):
        yield from _constants(node)


def _flipped_fill(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    given = [*node.args, *(k.value for k in node.keywords)]
    if len(given) == 1 and isinstance(given[0], ast.Constant) and isinstance(given[0].value, bool):
        flipped = ast.Constant(not given[0].value)
        yield "fill_null", _with(node, args=[flipped], keywords=[])


def _shorter(node: ast.List | ast.Tuple | ast.Set) -> Iterator[tuple[str, ast.AST]]:
    """A list of words without one of them."""
    words = [isinstance(e, ast.Constant) and isinstance(e.value, str) for e in node.elts]
    if not words or not all(words):
        return
    for at in range(len(node.elts)):
        yield "word dropped", _with(node, elts=[e for n, e in enumerate(node.elts) if n != at])


def _constants(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    value = node.value
    if isinstance(value, bool):
        return
    if isinstance(value, (int, float)):
        yield "constant", ast.Constant(value + 1)
        yield "constant", ast.Constant(value - 1)
    elif isinstance(value, str) and (found := _DURATION.match(value)):
        number = int(found[1])
        further = number - 1 if number < 0 else number + 1
        yield "duration", ast.Constant(f"{further}{found[2]}")


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _put(tree: ast.Module, path: _Path, replacement: ast.AST) -> None:
    node: ast.AST = tree
    for name, at in path[:-1]:
        value = getattr(node, name)
        node = value if at is None else value[at]
    name, at = path[-1]
    if at is None:
        setattr(node, name, replacement)
    else:
        getattr(node, name)[at] = replacement


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 110 else f"{text[:70]} … {text[-36:]}"
