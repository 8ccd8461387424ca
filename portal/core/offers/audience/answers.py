"""A condition asked of one member's values."""

from portal.core.offers.audience import tree
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
    Value,
    Values,
    Var,
    Within,
)


def holds(node: Node, values: Values) -> bool:
    """Whether the condition lets somebody with these values in."""
    return tree.is_yes(value_of(node, values))


def value_of(node: Node, values: Values) -> Value:
    """What a condition, or a part of one, comes to."""
    match node:
        case Literal(value):
            return value
        case Var(key, default):
            told = values.get(key)
            return default.value if told is None else told
        case Missing(keys):
            return tuple(key for key in keys if values.get(key) in (None, ""))
        case Not(of):
            return not holds(of, values)
        case Every(of):
            return _deciding(of, values, until=False)
        case Either(of):
            return _deciding(of, values, until=True)
        case If(branches, otherwise):
            then = next((then for asked, then in branches if holds(asked, values)), otherwise)
            return value_of(then, values)
        case Compare(op, left, right):
            return tree.compares(op, value_of(left, values), value_of(right, values))
        case Among(needle, items):
            return _is_among(value_of(needle, values), items)
        case Within(needle, whole):
            return _is_within(value_of(needle, values), value_of(whole, values))


def _deciding(of: tuple[Node, ...], values: Values, *, until: bool) -> Value:
    """The first value that settles it, else the last."""
    value: Value = None
    for node in of:
        value = value_of(node, values)
        if tree.is_yes(value) is until:
            break
    return value


def _is_among(value: Value, items: tuple[Value, ...]) -> bool:
    return any(tree.compares(tree.Op.SAME, value, item) for item in items)


def _is_within(value: Value, whole: Value) -> bool:
    return isinstance(value, str) and isinstance(whole, str | list | tuple) and value in whole
