"""A condition as it is written, in JSON-logic, read into a tree; what cannot be meant is refused."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from portal.core.offers.audience import tree
from portal.core.offers.audience.fitting import Fields, Fitting
from portal.core.offers.audience.tree import (
    Among,
    Compare,
    Either,
    Every,
    If,
    Literal,
    Missing,
    Node,
    Not,
    Op,
    Var,
    Within,
)

DEPTH, NODES, LENGTH = 8, 200, 10_000
LARGEST = 10**15
OPERATORS = ("and", "or", "!", *Op, "in", "var", "missing", "if")
_COMPARED = frozenset(op.value for op in Op)
_BETWEEN = (Op.LESS, Op.AT_MOST)


class Fault(ValueError):
    """A condition cannot be meant like that: where, as a path from its top, and what to write instead."""

    def __init__(self, path: str, mend: str) -> None:
        super().__init__(f"{path or '/'}: {mend}")
        self.path, self.mend = path or "/", mend


@lru_cache(maxsize=1024)
def kept(text: str) -> Node:
    """A condition that was accepted before, as it stands in the offer."""
    return _Reader(None).read(_parsed(text), "", 1)


def accept(text: str, fields: Fields) -> str:
    """The condition in the form in which it is kept; raises Fault unless it asks for declared fields only."""
    raw = _parsed(text)
    _Reader(Fitting(fields)).read(raw, "", 1)
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))


def _parsed(text: str) -> Any:
    if len(text) > LENGTH:
        raise Fault("", f"use at most {LENGTH} characters")
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except Fault:
        raise
    except RecursionError:
        raise Fault("", f"nest at most {DEPTH} deep") from None
    except ValueError as wrong:
        where = f", at character {wrong.pos + 1}" if isinstance(wrong, json.JSONDecodeError) else ""
        raise Fault("", f'write it as JSON such as {{"==": [{{"var": "city"}}, "Vilnius"]}}{where}') from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) != len({name for name, _ in pairs}):
        raise Fault("", f"write {pairs[0][0]!r} once in its braces; join conditions with and, or")
    return dict(pairs)


def _no_number(name: str) -> Any:
    raise Fault("", f"{name} is no number to compare with")


class _Reader:
    """Reads one condition. Without `fitting` it is one that was accepted before."""

    def __init__(self, fitting: Fitting | None) -> None:
        self._fitting = fitting
        self._nodes = 0

    def read(self, raw: Any, path: str, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > NODES:
            raise Fault(path, f"use at most {NODES} parts")
        if depth > DEPTH:
            raise Fault(path, f"nest at most {DEPTH} deep")
        if isinstance(raw, Mapping):
            return self._operation(raw, path, depth)
        if isinstance(raw, list):
            raise Fault(path, "a list stands only as the second value of in")
        return Literal(_scalar(raw, path))

    def _checked(self, node: Node, path: str) -> Node:
        if self._fitting and (fault := self._fitting.fault_of(node)):
            raise Fault(path, fault)
        return node

    def _operation(self, raw: Mapping[str, Any], path: str, depth: int) -> Node:
        if len(raw) != 1:
            raise Fault(path, "write one operator in its braces; join conditions with and, or")
        [(name, given)] = raw.items()
        if name not in OPERATORS:
            raise Fault(path, f"there is no {name!r}; use one of: {' '.join(OPERATORS)}")
        path = f"{path}/{name}"
        return self._checked(self._operated(name, given, path, depth), path)

    def _operated(self, name: str, given: Any, path: str, depth: int) -> Node:
        if name in _KEYED:
            return _KEYED[name](given, path)
        given = given if isinstance(given, list) else [given]
        if name == "in":
            return self._in(given, path, depth)
        parts = [self.read(one, f"{path}/{place}", depth + 1) for place, one in enumerate(given)]
        return _made(name, parts, path)

    def _in(self, given: list[Any], path: str, depth: int) -> Node:
        if len(given) != 2:
            raise Fault(path, "give two values: what, and in what")
        needle = self.read(given[0], f"{path}/0", depth + 1)
        if not isinstance(given[1], list):
            return Within(needle, self.read(given[1], f"{path}/1", depth + 1))
        self._nodes += len(given[1])
        if self._nodes > NODES:
            raise Fault(f"{path}/1", f"use at most {NODES} parts")
        return Among(needle, tuple(_scalar(one, f"{path}/1/{place}") for place, one in enumerate(given[1])))


def _made(name: str, parts: Sequence[Node], path: str) -> Node:
    match name, len(parts):
        case "and" | "or", count if count:
            return Every(tuple(parts)) if name == "and" else Either(tuple(parts))
        case "!", 1:
            return Not(parts[0])
        case "if", count if count > 1:
            pairs = tuple(zip(parts[::2], parts[1::2], strict=False))
            return If(pairs, parts[-1] if count % 2 else Literal(None))
        case _, 2 if name in _COMPARED:
            return Compare(Op(name), parts[0], parts[1])
        case _, 3 if name in _BETWEEN:
            low, value, high = parts
            return Every((Compare(Op(name), low, value), Compare(Op(name), value, high)))
    raise Fault(path, _MANY.get(name, "give two values"))


_MANY = {
    "and": "give at least one condition",
    "or": "give at least one condition",
    "!": "give one condition",
    "if": "give a condition, what it leads to, and what else",
    "<": "give two values, or three for between",
    "<=": "give two values, or three for between",
}


def _var(given: Any, path: str) -> Node:
    parts = given if isinstance(given, list) else [given]
    if not 1 <= len(parts) <= 2 or not isinstance(parts[0], str) or not parts[0]:
        raise Fault(path, "name one field, and if need be a value for who has told nothing")
    return Var(parts[0], Literal(_scalar(parts[1], f"{path}/1") if len(parts) > 1 else None))


def _missing(given: Any, path: str) -> Node:
    keys = given if isinstance(given, list) else [given]
    if not keys or not all(isinstance(key, str) for key in keys):
        raise Fault(path, "name the fields")
    return Missing(tuple(keys))


_KEYED: dict[str, Callable[[Any, str], Node]] = {"var": _var, "missing": _missing}


def _scalar(raw: Any, path: str) -> tree.Value:
    if isinstance(raw, Mapping | list):
        raise Fault(path, "write a plain value here: text, a number, true, false or null")
    if isinstance(raw, str) and ("\0" in raw or not _is_text(raw)):
        raise Fault(path, "use letters that can be written")
    if isinstance(raw, int | float) and not (math.isfinite(raw) and abs(raw) <= LARGEST):
        raise Fault(path, f"use a number up to {LARGEST}")
    return raw  # type: ignore[no-any-return]


def _is_text(text: str) -> bool:
    try:
        return bool(text.encode()) or not text
    except UnicodeEncodeError:
        return False
