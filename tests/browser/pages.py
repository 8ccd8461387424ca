"""Every page and every state of it, once: its name, who looks, and how to get there.

What stands in braces is prepared in cast.py. A line with `sent` is a form that is sent with those fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.members.help import TOPICS
from portal.town.people import PASSWORD, STAFF
from portal.town.shelf import EVERY, TOWN

HIDDEN = [ticket.slug for ticket in EVERY if "view_condition" in ticket.more]
SLUGS = [ticket.slug for ticket in EVERY if ticket.slug not in HIDDEN]
PUBLIC = [ticket.slug for ticket in TOWN if ticket.more.get("public")]
PASSES = ("ready", "back", "last", "later", "today", "tomorrow", "used", "expired")
POSTERS = ("free-coffee", "fruit-and-vegetables", "table-for-two")
VERDICTS = (
    "go",
    "part",
    "late",
    "once",
    "left",
    "undone",
    "used",
    "unknown",
    "mistyped",
    "expired",
    "elsewhere",
)
ERRORS = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)
# What these answer is no page: files, signs of life, and a way to another page.
NOT_PAGES = {"assets.file", "assets.favicon", "health.healthz", "health.readyz", "members.home"}
NOT_PAGES |= {"members.calendar", "members.offer_image", "keeping.service_worker"}


@dataclass(frozen=True)
class Entry:
    """One page in one state."""

    name: str
    who: str
    path: str
    status: int = 200
    sent: Mapping[str, str] | None = None
    htmx: bool = False


def sees(who: str, status: int = 200, /, **paths: str) -> list[Entry]:
    """Somebody looks at these addresses."""
    return [Entry(f"{who}: {name.replace('_', ' ')}", who, path, status) for name, path in paths.items()]


def sends(who: str, name: str, path: str, status: int = 422, /, **fields: str) -> Entry:
    """Somebody sends a form, and the answer is the page."""
    return Entry(f"{who}: {name}", who, path, status, fields)


def swaps(who: str, name: str, path: str, sent: Mapping[str, str] | None = None, status: int = 200) -> Entry:
    """What htmx asks for instead of a page."""
    return Entry(f"{who}: {name} (fragment)", who, path, status, sent, htmx=True)


GUEST = [
    *sees("guest", sign_in="/sign-in", staff_sign_in="/staff/sign-in", terms="/terms", mail="/demo/mail"),
    *sees("guest", 404, nowhere="/nothing-here"),
    *sees("guest", offers="/offers"),
    *[Entry(f"guest: offer {slug}", "guest", f"/offers/{slug}") for slug in PUBLIC],
    *sees("guest", link="/sign-in/link/{link}", no_reminders="/reminders/{mark}/off"),
    *sees("guest", patterns="/patterns", offline="/offline"),
    *sees("guest", 410, spent_link="/sign-in/link/nothing"),
    *sees("guest", ask_for_mail="/sign-in/mail", join="/join", poster="/join?offer=free-coffee&from=poster"),
    sends("guest", "sign-in with two errors", "/sign-in"),
    sends("guest", "sign-in without a match", "/sign-in", email="nobody@example.com", password="wrong"),
    sends("guest", "sign-in at the wrong door", "/sign-in", 403, email=STAFF[0].email, password=PASSWORD),
    sends("guest", "staff sign-in with two errors", "/staff/sign-in"),
    sends("guest", "no address to mail to", "/sign-in/mail", email="ada"),
    sends("guest", "joining with three errors", "/join"),
    sends("guest", "joining with a card that is none", "/join", phone="12", card="<>"),
    *sees("guest", more_time="/extend/{extension}"),
    *sees("guest", 410, no_more_time="/extend/nothing"),
    sends("guest", "more time is given", "/extend/{extended}", 200),
    sends("guest", "reminders are off", "/reminders/{mark}/off", 200),
    *sees("asked", six_digits="/sign-in/code"),
    sends("asked", "wrong digits", "/sign-in/code", digits="12"),
    *[Entry(f"guest: error {status}", "guest", f"/broken/{status}", status) for status in ERRORS],
    *sees("till", 500, error_500="/broken/500"),
]
MEMBER = [
    *sees("silver", offers="/offers", wallet="/wallet", points="/points", older_points="/points?before=6"),
    *sees("silver", filtered="/offers?category=Home&sort=cost", found="/offers?q=coffee"),
    *sees("silver", nothing_found="/offers?q=tyres", no_code="/offers?note=code"),
    *sees("silver", tiers="/tiers", activity="/activity", used_only="/activity?show=used", card="/card"),
    *sees("silver", account="/account", sign_ins="/account/sign-ins", help="/help"),
    *sees("silver", used="/wallet?show=used", expired="/wallet?show=expired"),
    *sees("newcomer", used="/wallet?show=used", expired="/wallet?show=expired"),
    *sees("silver", 404, nowhere="/offers/nothing"),
    *sees("gold", use_at_pier="/use/pier"),
    *sees("silver", use_at_pier="/use/pier", nothing_to_use="/use/lantern"),
    sends("silver", "no digits", "/use/pier/window-seat", key="no-digits"),
    *sees("till", digits="/counter/presence"),
    *sees("gold", offers="/offers", wallet="/wallet", used_in_part="/wallet/{part}", tiers="/tiers"),
    *sees("bronze", offers="/offers", wallet="/wallet", not_enough_points="/offers/two-for-one-cinema"),
    *sees("newcomer", offers="/offers", wallet="/wallet", points="/points", tiers="/tiers", card="/card"),
    *sees("newcomer", activity="/activity", account="/account"),
    *sees("banned", 403, offers="/offers"),
    *sees("banned", wallet="/wallet"),
    *[Entry(f"silver: offer {slug}", "silver", f"/offers/{slug}") for slug in SLUGS],
    *[Entry(f"silver: hidden {slug}", "silver", f"/offers/{slug}", 404) for slug in HIDDEN],
    *[Entry(f"gold: offer {slug}", "gold", f"/offers/{slug}") for slug in HIDDEN],
    *[Entry(f"silver: pass {place}", "silver", f"/wallet/{{{place}}}") for place in PASSES],
    *[Entry(f"silver: help {topic.slug}", "silver", f"/help/{topic.slug}") for topic in TOPICS],
    *sees("silver", full_screen="/wallet/{ready}/full-screen", give_it_back="/wallet/{today}/release"),
    *sees("keeper", wallet="/wallet", ready="/wallet/{ready}", full_screen="/wallet/{ready}/full-screen"),
    *sees("silver", 409, too_late_to_give_back="/wallet/{used}/release"),
    *sees("silver", hand_over="/wallet/{hand}/handover", offered_to_gold="/wallet/{offered}/handover"),
    *sees("gold", offered_by_silver="/handovers/{handover}"),
    sends("silver", "hand over to nobody", "/wallet/{hand}/handover"),
    sends("silver", "claim refused", "/offers/table-for-two/claims", 409, key="refused"),
    sends("silver", "settings with three errors", "/account/settings", name="", language="xx", theme="pink"),
    sends(
        "silver",
        "profile with an error",
        "/account/profile",
        profile_birthday="yesterday",
        profile_children="two",
        profile_topics="mud",
    ),
]
COUNTER = [
    *sees("device", tills="/counter"),
    *sees("idle", no_tills="/counter"),
    *sees("manager", tills="/counter", posters="/counter/posters"),
    *[Entry(f"manager: poster {slug}", "manager", f"/counter/posters/{slug}") for slug in POSTERS],
    *sees("device", 403, not_for_staff="/counter/posters"),
    *sees("locked", pin="/counter/pin"),
    sends("locked", "wrong PIN", "/counter/pin", pin="0000"),
    sends("locked", "no PIN", "/counter/pin", pin="x"),
    *sees("fresh", bench="/counter/{fresh}", today_without_scans="/counter/{fresh}/today"),
    *sees("till", today="/counter/{till}/today"),
    sends("fresh", "nothing typed", "/counter/{fresh}/scans", code=""),
    *sees("press", redeem_first="/counter/{press}/scans/{scan_ready}"),
    *sees(
        "till",
        question="/counter/{till}/scans/{scan_asked}",
        undoing="/counter/{till}/scans/{scan_late}/reversal",
    ),
    *sees("sums", how_much="/counter/{sums}/scans/{scan_amount}"),
    sends("sums", "too much", "/counter/{sums}/scans/{scan_amount}/redemption", amount="20.01"),
    sends("till", "nothing typed while a question waits", "/counter/{till}/scans", code=""),
    *[Entry(f"till: {one}", "till", f"/counter/{{till}}/scans/{{scan_{one}}}") for one in VERDICTS],
]
FRAGMENTS = [
    swaps("silver", "filtered", "/offers?category=Home&sort=cost"),
    swaps("silver", "nothing found", "/offers?q=tyres"),
    swaps("silver", "give it back?", "/wallet/{today}/release"),
    swaps("silver", "no longer what it was", "/wallet/{used}/state?seen=other"),
    swaps("silver", "claim refused", "/offers/table-for-two/claims", {"key": "refused"}, 409),
    swaps("silver", "too late to give back", "/wallet/{used}/release", {}, 409),
    swaps("bronze", "claimed", "/offers/signup-five/claims", {"key": "claimed"}),
    swaps("gold", "claimed on its page", "/offers/signup-five/claims?on=page", {"key": "claimed"}),
    swaps("silver", "given back", "/wallet/{today}/release", {}),
    swaps("till", "question", "/counter/{till}/scans/{scan_asked}"),
    swaps("till", "undoing", "/counter/{till}/scans/{scan_late}/reversal"),
    swaps("till", "redeemed", "/counter/{till}/scans/{scan_go}"),
    swaps("till", "nothing typed", "/counter/{till}/scans", {"code": ""}, 422),
]
# The fragments come last: some of them change what the pages show.
ALL = [*GUEST, *MEMBER, *COUNTER, *FRAGMENTS]
