"""Guessing is slowed and noticed; a code that is right is only delayed."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.codes import alphabet
from portal.core.records.journal import JournalEntry
from portal.core.redeeming import guesses, scanning
from portal.core.redeeming.scans import Outcome, Place, Scan
from tests import build
from tests.plumbing.clock import NOON

SECOND = timedelta(seconds=1)


def test_twenty_unknown_codes_pause_the_till_for_half_a_minute(session: Session) -> None:
    place = build.a_place(session)
    outcomes = [guess(session, place, NOON + n * SECOND).outcome for n in range(21)]
    assert outcomes == [Outcome.UNKNOWN] * guesses.PER_TILL + [Outcome.PAUSED]
    assert guess(session, place, NOON + 50 * SECOND).outcome == Outcome.UNKNOWN


def test_a_right_code_waits_and_is_then_served(session: Session) -> None:
    place = build.a_place(session)
    code = build.code_of(session, build.claim(session, build.a_member(session), build.an_offer(session)))
    for n in range(guesses.PER_TILL):
        guess(session, place, NOON + n * SECOND)
    assert typed(session, place, code, NOON + 20 * SECOND).outcome == Outcome.PAUSED
    assert typed(session, place, code, NOON + 49 * SECOND).outcome == Outcome.REDEEMED


def test_only_unknown_whole_codes_count_as_guesses(session: Session) -> None:
    place = build.a_place(session)
    used = build.code_of(session, build.claim(session, build.a_member(session), build.an_offer(session)))
    slip = used[:-1] + ("B" if used[-1] != "B" else "C")
    seen = {typed(session, place, text, NOON).outcome for text in [used, slip, "10OFFSTORE"] * 10}
    assert seen == {Outcome.REDEEMED, Outcome.COUNTED_ONCE, Outcome.MISTYPED, Outcome.FOREIGN}


def test_one_person_is_slowed_at_every_till(session: Session) -> None:
    store = build.a_store(session)
    ona = build.staff_at(session, store)
    first, second = build.a_place(session, store, ona), build.a_place(session, store, ona)
    for _ in range(guesses.PER_PERSON):
        guess(session, first, NOON)
    assert guess(session, second, NOON).outcome == Outcome.PAUSED


def test_too_many_for_the_live_codes_raise_one_alarm_and_ask_who_is_there(session: Session) -> None:
    place = build.a_place(session)
    for n in range(4):
        guess(session, place, NOON + n * SECOND)
        guesses.note_unknown(session, NOON + n * SECOND, budget=lambda live: 2)
    assert alarms(session) == 1
    paused = guess(session, place, NOON + 4 * SECOND)
    assert (paused.outcome, paused.facts["fresh_sign_in"]) == (Outcome.PAUSED, True)
    signed_in_again = NOON + 5 * SECOND
    assert guess(session, place, signed_in_again, acting_since=signed_in_again).outcome == Outcome.UNKNOWN


def guess(session: Session, place: Place, now: datetime, acting_since: datetime = NOON) -> Scan:
    return typed(session, place, alphabet.mint(build.CHANCE.pick), now, acting_since)


def typed(session: Session, place: Place, text: str, now: datetime, acting_since: datetime = NOON) -> Scan:
    key = build.CHANCE.entropy(8).hex()
    scan = scanning.scan(session, build.KEYRING, text, place, key=key, now=now, acting_since=acting_since)
    session.flush()
    return scan


def alarms(session: Session) -> int:
    return len(session.scalars(select(JournalEntry).where(JournalEntry.act == guesses.ALARM)).all())
