"""Codes in the database: found by hash, shown from a seal, one live code for a claim."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Column, Dialect, Integer, MetaData, Table, create_engine, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex

from portal.core.base import Base, Chance, Pick
from portal.core.codes import alphabet, store
from portal.core.codes.keyring import Keyring, SealBroken
from portal.core.codes.store import Code

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
OLD_KEYS = Keyring({1: b"1" * 32})
KEYS = Keyring({1: b"1" * 32, 2: b"2" * 32})
CHANCE = random.Random(7)
OTHER_KEYS = Keyring({1: b"x" * 32})
CLAIM, OTHER_CLAIM = 1, 2


@pytest.fixture
def session() -> Iterator[Session]:
    """The table alone, beside claims that are nothing but their ids."""
    tables = MetaData()
    claims = Table("claims", tables, Column("id", Integer, primary_key=True))
    Base.metadata.tables["codes"].to_metadata(tables)
    engine = create_engine("sqlite://")
    tables.create_all(engine)
    with Session(engine) as opened:
        opened.execute(insert(claims), [{"id": CLAIM}, {"id": OTHER_CLAIM}])
        yield opened
    engine.dispose()


def test_an_issued_code_is_whole_and_leads_to_its_claim(session: Session) -> None:
    code = issue(session, CLAIM)
    assert alphabet.is_whole(code)
    assert store.claim_id_of(session, KEYS, code) == CLAIM


def test_an_unknown_code_leads_nowhere(session: Session) -> None:
    issue(session, CLAIM)
    assert store.claim_id_of(session, KEYS, "KRTBFLNXHDPK") is None


def test_a_code_is_shown_again_for_its_claim_only(session: Session) -> None:
    code = issue(session, CLAIM)
    assert store.shown(session, KEYS, CLAIM, "CLAIM1") == code
    with pytest.raises(SealBroken):
        store.shown(session, KEYS, CLAIM, "CLAIM2")


def test_the_table_does_not_hold_the_code(session: Session) -> None:
    code = issue(session, CLAIM)
    row = session.scalars(select(Code)).one()
    assert (row.key_version, row.created_at, row.ended_at) == (2, NOON, None)
    assert code.encode() not in row.lookup + (row.sealed or b"")


def test_other_keys_find_and_show_nothing(session: Session) -> None:
    code = issue(session, CLAIM, keys=OLD_KEYS)
    assert store.claim_id_of(session, OTHER_KEYS, code) is None
    with pytest.raises(SealBroken):
        store.shown(session, OTHER_KEYS, CLAIM, "CLAIM1")


def test_codes_of_older_keys_still_work(session: Session) -> None:
    code = issue(session, CLAIM, keys=OLD_KEYS)
    assert store.claim_id_of(session, KEYS, code) == CLAIM
    assert store.shown(session, KEYS, CLAIM, "CLAIM1") == code


@pytest.mark.parametrize("keys_of_the_first", [OLD_KEYS, KEYS])
def test_a_repeated_code_is_minted_again(session: Session, keys_of_the_first: Keyring) -> None:
    first = issue(session, CLAIM, keys=keys_of_the_first, pick=picking("B" * 11))
    second = issue(session, OTHER_CLAIM, pick=picking("B" * 11 + "B" * 11 + "K" * 11))
    assert (first, second[:11]) == ("B" * 12, "K" * 11)
    assert store.claim_id_of(session, KEYS, first) == CLAIM


def test_chance_that_only_repeats_itself_is_reported(session: Session) -> None:
    issue(session, CLAIM, pick=picking("B" * 11))
    with pytest.raises(RuntimeError, match="source of chance"):
        issue(session, OTHER_CLAIM, pick=picking("B" * 33))


def test_a_claim_has_one_live_code(session: Session) -> None:
    issue(session, CLAIM)
    with pytest.raises(IntegrityError):
        issue(session, CLAIM)


def test_an_ended_code_is_recognised_but_not_shown(session: Session) -> None:
    code = issue(session, CLAIM)
    store.end(session, CLAIM, NOON)
    assert store.claim_id_of(session, KEYS, code) == CLAIM
    with pytest.raises(store.CodeGone):
        store.shown(session, KEYS, CLAIM, "CLAIM1")


def test_ending_again_keeps_the_first_end(session: Session) -> None:
    issue(session, CLAIM)
    issue(session, OTHER_CLAIM)
    store.end(session, CLAIM, NOON)
    store.end(session, CLAIM, NOON + timedelta(days=1))
    assert session.scalars(select(Code.ended_at).order_by(Code.claim_id)).all() == [NOON, None]


def test_a_replaced_code_belongs_to_nobody(session: Session) -> None:
    replaced = issue(session, CLAIM)
    store.end(session, CLAIM, NOON)
    code = issue(session, CLAIM)
    assert store.claim_id_of(session, KEYS, replaced) is None
    assert store.claim_id_of(session, KEYS, code) == CLAIM
    assert store.shown(session, KEYS, CLAIM, "CLAIM1") == code


def test_each_common_act_is_one_statement(session: Session) -> None:
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *seen: sent.append(seen[2]))
    code = issue(session, CLAIM, keys=OLD_KEYS)
    store.claim_id_of(session, OLD_KEYS, code)
    store.shown(session, OLD_KEYS, CLAIM, "CLAIM1")
    store.end(session, CLAIM, NOON)
    assert [statement.split()[0] for statement in sent] == ["INSERT", "SELECT", "SELECT", "UPDATE"]


@pytest.mark.parametrize("dialect", [postgresql.dialect(), sqlite.dialect()])
def test_both_databases_keep_one_live_code_for_a_claim(dialect: Dialect) -> None:
    [index] = Base.metadata.tables["codes"].indexes
    made = str(CreateIndex(index).compile(dialect=dialect))
    assert made == "CREATE UNIQUE INDEX one_live_code_per_claim ON codes (claim_id) WHERE ended_at IS NULL"


def issue(
    session: Session,
    claim_id: int,
    *,
    keys: Keyring = KEYS,
    pick: Pick = CHANCE.choice,
) -> str:
    reference, entropy = f"CLAIM{claim_id}", CHANCE.randbytes
    return store.issue(
        session, keys, claim_id=claim_id, reference=reference, now=NOON, chance=Chance(pick, entropy)
    )


def picking(letters: str) -> Pick:
    """Chance that has been told what to pick."""
    coming = iter(letters)
    return lambda _: next(coming)
