"""Partners' codes: a repeat brings nothing twice, and what no till could find is refused."""

import csv

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.core.codes import alphabet, pool_codes, pools
from portal.core.codes.pool_codes import PoolCode
from portal.core.codes.profiles import Profile, Strength
from portal.core.offers.offers import Offer
from portal.core.reading import audit
from portal.core.records.journal import JournalEntry
from portal.importing import levels
from tests import build

CINEMA = "--pool", "cinema"
BODY = "LNPLNPLNPLN"
OURS = BODY + alphabet.check_letter(BODY)
MISTYPED = BODY + ("C" if OURS[-1] == "B" else "B")


def listed(*codes):
    return "\n".join(["code", *codes]) + "\n"


def test_a_list_comes_in_and_a_repeat_brings_nothing_twice(bring, session):
    text = listed("CINE-7K2P-93QM", "CINE-4HZX-20TB", "cine 4hzx 20tb")
    first = bring("codes", text, *CINEMA)
    assert first.output.startswith("codes.csv: 2 new, 0 changed, 1 unchanged.\n")
    more = bring("codes", text + "CINE-9ZZZ-77AA\n", *CINEMA)
    assert more.output.startswith("codes.csv: 1 new, 0 changed, 3 unchanged.\n")
    [level] = pools.levels(session)
    assert (level.pool.name, level.total, level.left) == ("cinema", 3, 3)
    assert level.pool.profile == Profile(12, 12, letters=True, digits=True)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_codes_are_kept_as_they_were_written(bring, session):
    bring("codes", listed("Cine-7K2P-93qm"), *CINEMA)
    [pool] = [level.pool for level in pools.levels(session)]
    offer = build.an_offer(session, code_mode="pool", pool_id=pool.id)
    claim = build.claim(session, build.a_member(session), offer)
    assert pool_codes.shown(session, build.KEYRING, claim.id) == "Cine-7K2P-93qm"


def test_what_no_till_could_find_is_refused_and_never_repeated(bring, session, tmp_path):
    report = tmp_path / "report.csv"
    bad = (OURS, MISTYPED.lower(), f"{OURS[:4]}-{OURS[4:8]}-{OURS[8:]}", "AB1", "Ačiū-7788", "A" * 65)
    said = bring("codes", listed(*bad, "GOOD-7788"), *CINEMA, "--report", str(report))
    assert said.exit_code == 1
    assert "1 new, 0 changed, 0 unchanged, 6 left out" in said.output
    told = report.read_text(encoding="utf-8-sig")
    assert [row["line"] for row in csv.DictReader(told.splitlines())] == ["2", "3", "4", "5", "6", "7"]
    assert not [code for code in bad if code.lower() in (said.output + told).lower()]


def test_a_code_of_another_pool_is_left_out(bring, session):
    bring("codes", listed("CINE-7788"), *CINEMA)
    said = bring("codes", listed("cine 7788"), "--pool", "theatre")
    assert said.exit_code == 1
    assert "Line 2, code: another pool has this code: a till could not tell whose." in said.output
    assert "7788" not in said.output


def test_a_dry_run_says_the_same_and_writes_nothing(bring, session):
    said = bring("codes", listed("CINE-7K2P-93QM"), *CINEMA, "--dry-run").output
    assert said.startswith("codes.csv: 1 new, 0 changed, 0 unchanged.\nNothing was written (--dry-run).\n")
    assert "Strength: about" in said
    assert (session.scalars(select(PoolCode)).all(), pools.levels(session)) == ([], [])


@pytest.mark.parametrize(
    "codes, words",
    [
        (
            ("CINE-1001", "CINE-1002", "CINE-1003"),
            "WEAK: the codes are numbered. Whoever has one knows the next.",
        ),
        (("CINE-83", "CINE-11", "CINE-57"), "WEAK: under 40 bits, so they can be guessed."),
    ],
)
def test_weak_codes_are_said_to_be_weak(bring, codes, words):
    assert words in bring("codes", listed(*codes), *CINEMA).output


def test_strength_is_what_each_place_chooses_from():
    strength = Strength()
    for number in range(4096):
        strength.add(f"X{number:03x}".replace("x", "7"))
    assert (round(strength.bits, 6), strength.one_in) == (12, 1)
    assert strength.is_weak


def test_chance_codes_of_twelve_signs_are_strong(bring):
    codes = [
        "".join(build.CHANCE.pick("ABCDEFGHJKMNPQRSTUVWXYZ23456789") for _ in range(12)) for _ in range(400)
    ]
    said = bring("codes", listed(*codes), *CINEMA).output
    assert "Strength: about 59 bits; one guess in " in said
    assert "WEAK" not in said


def test_an_alarm_can_be_set_and_case_can_matter(bring, session):
    bring("codes", listed("abCD1234"), *CINEMA, "--case-matters", "--alarm-below", "50")
    [level] = pools.levels(session)
    assert (level.pool.case_matters, level.pool.alarm_below) == (True, 50)
    session.rollback()
    said = bring("codes", listed("ABcd1234"), *CINEMA)
    assert said.output.startswith("codes.csv: 1 new")
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts == ["pool_opened", "pool_watched", "codes_added", "codes_added"]


def test_a_pool_has_a_handle(bring):
    said = bring("codes", listed("CINE-7788"), "--pool", "The Cinema")
    assert "use small letters, digits and single dashes" in said.output


OFFER = "slug,title,short,terms,how_store,how_online,benefit,value,points_cost,stock,per_member,claim_from"
REST = "claim_to,valid_days,stores,status,code_mode,store_code,online_code,pool,partner_voids"


def test_an_offer_names_its_pool(bring, session):
    bring("codes", listed("CINE-7788"), *CINEMA)
    text = f"{OFFER},{REST}\nfilm,A film,,,,,free_item,,,,,,,,,published,pool,H10,HARBOUR,cinema,yes\n"
    assert bring("offers", text).exit_code == 0
    offer = session.scalars(select(Offer)).one()
    assert (offer.code_mode, offer.store_code, offer.online_code, offer.partner_voids) == (
        "pool",
        "H10",
        "HARBOUR",
        True,
    )
    assert offer.pool_id == pools.ids_by_name(session)["cinema"]


@pytest.mark.parametrize(
    "mode, pool, words",
    [
        ("pool", "", "Line 2, pool: name the pool that the codes come from, or use another code_mode."),
        ("minted", "opera", "Line 2, pool: there is no opera; import its codes first."),
        ("none", "cinema", "Line 2, pool: leave it empty where code_mode is none: nothing is shown then."),
    ],
)
def test_a_mode_and_a_pool_that_do_not_fit_are_refused(bring, mode, pool, words):
    bring("codes", listed("CINE-7788"), *CINEMA)
    said = bring("offers", f"{OFFER},{REST}\nfilm,A film,,,,,free_item,,,,,,,,,published,{mode},,,{pool},\n")
    assert (said.exit_code, words in said.output) == (1, True), said.output


def test_portal_pools_lists_what_is_left(bring):
    assert CliRunner().invoke(levels.command).output.startswith("There is no pool yet.")
    bring("codes", listed("CINE-7788", "CINE-1234"), *CINEMA, "--alarm-below", "3")
    bring("codes", listed("PLAY-7788"), "--pool", "theatre")
    said = CliRunner().invoke(levels.command).output
    assert said == "cinema: 2 of 2 left, LOW: fewer than 3\ntheatre: 1 of 1 left, no alarm\n"
