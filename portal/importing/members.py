"""Members by the batch: who is known is found in a few statements, who is new is inserted in a few more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from dataclasses import fields as parts_of
from datetime import datetime

from portal.core.base import Work
from portal.core.club import fields, rolls, tiers
from portal.core.club import profiles as told_profiles
from portal.core.club.fields import Told
from portal.core.club.rolls import Known, Newcomer
from portal.core.points import openings
from portal.core.records import journal
from portal.importing import profiles
from portal.importing.cells import Email, Names, Short, Whole
from portal.importing.reports import Remark, Tally
from portal.importing.rows import Row
from portal.importing.running import Kind


class MemberRow(Row):
    KEY, UNIQUE = "external_id", ("external_id", "email", "card")

    external_id: Short | None = None
    email: Email | None = None
    name: Short
    tier: Short | None = None
    points: Whole | None = None
    card: Names = ()


def shape(session: Work) -> type[MemberRow]:
    """A line of this club's members, with a column for each of its fields."""
    declared = fields.declared(session)
    session.expunge_all()  # they are read for as long as the import runs, whatever is rolled back
    return profiles.widened(MemberRow, declared)


@dataclass
class Roll:
    """What the club knows about the people of one batch."""

    by_email: dict[str, Known]
    by_external_id: dict[str, Known]
    cards: dict[str, int]
    tiers: dict[str, int]
    opened: dict[int, int]
    told: dict[int, dict[str, Told]]


@dataclass
class Changes:
    """What the batch comes to, to be written in a few statements."""

    newcomers: list[tuple[MemberRow, Newcomer]] = field(default_factory=list)
    people: list[Known] = field(default_factory=list)
    addresses: list[tuple[int, str]] = field(default_factory=list)
    cards: list[tuple[int, str]] = field(default_factory=list)
    credits: list[tuple[int, int]] = field(default_factory=list)
    profiles: list[tuple[int, dict[str, Told]]] = field(default_factory=list)


class Members(Kind[MemberRow]):
    """One line, one member, found by external id, else by address."""

    row = MemberRow

    def __init__(self, row: type[MemberRow]) -> None:
        self.row = row  # type: ignore[misc]

    def take(self, session: Work, batch: Sequence[MemberRow], tally: Tally, now: datetime) -> None:
        roll, changes = look_up(session, batch), Changes()
        for row in batch:
            known = match(row, roll)
            if faults := list(_faults(row, known, roll)):
                tally.leave_out(faults)
            elif known is None or known.member_id is None:
                changes.newcomers.append((row, _newcomer(row, known, roll)))
                tally.count(is_new=True, changed=False)
            else:
                changed = _compare(session, row, known, known.member_id, roll, changes, now)
                tally.remarks.extend(_notes(row, roll.opened.get(known.member_id)))
                tally.count(is_new=False, changed=changed)
        _write(session, changes, tally, now)


def look_up(session: Work, batch: Sequence[MemberRow]) -> Roll:
    """Everything about these rows in five statements, and one more where they say something of fields."""
    emails = {row.email for row in batch if row.email}
    external_ids = {row.external_id for row in batch if row.external_id}
    known = rolls.known(session, emails=emails, external_ids=external_ids)
    numbers = [one.member_id for one in known if one.member_id]
    return Roll(
        by_email={one.email: one for one in known if one.email},
        by_external_id={one.external_id: one for one in known if one.external_id},
        cards=rolls.card_owners(session, {number for row in batch for number in row.card}),
        tiers=tiers.ids_by_word(session),
        opened=openings.credited(session, numbers),
        told=told_profiles.lock_many(session, numbers) if any(map(profiles.told, batch)) else {},
    )


def match(row: MemberRow, roll: Roll) -> Known | None:
    """Whom the line is about: by external id, else by address, if anybody has it."""
    return roll.by_external_id.get(row.external_id or "") or roll.by_email.get(row.email or "")


def _faults(row: MemberRow, known: Known | None, roll: Roll) -> Iterator[Remark]:
    if not row.external_id and not row.email:
        yield row.remark(
            "external_id", "give an external id or an address, so that a repeat finds the same member"
        )
    if row.tier and row.tier.casefold() not in roll.tiers:
        there = ", ".join(roll.tiers) or "none yet"
        yield row.remark("tier", f"there is no {row.tier}; leave it empty or use one of: {there}")
    if row.external_id and known and known.external_id not in (None, row.external_id):
        yield row.remark("email", "a member with another external id has it; mend one of the two")
    holder = roll.by_email.get(row.email or "")
    if holder and known and holder != known:
        yield row.remark("email", "somebody else signs in with it; mend one of the two")
    me = known.member_id if known else None
    if any(number in roll.cards and roll.cards[number] != me for number in row.card):
        yield row.remark("card", "another member has this card; mend one of the two")


def _newcomer(row: MemberRow, known: Known | None, roll: Roll) -> Newcomer:
    account_id = known.account_id if known else None
    return Newcomer(row.name, row.external_id, row.email, account_id, _tier_id(row, roll))


def _compare(
    session: Work, row: MemberRow, known: Known, member_id: int, roll: Roll, changes: Changes, now: datetime
) -> bool:
    """Note what differs for a member we know; an empty cell leaves what is there."""
    before = _size(changes)
    wanted = replace(
        known,
        name=row.name,
        external_id=row.external_id or known.external_id,
        tier_id=_tier_id(row, roll) or known.tier_id,
    )
    if row.email and known.account_id is None:
        accounts = rolls.open_accounts(session, [(row.email, row.name)], now=now)
        wanted = replace(wanted, account_id=accounts[row.email])
    elif row.email and row.email != known.email and known.account_id is not None:
        changes.addresses.append((known.account_id, row.email))
    if wanted != known:
        changes.people.append(wanted)
    changes.cards += [(member_id, number) for number in row.card if number not in roll.cards]
    if row.points and member_id not in roll.opened:
        changes.credits.append((member_id, row.points))
    news, told = profiles.told(row), roll.told.get(member_id, {})
    if profiles.differs(told, news):
        changes.profiles.append((member_id, {**told, **news}))
    return _size(changes) > before


def _size(changes: Changes) -> int:
    return sum(len(getattr(changes, noun.name)) for noun in parts_of(changes))


def _tier_id(row: MemberRow, roll: Roll) -> int | None:
    return roll.tiers[row.tier.casefold()] if row.tier else None


def _notes(row: MemberRow, opened: int | None) -> Iterable[Remark]:
    if row.points is not None and opened is not None and row.points != opened:
        said = f"opened with {opened} points before; {row.points} changes nothing now"
        yield row.remark("points", said, is_fault=False)


def _write(session: Work, changes: Changes, tally: Tally, now: datetime) -> None:
    ids = rolls.enrol(session, [newcomer for _, newcomer in changes.newcomers], now=now)
    new = [(member_id, row) for member_id, (row, _) in zip(ids, changes.newcomers, strict=True)]
    openings.open_balances(session, [(member_id, row.points or 0) for member_id, row in new], now=now)
    rolls.change(session, changes.people, now=now)
    rolls.change_emails(session, changes.addresses)
    cards = changes.cards + [(member_id, number) for member_id, row in new for number in row.card]
    rolls.issue_cards(session, cards, now=now)
    told = [(member_id, profiles.told(row)) for member_id, row in new if profiles.told(row)]
    told_profiles.keep(session, changes.profiles + told)
    for member_id, points in sorted(changes.credits):
        openings.credit_late(session, member_id, points, now=now)
    if tally.new or tally.changed:
        facts = {"new": tally.new, "changed": tally.changed}
        journal.add(session, "members_imported", "members", now=now, facts=facts)
