"""What every table stands on: the declarative base, instants in UTC, and an insert that may lose a race."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Executable,
    Insert,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    insert,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

Pick: TypeAlias = Callable[[Sequence[str]], str]
Entropy: TypeAlias = Callable[[int], bytes]
Facts: TypeAlias = dict[str, Any]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
# For those outside of the core who pass a session on and need know nothing of SQLAlchemy.
Work: TypeAlias = Session
AnySelect: TypeAlias = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Chance:
    """Where randomness comes from: `pick` chooses a letter, `entropy` gives bytes."""

    pick: Pick
    entropy: Entropy


class UtcInstant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_big: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
_json: TypeEngine[Any] = JSON().with_variant(JSONB(), "postgresql")

Id = Annotated[int, mapped_column(_big, primary_key=True)]
Instant = Annotated[datetime, mapped_column(UtcInstant())]
Document = Annotated[dict[str, Any], mapped_column(_json)]
Words = Annotated[list[str], mapped_column(_json)]
Documents = Annotated[list[dict[str, Any]], mapped_column(_json)]


class Base(DeclarativeBase):
    """Every model of the house; constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {int: _big}


def adding(model: type[Base]) -> Insert:
    """The statement that adds rows as they are given; the ORM's own way to it costs as much again."""
    return insert(_table(model))


def insert_or_none(
    session: Session, model: type[Base], values: Mapping[str, Any], *, unique: Sequence[str]
) -> AnyRow | None:
    """The new row, or None when the unique key over `unique` is already taken. Waits for a rival's commit."""
    statement = _adding_once(model, session.get_bind().dialect.name, tuple(unique))
    return session.execute(statement, values).one_or_none()


@cache
def _adding_once(model: type[Base], dialect: str, unique: tuple[str, ...]) -> Executable:
    table = _table(model)
    adding = sqlite_insert(table) if dialect == "sqlite" else postgresql_insert(table)
    return adding.on_conflict_do_nothing(index_elements=unique).returning(*table.c)


def insert_many(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of the same columns, quickly."""
    if rows:
        session.connection().execute(insert(_table(model)), rows)


def insert_numbered(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]
) -> dict[tuple[Any, ...], int]:
    """The same, answering the new ids by the values of `key`, whose columns tell the rows apart."""
    if not rows:
        return {}
    # Asked for in the order of the rows, SQLite would insert them one by one.
    table = _table(model)
    numbered = insert(table).returning(table.c.id, *(table.c[name] for name in key))
    return {tuple(row[1:]): row[0] for row in session.connection().execute(numbered, rows)}


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
