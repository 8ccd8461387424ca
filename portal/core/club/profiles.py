"""What members have told in the fields that the club declares (`fields`).

It stands in one JSON document on the member's own row, `members.profile`:

    {"birthday": "1985-03-27", "children": 2, "topics": ["tea", "books"]}

A field that was not told is not in it; there is no null. So one row holds everything that a condition asks of
a member, and SQL reads it without a join, in the types of JSON, on either database.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select, true, update
from sqlalchemy.orm import Session

from portal.core.club import fields
from portal.core.club.fields import Editor, FieldKind, ProfileField, Told
from portal.core.club.members import Member

# What was told, in the type of its field: text and choice, boolean, integer, number, date, choices.
Value: TypeAlias = str | bool | int | float | date | tuple[str, ...]

_TOLD = select(Member.profile).where(Member.id == bindparam("of_member"))
_WITH_KINDS = (
    select(ProfileField.key, ProfileField.kind, Member.profile)
    .join_from(ProfileField, Member, true())
    .where(Member.id == bindparam("of_member"))
    .order_by(ProfileField.place, ProfileField.id)
)
_OF_MANY = (
    select(Member.id, Member.profile)
    .where(Member.id.in_(bindparam("members", expanding=True)))
    .order_by(Member.id)
    .with_for_update(key_share=True)
)
_KEEP = (
    update(Member.__table__)  # type: ignore[arg-type]
    .where(Member.__table__.c.id == bindparam("of_member"))
    .values(profile=bindparam("new_profile"))
)


def values_of(session: Session, member_id: int) -> Mapping[str, Value]:
    """What the member told, by key; what was not told is not there. One statement."""
    rows = session.execute(_WITH_KINDS, {"of_member": member_id})
    return {key: typed(kind, profile[key]) for key, kind, profile in rows if key in profile}


def typed(kind: str, value: Told) -> Value:
    """A value as it is kept, in the type of its field."""
    match kind:
        case FieldKind.DATE:
            return date.fromisoformat(str(value))
        case FieldKind.NUMBER:
            return float(value)  # type: ignore[arg-type]
    return tuple(value) if isinstance(value, list) else value


def told(session: Session, member_id: int) -> Mapping[str, Told]:
    """What is known of the member, by key, as it is kept."""
    return dict(session.scalars(_TOLD, {"of_member": member_id}).one())


def lock_many(session: Session, member_ids: Collection[int]) -> dict[int, dict[str, Told]]:
    """The same of many members, for `keep`; nobody else writes theirs meanwhile."""
    return dict(session.execute(_OF_MANY, {"members": list(member_ids)}).all())


def options_told(session: Session, key: str) -> set[str]:
    """Everything that any member has told in a field, as text; of several choices each."""
    value = Member.profile[key]
    rows = session.scalars(select(value).where(value.as_string().is_not(None)).distinct())
    return {str(one) for told in rows for one in (told if isinstance(told, list) else [told])}


def tell(session: Session, member_id: int, news: Mapping[str, Told | None], *, by: Editor) -> None:
    """Keep what was told; None takes a value back. What is not named stays.

    Raises ValueError for a field that is not declared, is not theirs to fill in or does not take the value.
    """
    asked = {field.key: field for field in fields.declared(session)}
    for key, value in news.items():
        if key not in asked or not asked[key].is_open_to(by):
            raise ValueError(f"{key} is not theirs to fill in")
        if value is not None and not asked[key].takes(value):
            raise ValueError(f"{key} does not take {value!r}")
    known = session.scalars(_TOLD.with_for_update(key_share=True), {"of_member": member_id}).one()
    keep(session, [(member_id, {**known, **news})])


def keep(session: Session, profiles: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Write whole profiles of members, whose values were looked at before; None is not kept."""
    rows = [
        {"of_member": member_id, "new_profile": {key: told for key, told in all_.items() if told is not None}}
        for member_id, all_ in profiles
    ]
    if rows:
        session.connection().execute(_KEEP, rows)
