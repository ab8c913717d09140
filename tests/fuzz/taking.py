"""Which modules take bytes or elements of strangers, as their annotations say it."""

import ast
from functools import cache
from pathlib import Path

import tlsglass

_ROOT = Path(tlsglass.__file__).parent
_TAKEN = frozenset({"bytes", "Element"})
_DEMO = "demo."
"""The zoo is ours: what it reads is what our own tests and clients of ours say to it."""


@cache
def taking() -> dict[str, tuple[str, ...]]:
    """The modules, without `tlsglass.` before them, with the public functions and methods that take bytes."""
    found = {}
    for path in sorted(_ROOT.rglob("*.py")):
        module = ".".join(path.relative_to(_ROOT).with_suffix("").parts).removesuffix(".__init__")
        names = tuple(_functions(ast.parse(path.read_text(encoding="utf-8"))))
        if names and not module.startswith(_DEMO):
            found[module] = names
    return found


def _functions(tree: ast.Module) -> list[str]:
    """Public functions, and public methods of public classes, that have such a parameter."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and _is_public(node.name) and _takes(node):
            found.append(node.name)
        if isinstance(node, ast.ClassDef) and _is_public(node.name):
            methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef)]
            found += [f"{node.name}.{inner.name}" for inner in methods if _is_public(inner.name) and _takes(inner)]
    return found


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name == "__init__"


def _takes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a parameter is of bytes or an element, alone or in a union; what is called back does not count."""
    arguments = function.args
    return any(
        _TAKEN & set(_parts(argument.annotation))
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        if argument.annotation is not None
    )


def _parts(annotation: ast.expr) -> list[str]:
    """The names in an annotation and in what unions and collections it has; none of what callables take and give."""
    match annotation:
        case ast.Name(id=name):
            return [name]
        case ast.Constant(value=str(text)):
            return _parts(ast.parse(text, mode="eval").body)
        case ast.BinOp(left=left, right=right):
            return [*_parts(left), *_parts(right)]
        case ast.Subscript(value=ast.Name(id=name), slice=inner) if name != "Callable":
            return _parts(inner)
        case ast.Tuple(elts=parts):
            return [name for part in parts for name in _parts(part)]
        case _:
            return []
