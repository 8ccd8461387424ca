"""A condition as SQL over `members`, for counting; it answers what `answers` answers, and never "unknown"."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Float, String, and_, case, cast, false, func, literal, not_, null, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from portal.core.club.fields import FieldKind
from portal.core.club.members import Member
from portal.core.offers.audience import answers, people, tree
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
    Sort,
    Value,
    Var,
    Within,
)

Yes: TypeAlias = ColumnElement[bool]
Column: TypeAlias = ColumnElement[Any]
_OPPOSITE = {Op.NOT_SAME: Op.SAME, Op.NOT_EQUAL: Op.EQUAL}
_DIGITS = "0123456789"


class Counting:
    """Turns conditions into SQL for one kind of database, one moment and one zone."""

    def __init__(self, kinds: Mapping[str, FieldKind], *, now: datetime, zone: str, dialect: str) -> None:
        self._sorts = people.sorts(kinds)
        self._built_in = people.columns(now, zone, dialect)
        self._is_sqlite = dialect == "sqlite"

    def holds(self, node: Node) -> Yes:
        """Whether the condition lets the member of the row in; true or false, never null."""
        match node:
            case Literal(value):
                return _always(tree.is_yes(value))
            case Not(of):
                return not_(self.holds(of))
            case Every(of):
                return and_(true(), *map(self.holds, of))
            case Either(of):
                return or_(false(), *map(self.holds, of))
            case If(branches, otherwise):
                chosen = [(self.holds(asked), self.holds(then)) for asked, then in branches]
                return case(*chosen, else_=self.holds(otherwise)).is_(True)
            case Missing(keys):
                return or_(false(), *(self._untold(key) for key in keys))
            case Compare(op, left, right):
                return self._compared(op, left, right)
            case Among(needle, items):
                return self._among(needle, items)
            case Within(needle, whole):
                return self._within(needle, whole)
        return self._told(node)

    def _told(self, var: Var) -> Yes:
        sort, value = self._sorts.get(var.key, Sort.NOTHING), self._value(var)
        match sort:
            case Sort.TEXT:
                return _sure(value != "")
            case Sort.NUMBER:
                return _sure(value != 0)
            case Sort.SWITCH:
                return value.is_(True)
            case Sort.LIST:
                return self._value(var).is_not(None)  # who chose nothing has told nothing
        return false()

    def _untold(self, key: str) -> Yes:
        empty = self._column(key) == "" if self._sorts.get(key) is Sort.TEXT else false()
        return or_(self._column(key).is_(None), empty)

    def _compared(self, op: Op, left: Node, right: Node) -> Yes:
        if op in _OPPOSITE:
            return not_(self._compared(_OPPOSITE[op], left, right))
        sorts = {tree.sort_of(left, self._sorts), tree.sort_of(right, self._sorts)}
        both = and_(self._is_nothing(left), self._is_nothing(right))
        neither = both if op in (Op.SAME, Op.EQUAL) else false()
        if Sort.NOTHING in sorts or (op is Op.SAME and len(sorts) > 1):
            return neither
        read = self._letters if sorts == {Sort.TEXT} else self._number
        one, other = read(left), read(right)
        return or_(neither, _sure(_ordered(op, one, other)))

    def _among(self, needle: Node, items: Sequence[Value]) -> Yes:
        if isinstance(needle, Literal):
            return _always(answers.holds(Among(needle, tuple(items)), {}))
        found = self._value(needle).is_(None) if None in items else false()
        sort = tree.sort_of(needle, self._sorts)
        same = [item for item in items if tree.sort_of_value(item) is sort and item is not None]
        if not same:
            return found
        if sort is Sort.TEXT:
            return or_(found, _sure(self._value(needle).in_(same)))
        return or_(found, _sure(self._number(needle).in_([literal(tree.number(one), Float) for one in same])))

    def _within(self, needle: Node, whole: Node) -> Yes:
        sorts = tree.sort_of(needle, self._sorts), tree.sort_of(whole, self._sorts)
        if Sort.NOTHING in sorts:
            return false()
        if isinstance(whole, Var) and sorts[1] is Sort.LIST:
            return self._chosen(whole.key, self._value(needle))
        find = func.instr if self._is_sqlite else func.strpos
        return _sure(find(self._value(whole), self._value(needle)) > 0)

    def _chosen(self, key: str, option: Column) -> Yes:
        if not self._is_sqlite:
            return func.coalesce(func.jsonb_exists(Member.profile[key], option), false()).is_(True)
        each = func.json_each(Member.profile, f"$.{key}").table_valued("value")
        return select(each.c.value).where(each.c.value == option).exists()

    def _value(self, node: Node) -> Column:
        match node:
            case Literal(value):
                return _constant(value)
            case Var(key, default):
                column = self._column(key)
                return column if default.value is None else func.coalesce(column, _constant(default.value))
            case Every(of):
                return self._deciding([(not_(self.holds(one)), one) for one in of])
            case Either(of):
                return self._deciding([(self.holds(one), one) for one in of])
            case If(branches, otherwise):
                return self._deciding([(self.holds(asked), then) for asked, then in branches], otherwise)
        return self.holds(node)

    def _deciding(self, ways: list[tuple[Yes, Node]], otherwise: Node | None = None) -> Column:
        last = ways[-1][1] if otherwise is None else otherwise
        return case(*((asked, self._value(then)) for asked, then in ways), else_=self._value(last))

    def _is_nothing(self, node: Node) -> Yes:
        return _always(node.value is None) if isinstance(node, Literal) else self._value(node).is_(None)

    def _column(self, key: str) -> Column:
        sort = self._sorts.get(key, Sort.NOTHING)
        if key in self._built_in or sort is Sort.NOTHING:
            return self._built_in.get(key, null())
        told: Any = Member.profile[key]
        read = {Sort.NUMBER: told.as_float, Sort.SWITCH: told.as_boolean}.get(sort, told.as_string)
        column: Column = read()
        return column

    def _letters(self, node: Node) -> Column:
        return self._value(node) if self._is_sqlite else self._value(node).collate("C")

    def _number(self, node: Node) -> Column:
        if isinstance(node, Literal):
            return literal(tree.number(node.value), Float)
        value = self._value(node)
        match tree.sort_of(node, self._sorts):
            case Sort.SWITCH:
                return case((value.is_(True), 1.0), (value.is_(False), 0.0))
            case Sort.TEXT:
                return _decimal(value)
        return cast(value, Float)


def _always(value: bool) -> Yes:
    return true() if value else false()


def _sure(condition: Column) -> Yes:
    return func.coalesce(condition, false()).is_(True)


def _constant(value: Value) -> Column:
    if value is None:
        return null()
    return literal(float(value), Float) if tree.sort_of_value(value) is Sort.NUMBER else literal(value)  # type: ignore[arg-type]


def _ordered(op: Op, one: Column, other: Column) -> Yes:
    return {
        Op.SAME: one == other,
        Op.EQUAL: one == other,
        Op.LESS: one < other,
        Op.AT_MOST: one <= other,
        Op.MORE: one > other,
        Op.AT_LEAST: one >= other,
    }[op]


def _decimal(text: Column) -> Column:
    """The number that a text writes as a plain decimal, else null; the same on every database."""
    bare = case((func.substr(text, 1, 1) == "-", func.substr(text, 2)), else_=text)
    ends = func.substr(bare, 1, 1), func.substr(bare, func.length(bare), 1)
    plain = and_(
        func.length(text) <= tree.DECIMAL_LENGTH,
        *(and_(end != "", func.trim(end, _DIGITS) == "") for end in ends),
        func.trim(bare, _DIGITS + ".") == "",
        func.length(bare) - func.length(func.replace(bare, ".", "")) <= 1,
    )
    return case((plain, cast(cast(text, String), Float)))
