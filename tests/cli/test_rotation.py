"""Keys are changed while the club is at work: what was made under the old ones keeps working."""

import json
from pathlib import Path

import pytest

from portal.app import create_app
from portal.config import Mode, Settings
from portal.core.claims import claiming, claims
from portal.core.claims.claiming import Asked
from portal.core.club import accounts
from portal.core.codes import store as codes
from portal.core.codes.store import Code
from portal.core.redeeming import scanning
from portal.web import keys
from portal.web.keys import CHANCE, KeysWrong
from tests import build
from tests.plumbing import clubs
from tests.plumbing.clock import NOON


@pytest.fixture
def settings(environment):
    return Settings(
        database_url=environment["DATABASE_URL"],
        keys_file=Path(environment["PORTAL_KEYS_FILE"]),
        password_cost="low",
    )


@pytest.fixture
def keyring(app):
    """The keys of the process that has been at work since before."""
    return app.extensions["keyring"]


def test_old_codes_are_shown_and_redeemed_and_new_ones_use_the_new_key(portal, settings, session, keyring):
    place = build.a_place(session)
    old = claimed(session, keyring)
    before = codes.shown(session, keyring, old.id, old.reference)
    session.commit()
    assert portal("keys rotate").exit_code == 0
    ring = restarted(settings)
    assert codes.shown(session, ring, old.id, old.reference) == before
    new = claimed(session, ring)
    assert versions(session) == {old.id: 1, new.id: 2}
    for claim in (old, new):
        code = codes.shown(session, ring, claim.id, claim.reference)
        scan = scanning.scan(session, ring, code, place, key=claim.reference, now=NOON, acting_since=NOON)
        assert (scan.claim_id, scan.outcome) == (claim.id, "redeemed")
    session.commit()
    assert portal("audit").exit_code == 0


def test_a_process_that_was_not_restarted_works_on_with_the_old_key(portal, settings, session, keyring):
    assert portal("keys rotate").exit_code == 0
    late = claimed(session, keyring)
    session.commit()
    shown = codes.shown(session, restarted(settings), late.id, late.reference)
    assert codes.claim_id_of(session, restarted(settings), shown) == late.id


def test_a_pin_outlives_the_change(portal, settings, session, keyring):
    store = build.a_store(session)
    ona = build.staff_at(session, store, pin_lookup=keyring.pin_lookup("2468"))
    session.commit()
    portal("keys rotate")
    known = accounts.by_pin(session, restarted(settings).pin_lookups("2468"), store_id=store.id)
    assert known is ona


@pytest.mark.parametrize("removed", [1, 2])
def test_a_version_that_is_taken_away_is_missed_by_name(portal, settings, app, removed):
    portal("keys rotate")
    restarted(settings)
    held = json.loads(settings.keys_path.read_text())
    held["keys"] = [key for key in held["keys"] if key["version"] != removed]
    settings.keys_path.write_text(json.dumps(held))
    with pytest.raises(KeysWrong, match=f"lacks version {removed} of this database's keys. Mount the right"):
        create_app(settings)


@pytest.mark.parametrize("mode", list(Mode))
def test_a_restored_database_without_its_keys_is_not_served(app, settings, tmp_path, mode):
    elsewhere = tmp_path / "another host" / "portal.keys"
    moved = settings.model_copy(
        update={"mode": mode, "keys_file": elsewhere, "public_url": "https://club.example"}
    )
    with pytest.raises(KeysWrong, match="restore its backup"):
        create_app(moved)
    assert not elsewhere.exists()


def test_a_restored_database_with_another_clubs_keys_is_not_served(app, settings, tmp_path):
    elsewhere = tmp_path / "another host" / "portal.keys"
    keys.make(elsewhere)
    with pytest.raises(KeysWrong, match="lacks version 1"):
        create_app(settings.model_copy(update={"keys_file": elsewhere}))


def restarted(settings):
    """The keys of a process that starts now."""
    with clubs.closing(create_app(settings)) as app:
        return app.extensions["keyring"]


def claimed(session, keyring):
    member, offer = build.a_member(session), build.an_offer(session)
    asked = Asked(member.id, offer.id, "tap")
    reference = claiming.claim_offer(session, keyring, asked, now=NOON, chance=CHANCE)
    return claims.find(session, member.id, reference)


def versions(session):
    return {code.claim_id: code.key_version for code in session.query(Code)}
