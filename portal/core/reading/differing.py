"""How a recount is said in SQL: the rows where what is kept is not what is counted."""

from typing import Any

from sqlalchemy import String, cast, func, literal, select

from portal.core.base import AnySelect


def differ(noun: str, name: Any, kept: Any, counted: Any, *where: Any) -> AnySelect:
    subject = literal(f"{noun} ") + cast(name, String)
    return select(subject.label("subject"), kept.label("kept"), counted.label("counted")).where(
        kept != counted, *where
    )


def total(column: Any, *where: Any) -> Any:
    return select(func.coalesce(func.sum(column), 0)).where(*where).scalar_subquery()


def count(*where: Any) -> Any:
    return select(func.count()).where(*where).scalar_subquery()
