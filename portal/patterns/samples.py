"""Made-up people and offers for the pattern page: one sample for each state that a component has."""

from typing import Any

from markupsafe import Markup

from portal.core.codes import alphabet
from portal.web import code128, qr

Sample = dict[str, Any]
HERE = "/patterns"
HUES = ("plum", "rust", "ochre", "moss", "pine", "petrol", "slate", "iris")
TIERS = (("Bronze", "rust"), ("Silver", "slate"), ("Gold", "ochre"))
# No code of anybody's: it is printed in the documentation.
CODE = "KRTBFLNXHDPK"
NUMBER = "2200555012347"
_STUB = {
    "cost": "",
    "tier": None,
    "big": "",
    "small": "",
    "mark": "",
    "meter": None,
    "claim": None,
    "link": None,
}


def every() -> Sample:
    """What the page shows, by the names that its parts use."""
    return {
        "hues": HUES,
        "tiers": TIERS,
        "who": "Ada",
        "keys_of": (("F2", "Find a member"), ("Esc", "No")),
        "tickets": tickets(),
        "passes": passes(),
        "cards": member_cards(),
        "notices": notices(),
        "changes": changes(),
        "rungs": rungs(),
        "events": events(),
        "scans": scans(),
        "chips": chips(),
        "tabs_items": tabs(),
        "progress": progress(),
        "seen": verdict(),
    }


def tickets() -> list[Sample]:
    """The states of a ticket, in the order of the shelf."""
    named = [
        ("rust", "Free coffee", "any size"),
        ("petrol", "20% off", "your next purchase"),
        ("iris", "2 for 1", "cinema on Tuesdays"),
        ("ochre", "€30 off", "a table for two"),
        ("pine", "Free delivery", "on any home order"),
        ("slate", "Half price", "carpet cleaning"),
        ("plum", "Brunch box", "for four, Sunday only"),
        ("moss", "€5 off", "fresh fruit and vegetables"),
    ]
    return [_ticket(*names, stub) for names, stub in zip(named, stubs(), strict=True)]


def stubs() -> list[Sample]:
    """Ready, claimed, within reach in three ways, used up, gone, on hold."""
    claim = {"action": HERE, "words": "Claim", "more": "Free coffee", "key": "sample"}
    meter = {"value": 1050, "most": 1200, "words": "1,050 of 1,200 points"}
    gold = {"name": "Gold", "shape": 6}
    return [
        _stub(cost="150", small="points", claim=claim),
        _stub(big="Claimed", mark="check", link=_link("Show code")),
        _stub(big="150 more", small="points needed", meter=meter, link=_link("Earn more")),
        _stub(tier=gold, small="760 points from Gold", link=_link("How")),
        _stub(big="Sat, 9am", small="opens in 2 days", link=_link("Details")),
        _stub(big="Used 2 of 2", link=_link("See uses")),
        _stub(big="Sold out", link=_link("Details")),
        _stub(big="On hold"),
    ]


def passes() -> list[Sample]:
    """A pass that is ready, and one that is spent."""
    facts = [("Spend", "€25 or more"), ("Where", "All stores"), ("Uses left", "1 of 1")]
    pass_: Sample = {
        "hue": "petrol",
        "shape": 1,
        "value": "20% off",
        "what": "your next purchase",
        "facts": facts,
    }
    ready = {
        "code": alphabet.grouped(CODE).split(),
        "spoken": alphabet.spelled(CODE),
        "qr": qr.qr_svg(CODE),
        "qr_href": HERE,
        "qr_words": "QR code for 20% off. Show it full screen",
        "live": "Ready to use, checked at 2:31pm",
        "spent": None,
    }
    spent = {"code": None, "spent": {"big": "Used today at 2:31pm", "small": "at Pier Café"}}
    return [pass_ | ready | {"ref": "ready"}, pass_ | spent | {"ref": "spent", "hue": "slate"}]


def member_cards() -> list[Sample]:
    """A card to scan, and a blocked one."""
    groups = ["2200", "5550", "1234", "7"]
    card = {"groups": groups, "spoken": " ".join(NUMBER), "is_blocked": False}
    drawn = {"qr": qr.text_svg(NUMBER), "bars": code128.code128_svg(NUMBER)}
    return [card | drawn, card | {"is_blocked": True}]


def notices() -> list[tuple[Markup, str, str]]:
    """Words, strength and paper."""
    return [
        (Markup("Use by <b>Sunday 29 November</b>, 17 days left"), "later", "slate"),
        (Markup("Expires in <b>5 days</b>, Tuesday 17 November at 11:59pm"), "week", "ochre"),
        (Markup("Expires <b>tomorrow</b>, Friday, at 11:59pm"), "tomorrow", "ochre"),
        (Markup("Expires in <b>2 h 10 min</b>, today at 6pm"), "last", "ochre"),
        (Markup("You need 150 more points."), "problem", "slate"),
        (Markup("Saved."), "", "pine"),
    ]


def changes() -> list[Sample]:
    """Lines of a statement: taken and given."""
    line = {"at": "Today, 2:31pm", "stamp": "2026-11-12T14:31+02:00"}
    spent = {
        "title": "Free coffee",
        "href": HERE,
        "detail": "Claimed",
        "amount": "−150",
        "after": "900",
        "grows": False,
    }
    earned = {
        "title": "Points earned",
        "href": None,
        "detail": "",
        "amount": "+400",
        "after": "1,050",
        "grows": True,
    }
    return [line | spent, line | earned]


def rungs() -> list[Sample]:
    """A ladder with somebody on it."""
    gold = {"name": "Gold", "hue": "ochre", "takes": "1,500 points earned in a calendar year"}
    silver = {"name": "Silver", "hue": "slate", "takes": "500 points earned in a calendar year"}
    return [
        gold | {"stands": "450 more points", "here": False},
        silver | {"stands": "You are here", "here": True},
    ]


def events() -> list[Sample]:
    """A story, newest first."""
    used = {"title": "Used", "at": "2:31pm", "detail": "at Pier Café", "strong": True}
    claimed = {"title": "Claimed: 20% off", "at": "2:29pm", "detail": "200 points spent", "href": HERE}
    return [one | {"stamp": "2026-11-12T14:31+02:00"} for one in (used, claimed)]


def scans() -> list[Sample]:
    """The last looks at a till, one of each verdict."""
    words = {"go": "Given", "check": "Asked", "stop": "Refused", "none": "No answer"}
    line = {"title": "20% off", "at": "2:31pm", "stamp": "2026-11-12T14:31+02:00", "detail": "Till 3, by Ona"}
    return [line | {"kind": kind, "kind_words": said} for kind, said in words.items()]


def chips() -> list[Sample]:
    """A chosen chip, one with a count, one without."""
    named = [("All", 9, True), ("I can claim", 3, False), ("Expired", None, False)]
    return [
        {"href": HERE, "words": words, "count": count, "chosen": chosen} for words, count, chosen in named
    ]


def tabs() -> list[Sample]:
    """Four tabs; one counts."""
    named = [
        ("offers", "ticket", "Offers"),
        ("wallet", "wallet", "Wallet"),
        ("activity", "clock", "Activity"),
    ]
    items: list[Sample] = [
        {"key": key, "href": HERE, "icon": icon, "words": words} for key, icon, words in named
    ]
    items[1]["ready"] = 3
    return [*items, {"key": "account", "href": HERE, "icon": "person", "words": "Account"}]


def progress() -> Sample:
    """The way to the next tier."""
    words = "Progress to Gold: 1,240 of 2,000 points earned this year"
    right = Markup("<b>760</b> more for Gold")
    return {"value": 1240, "most": 2000, "words": words, "left": "1,240 earned this year", "right": right}


def verdict() -> Sample:
    """What a till shows of a code that is good."""
    twin = {"hue": "petrol", "shape": 1, "title": "20% off your next purchase"}
    said = {"kind": "go", "word": "Redeemed", "headline": "Take 20% off", "then": "The code is used up now."}
    meta = [("Offer", "20% off your next purchase"), ("Claimed", "Today, 2:29pm")]
    return said | {"reason": "", "shape": 1, "till": "Discount 20", "twin": twin, "meta": meta}


def _ticket(hue: str, value: str, what: str, stub: Sample) -> Sample:
    ends = {"terms": "At Pier Café", "ends_icon": "clock", "ends": "Claim by Sun 15 November", "fresh": False}
    place = {"id": f"sample-{hue}", "href": HERE, "hue": hue, "shape": HUES.index(hue)}
    seen = {"gone": stub["big"] == "Sold out", "featured": stub["claim"] is not None}
    return place | ends | seen | {"value": value, "what": what, "stub": stub}


def _stub(**given: Any) -> Sample:
    return _STUB | given


def _link(words: str) -> Sample:
    return {"href": HERE, "words": words, "more": "for this offer", "is_main": False}
