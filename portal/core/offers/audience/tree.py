"""The tree that a condition is read into, the sorts of its values, and how two values compare."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

# What a member's field or a condition may hold; None is nothing.
Value: TypeAlias = str | bool | int | float | tuple[str, ...] | list[str] | None
Values: TypeAlias = Mapping[str, Value]
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DECIMAL_LENGTH = 15


class Sort(StrEnum):
    """What can be compared with what."""

    TEXT = "text"
    NUMBER = "a number"
    SWITCH = "yes or no"
    LIST = "a list"
    NOTHING = "nothing"
    MIXED = "values of several sorts"


Sorts: TypeAlias = Mapping[str, Sort]


class Op(StrEnum):
    """How two values are compared."""

    SAME = "==="
    NOT_SAME = "!=="
    EQUAL = "=="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True)
class Literal:
    value: Value


@dataclass(frozen=True)
class Var:
    key: str
    default: Literal = Literal(None)


@dataclass(frozen=True)
class Missing:
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Not:
    of: "Node"


@dataclass(frozen=True)
class Every:
    of: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    of: tuple["Node", ...]


@dataclass(frozen=True)
class If:
    """The first branch whose condition holds, else the last."""

    branches: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"


@dataclass(frozen=True)
class Compare:
    op: Op
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Among:
    """A value in a list that the condition writes out."""

    needle: "Node"
    items: tuple[Value, ...]


@dataclass(frozen=True)
class Within:
    """A text within a text, or a choice among the choices of a field."""

    needle: "Node"
    whole: "Node"


Node: TypeAlias = Literal | Var | Missing | Not | Every | Either | If | Compare | Among | Within


def sort_of(node: Node, sorts: Sorts) -> Sort:
    """What sort of value it gives; a field that nobody declared gives nothing."""
    match node:
        case Literal(value):
            return sort_of_value(value)
        case Var(key, _):
            return sorts.get(key, Sort.NOTHING)
        case Missing():
            return Sort.LIST
        case Every(of) | Either(of):
            return _joined(*(sort_of(one, sorts) for one in of))
        case If(branches, otherwise):
            given = (sort_of(then, sorts) for _, then in branches)
            return _joined(*given, sort_of(otherwise, sorts))
    return Sort.SWITCH


def sort_of_value(value: Value) -> Sort:
    """The sort of one value."""
    match value:
        case None:
            return Sort.NOTHING
        case bool():
            return Sort.SWITCH
        case str():
            return Sort.TEXT
        case int() | float():
            return Sort.NUMBER
    return Sort.LIST


def is_yes(value: Value) -> bool:
    """Whether a value counts as yes."""
    return bool(value)


def number(value: Value) -> float | None:
    """A value as a number, where it is one."""
    if isinstance(value, str):
        plain = len(value) <= DECIMAL_LENGTH and _DECIMAL.fullmatch(value)
        return float(value) if plain else None
    return float(value) if isinstance(value, bool | int | float) else None


def compares(op: Op, left: Value, right: Value) -> bool:
    """Whether two values compare like that. Lists are compared with nothing; reading refuses them."""
    match op:
        case Op.NOT_SAME | Op.NOT_EQUAL:
            return not compares(Op.SAME if op is Op.NOT_SAME else Op.EQUAL, left, right)
        case Op.SAME:
            return sort_of_value(left) is sort_of_value(right) and left == right
        case Op.EQUAL if left is None or right is None:
            return left is right
    if isinstance(left, str) and isinstance(right, str):
        return _ordered(op, left, right)
    one, other = number(left), number(right)
    return one is not None and other is not None and _ordered(op, one, other)


def _ordered(op: Op, left: str | float, right: str | float) -> bool:
    below, equal = left < right, left == right  # type: ignore[operator]
    return {
        Op.EQUAL: equal,
        Op.LESS: below,
        Op.AT_MOST: below or equal,
        Op.MORE: not below and not equal,
        Op.AT_LEAST: not below,
    }[op]


def _joined(*sorts: Sort) -> Sort:
    real = {sort for sort in sorts if sort is not Sort.NOTHING}
    if len(real) > 1:
        return Sort.MIXED
    return real.pop() if real else Sort.NOTHING
