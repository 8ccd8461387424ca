"""Who stands at which till in the cast's town, and what has been scanned there."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from portal.core.club import links, sign_ins, stores
from portal.core.club.accounts import Role
from portal.core.club.sign_ins import Face
from portal.core.codes import alphabet
from portal.core.codes import store as codes
from portal.core.offers import offers
from portal.core.redeeming import reversals, scanning
from portal.core.redeeming.reversals import UndoReason
from portal.core.redeeming.scans import Place
from portal.web import unsubscribing
from portal.web.keys import CHANCE
from tests import build
from tests.plumbing.clock import NOON

if TYPE_CHECKING:
    from tests.browser.cast import Cast

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BASKET: dict[str, Any] = {
    "minimum_purchase": 2500,
    "benefit_kind": "percentage",
    "benefit_value": 20,
    "combines": False,
}


def man_the_counter(cast: "Cast") -> None:
    """Devices signed in at tills of their own, some with somebody acting."""
    ona = cast.account("staff@example.com")
    tills = stores.tills_in(cast.session, stores.ids_by_code(cast.session)["pier"])
    for name, till in zip(("till", "press", "fresh"), tills, strict=True):
        cast.place[name] = Place(till.store_id, till.id, ona.id, name != "press", "192.0.2.1")
        cast.places[name] = str(till.id)
        here = cast.enters(name, Face.STAFF, ona, till.id)
        sign_ins.act_as(cast.session, here, ona.id, NOON - 3 * MINUTE)
    sums = build.a_till(cast.session, cast.session.get_one(stores.Store, tills[0].store_id), "Till 4")
    cast.place["sums"] = Place(sums.store_id, sums.id, ona.id, True, "192.0.2.1")
    cast.places["sums"] = str(sums.id)
    sign_ins.act_as(cast.session, cast.enters("sums", Face.STAFF, ona, sums.id), ona.id, NOON - 3 * MINUTE)
    cast.enters("locked", Face.STAFF, ona, tills[0].id)
    cast.enters("device", Face.STAFF, ona)
    cast.enters("manager", Face.STAFF, cast.account("manager@example.com"))
    idle = build.staff_at(cast.session, name="Vida", role=Role.STAFF)
    cast.enters("idle", Face.STAFF, idle)
    joins = cast.account("bronze@example.com").id
    cast.places["link"] = links.make(cast.session, joins, Face.MEMBER, now=NOON, entropy=CHANCE.entropy)
    cast.places["mark"] = unsubscribing.mark(cast.keyring, cast.member("bronze").id)


def scan(cast: "Cast") -> None:
    """A scan of each outcome."""
    elsewhere = build.an_offer(cast.session, "Far bun")
    offers.set_stores(cast.session, elsewhere, [build.a_store(cast.session, "Far Island").id])
    far = cast.claim(build.a_member(cast.session, "Rasa"), elsewhere.id)
    used, typed = cast.code("Espresso"), cast.code()
    _scans(cast, "used", used, NOON - 60 * MINUTE)
    _scans(cast, "late", cast.code("Free coffee, any size"), NOON - 4 * MINUTE)
    _scans(cast, "used", used)
    _scans(cast, "unknown", alphabet.mint(CHANCE.pick))
    _scans(cast, "mistyped", typed[:-1] + ("B" if typed[-1] != "B" else "C"))
    _scans(cast, "expired", cast.code("Plum cake", NOON - 3 * DAY, valid_days=1))
    _scans(cast, "elsewhere", codes.shown(cast.session, cast.keyring, far.id, far.reference))
    left = _scans(cast, "left", cast.code("Your Next Purchase", **BASKET))
    scanning.leave(cast.session, cast.place["till"], left, now=NOON)
    undone = _scans(cast, "undone", cast.code("Scone"))
    reversals.undo(cast.session, cast.place["till"], undone, UndoReason.AT_ONCE, now=NOON)
    go = cast.code("Coffee of any size, with any milk", store_code="CAFE123", combines=False)
    _scans(cast, "go", go)
    _scans(cast, "once", go)
    _scans(cast, "part", cast.code("Coffee card", uses_per_claim=5))
    value: dict[str, Any] = {"benefit_kind": "stored_value", "benefit_value": 2000}
    _scans(cast, "amount", cast.code("Gift of €20", **value), till="sums")
    # The next scan would answer the question; so these two come last, each at a till of its own.
    _scans(cast, "asked", cast.code("Your Next Purchase", **BASKET))
    _scans(cast, "ready", cast.code("Tea", till_key="LOYALTY TEA"), till="press")


def _scans(cast: "Cast", name: str, code: str, at: datetime = NOON, *, till: str = "till") -> int:
    place, key = cast.place[till], f"{name}-{at}"
    made = scanning.scan(cast.session, cast.keyring, code, place, key=key, now=at, acting_since=NOON - DAY)
    cast.session.flush()
    cast.places[f"scan_{name}"] = str(made.id)
    return made.id
