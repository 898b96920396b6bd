"""Structs as TypeScript: what is sent and taken as JSON, with the docstrings of types and fields."""

import ast
import inspect
import itertools
import sys
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar import Response

from bilin.core.codec import HOLDS
from bilin.core.ids import Id
from bilin.core.reasons import Reason

PLAIN: dict[Any, str] = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null"}
LISTS = (list, tuple, Sequence, frozenset, set)
DICTS = (dict, Mapping)


class Ambiguous(Exception):
    """Two shapes of one name, or one that is not the same when it is sent as when it is taken."""


class Shapes:
    """Every struct that is reached, by name."""

    def __init__(self) -> None:
        self.text: dict[str, str] = {}
        self._from: dict[str, tuple[type, bool]] = {}
        self._open: set[str] = set()

    def of(self, kind: Any, *, taken: bool = False) -> str:
        """A type as it is written in TypeScript. `taken`: a client sends it, so what has a default may be left out."""
        origin, parts = get_origin(kind), get_args(kind)
        if kind in PLAIN:
            return PLAIN[kind]
        if origin is Annotated:
            held = next(
                (each.extra[HOLDS] for each in parts[1:] if isinstance(each, msgspec.Meta) and each.extra), None
            )
            return self.of(parts[0] if held is None else held, taken=taken)
        if (alias := aliases().get(_key(kind))) is not None:
            return self._aliased(alias, kind, taken)
        return self._spelt(kind, origin, parts, taken)

    def _aliased(self, alias: str, kind: Any, taken: bool) -> str:
        if alias not in self.text:
            self.text[alias] = ""
            spelt = self._spelt(kind, get_origin(kind), get_args(kind), taken)
            self.text[alias] = f"export type {alias} = {spelt}\n"
        return alias

    def _spelt(self, kind: Any, origin: Any, parts: tuple[Any, ...], taken: bool) -> str:
        if origin is Literal:
            return " | ".join(map(_quoted, parts))
        if origin in (Union, UnionType):
            return " | ".join(dict.fromkeys(self.of(each, taken=taken) for each in parts if not _is_unset(each)))
        if origin in DICTS:
            return f"Record<{self.of(parts[0], taken=taken)}, {self.of(parts[1], taken=taken)}>"
        if origin in LISTS:
            if origin is tuple and Ellipsis not in parts:
                return f"[{', '.join(self.of(each, taken=taken) for each in parts)}]"
            item = self.of(parts[0], taken=taken)
            return f"({item})[]" if " " in item else f"{item}[]"
        if origin is Response:
            return self.of(parts[0], taken=taken)
        return self._named(kind, taken)

    def _named(self, kind: Any, taken: bool) -> str:
        if not isinstance(kind, type):
            raise TypeError(f"{kind} has no shape")
        if kind is Reason:
            return "Reason"
        if issubclass(kind, Id):
            return "Id"
        if issubclass(kind, msgspec.Struct):
            if kind.__struct_config__.array_like:
                hints = get_type_hints(kind, include_extras=True)
                return f"[{', '.join(self.of(hints[name], taken=taken) for name in kind.__struct_fields__)}]"
            return self.add(kind, taken=taken)
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            hints = get_type_hints(kind, include_extras=True)
            return f"[{', '.join(f'{name}: {self.of(hints[name], taken=taken)}' for name in kind._fields)}]"
        raise TypeError(f"{kind} has no shape")

    def add(self, kind: type[msgspec.Struct], *, taken: bool = False, without: frozenset[str] = frozenset()) -> str:
        """The name of a struct's interface, which is written when it is met first. Raises `Ambiguous`."""
        name = kind.__name__
        before = self._from.setdefault(name, (kind, taken))
        if before[0] is not kind:
            raise Ambiguous(f"{kind} and {before[0]} have one name")
        if name in self._open or (name in self.text and before[1] == taken):
            return name
        self._open.add(name)
        text = self._interface(kind, name, taken, without)
        self._open.discard(name)
        if self.text.setdefault(name, text) != text:
            raise Ambiguous(f"{kind} is not the same when it is sent as when it is taken: give the body its own")
        return name

    def _interface(self, kind: type[msgspec.Struct], name: str, taken: bool, without: frozenset[str]) -> str:
        hints, notes = get_type_hints(kind, include_extras=True), notes_of(kind)
        config = kind.__struct_config__
        lines = [doc(kind.__doc__), f"export interface {name} {{\n"]
        if config.tag is not None:
            lines.append(f"  {config.tag_field}: {_quoted(config.tag)}\n")
        for field in msgspec.structs.fields(kind):
            if field.name in without:
                continue
            hint = hints[field.name]
            may_lack = _may_be_unset(hint) or (not field.required and (taken or config.omit_defaults))
            mark = "?" if may_lack else ""
            told = indented(doc(notes.get(field.name)))
            lines.append(f"{told}  {field.encode_name}{mark}: {self.of(hint, taken=taken)}\n")
        return "".join([*lines, "}\n"])


@cache
def aliases() -> dict[Any, str]:
    """What modules call their unions and choices, where one name means one thing: `Role`, `Notice`."""
    named: dict[str, set[Any]] = {}
    for module in [module for name, module in sys.modules.items() if name.startswith("bilin.")]:
        for name, value in vars(module).items():
            if name[0].isupper() and not name.isupper() and (key := _key(value)) is not None:
                named.setdefault(name, set()).add(key)
    clear = [(next(iter(keys)), name) for name, keys in named.items() if len(keys) == 1]
    counted = Counter(key for key, _ in clear)
    return {key: name for key, name in clear if counted[key] == 1}


def _key(kind: Any) -> Any:
    """By what a union or a choice is recognised; None for anything else."""
    parts, is_choice = get_args(kind), get_origin(kind) is Literal
    is_union = get_origin(kind) in (Union, UnionType) and all(hasattr(each, "__struct_fields__") for each in parts)
    return (is_choice, frozenset(parts)) if is_choice or is_union else None


def doc(text: str | None) -> str:
    """A docstring as a comment."""
    if not text:
        return ""
    words = " ".join(inspect.cleandoc(text).split()).replace("None", "null").replace("*/", "* /")
    return f"/** {words} */\n" if len(words) < 105 else _block(words)


def _block(words: str) -> str:
    lines = textwrap.wrap(words, 110, break_long_words=False, break_on_hyphens=False)
    return "/**\n" + "".join(f" * {line}\n" for line in lines) + " */\n"


def indented(text: str) -> str:
    """Two blanks before each line."""
    return textwrap.indent(text, "  ")


@cache
def notes_of(kind: type) -> dict[str, str]:
    """What stands below the fields of a class and its bases."""
    notes: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("bilin."):
            try:
                source = inspect.getsource(base)
            except (OSError, TypeError):  # made from the declaration of a record
                continue
            (tree,) = ast.parse(textwrap.dedent(source)).body
            notes |= _notes_in(tree.body if isinstance(tree, ast.ClassDef) else [])
    return notes


def _notes_in(body: Sequence[ast.stmt]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, below in itertools.pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str):
            found[field.target.id] = below.value.value
    return found


def _quoted(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def _is_unset(kind: Any) -> bool:
    return kind is msgspec.UnsetType


def _may_be_unset(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return _may_be_unset(get_args(hint)[0])
    return get_origin(hint) in (Union, UnionType) and any(map(_is_unset, get_args(hint)))
