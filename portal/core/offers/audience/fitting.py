"""Whether a condition fits the club's fields: asks for declared ones, and compares what can be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.core.club import fields
from portal.core.club.fields import FieldKind
from portal.core.offers.audience import people, tree
from portal.core.offers.audience.tree import (
    Among,
    Compare,
    Literal,
    Missing,
    Node,
    Op,
    Sort,
    Var,
    Within,
)

_EQUALITIES = (Op.SAME, Op.NOT_SAME, Op.EQUAL, Op.NOT_EQUAL)


@dataclass(frozen=True)
class Fields:
    """What a condition may ask for: the kind of each declared field, and the options of each choice."""

    kinds: Mapping[str, FieldKind]
    options: Mapping[str, tuple[str, ...]]


def declared(session: Session) -> Fields:
    """The fields of this club."""
    every = fields.declared(session)
    kinds = {field.key: FieldKind(field.kind) for field in every}
    return Fields(kinds, {field.key: tuple(field.options) for field in every})


class Fitting:
    """Says what is wrong with one part of a condition, or nothing. The parts below it were looked at."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._sorts = people.sorts(fields.kinds)

    def fault_of(self, node: Node) -> str:
        """The mend of the first fault."""
        return next(self._faults(node), "")

    def _faults(self, node: Node) -> Iterator[str]:
        match node:
            case Var(key, default):
                yield from self._undeclared((key,))
                yield from self._default(key, default)
            case Missing(keys):
                yield from self._undeclared(keys)
            case Compare(op, left, right):
                yield from self._single(left)
                yield from self._single(right)
                yield from self._of_field(left, right, op)
                yield from self._of_field(right, left, op)
            case Among(needle, items):
                yield from self._single(needle)
                for item in items:
                    yield from self._of_field(needle, Literal(item), Op.SAME)
            case Within(needle, whole):
                yield from self._single(needle)
                yield from self._within(needle, whole)

    def _undeclared(self, keys: tuple[str, ...]) -> Iterator[str]:
        unknown = [key for key in keys if key not in self._sorts]
        if unknown:
            yield f"there is no field {', '.join(unknown)}; use one of: {', '.join(self._sorts)}"

    def _default(self, key: str, default: Literal) -> Iterator[str]:
        wanted, given = self._sorts[key], tree.sort_of_value(default.value)
        if given is not Sort.NOTHING and (wanted is Sort.LIST or given is not wanted):
            yield f"{key} is {wanted}; give such a value for who has told nothing, or none"

    def _single(self, node: Node) -> Iterator[str]:
        sort = tree.sort_of(node, self._sorts)
        if sort is Sort.LIST:
            yield "a list is compared with nothing; use in"
        if sort is Sort.MIXED:
            yield "this gives values of several sorts; let each branch give the same sort"

    def _of_field(self, node: Node, other: Node, op: Op) -> Iterator[str]:
        """A day that is none and an option that is none are slips that would let nobody in."""
        if not isinstance(node, Var) or not isinstance(other, Literal):
            return
        value, kind = other.value, self._fields.kinds.get(node.key)
        if kind is FieldKind.DATE and isinstance(value, str) and not _is_day(value):
            yield f"{node.key} is a date; use a day such as 2026-12-31"
        options = self._fields.options.get(node.key, ())
        if kind is FieldKind.CHOICE and op in _EQUALITIES and isinstance(value, str) and value not in options:
            yield f"{node.key} has no {value!r}; use one of: {', '.join(options)}"

    def _within(self, needle: Node, whole: Node) -> Iterator[str]:
        asked, given = tree.sort_of(needle, self._sorts), tree.sort_of(whole, self._sorts)
        if asked not in (Sort.TEXT, Sort.NOTHING):
            yield f"{asked} is looked for in a list that is written out, such as [1, 2]"
        if given is Sort.LIST:
            yield from self._choice(needle, whole)
        elif given not in (Sort.TEXT, Sort.NOTHING):
            yield "the second value of in is a list, a text or a field with several choices"

    def _choice(self, needle: Node, whole: Node) -> Iterator[str]:
        if not isinstance(whole, Var):
            yield "the second value of in is a list, a text or a field with several choices"
            return
        options = self._fields.options[whole.key]
        if isinstance(needle, Literal) and needle.value is not None and needle.value not in options:
            yield f"{whole.key} has no {needle.value!r}; use one of: {', '.join(options)}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
