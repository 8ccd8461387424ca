"""Every refusal has its words: one row each for members and staff, and sentences that fit their facts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.core.refusals import Refusal
from portal.web import facts as spoken
from portal.web import refusing, refusing_members, refusing_staff
from portal.web.refusing import Said, StaffSaid, Step

VILNIUS = "Europe/Vilnius"


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall + "+02:00").astimezone(UTC)


HERE: dict[str, Any] = {"now": at("2026-11-12T14:40"), "zone": VILNIUS}
PLACE = {"store": "Pier Café", "till": "Till 3", "staff": "Ona"}
LATER = {"starts_at": at("2026-11-14T09:00"), "valid_from": at("2026-11-14T09:00")}
OVER = {"ended_at": at("2026-11-11T00:00"), "expired_at": at("2026-11-12T00:00")}
USED = {"redeemed_at": at("2026-11-12T14:31"), "voided_at": at("2026-11-12T14:31")}
POINTS = {"needed": 1200, "available": 1050, "shortfall": 150}
TIERS = {"required_tier": "Gold", "current_tier": "Silver"}
WAIT = {"until": at("2026-11-12T14:40:30")}
ACTIVE = {"active_until": at("2026-11-12T14:52")}
MONTH = {"period": "month", "limit": 2, "resets_at": at("2026-12-01T00:00")}


def every_refusal(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for refusal in of.__subclasses__():
        if refusal.__module__.startswith("portal."):
            yield refusal
        yield from every_refusal(refusal)


@pytest.mark.parametrize("refusal", [*every_refusal()], ids=lambda refusal: refusal.__name__)
def test_every_refusal_has_words_even_when_nothing_else_is_known(refusal):
    said, staff = refusing.member_words(refusal.code, {}), refusing.staff_words(refusal.code, {})
    assert all([said.sentence, said.step, staff.headline, staff.say])


def test_members_and_staff_hear_of_the_same_refusals():
    assert refusing_members.ROWS.keys() == refusing_staff.ROWS.keys()


@pytest.mark.parametrize(
    "words", [refusing.member_words, refusing.staff_words, lambda code, _: refusing.status(code)]
)
def test_a_code_outside_the_catalogue_is_a_mistake(words):
    with pytest.raises(KeyError):
        words("sorry", HERE)


@pytest.mark.parametrize(
    "code, facts, sentence",
    [
        ("offer_not_started", LATER, "Opens Saturday 14 November at 9am."),
        ("offer_ended", OVER, "This offer ended on Tuesday 10 November, at 11:59pm."),
        ("offer_ended", {"ended_at": None}, "This offer has ended."),
        (
            "offer_sold_out",
            {"stock": 500, "sold_out_at": at("2026-11-10T12:00")},
            "All 500 were claimed by 10 November.",
        ),
        ("member_limit_reached", {"limit": 2}, "You’ve used this 2 of 2 times."),
        ("member_limit_reached", {"limit": 1}, "You’ve had this one. Each member can have it once."),
        ("period_limit_reached", MONTH, "You’ve used this month’s 2. The next one opens on 1 December."),
        ("period_limit_reached", MONTH | {"period": "moon"}, "The next one opens on 1 December."),
        ("insufficient_points", POINTS, "You need 150 more points. You have 1,050 of 1,200."),
        ("insufficient_points", {"shortfall": 1}, "You need 1 more point."),
        (
            "tier_required",
            TIERS | {"points_to_tier": 760},
            "This one is for Gold members. You’re Silver, 760 points from Gold this year.",
        ),
        ("tier_required", TIERS, "This one is for Gold members. You’re Silver."),
        ("tier_required", {"required_tier": "Gold", "current_tier": None}, "This one is for Gold members."),
        (
            "member_banned",
            {"banned_until": at("2026-11-29T00:00")},
            "Your membership is paused until 28 November. Your points are safe.",
        ),
        (
            "offer_changed",
            {"current_cost": 200},
            "The price or terms just changed: it costs 200 points now. Please look again.",
        ),
        (
            "claim_not_cancellable",
            {"until": at("2026-11-12T14:31")},
            "This can’t be given back any more. The time for that ended today at 2:31pm.",
        ),
        ("claim_not_cancellable", WAIT, "This can’t be given back any more."),
        ("code_already_redeemed", USED | PLACE, "Used today at 2:31pm, Pier Café."),
        ("code_expired", OVER, "This code expired yesterday at 11:59pm."),
        ("code_not_yet_valid", LATER, "This code works from Saturday 14 November at 9am."),
        ("already_active", ACTIVE, "It’s active now: 12 minutes left."),
        ("guessing_blocked", WAIT, "That’s a lot of tries. Wait 30 seconds."),
        ("guessing_blocked", {"retry_after": 1}, "That’s a lot of tries. Wait 1 second."),
        ("guessing_blocked", {"until": HERE["now"]}, "That’s a lot of tries. Wait a little."),
        (
            "outside_hours",
            {"hours": [{"days": [0, 1, 2, 3], "begins": 1020, "ends": 1320}]},
            "Works Monday to Thursday, 5pm to 10pm.",
        ),
        (
            "purchase_condition_unmet",
            {"minimum": 2500, "currency": "EUR"},
            "Needs a purchase of €25 or more.",
        ),
    ],
)
def test_a_member_reads_a_sentence_that_fits_the_facts(code, facts, sentence):
    assert refusing.member_words(code, HERE | facts).sentence == sentence


@pytest.mark.parametrize(
    "code, facts, headline, say",
    [
        ("code_already_redeemed", USED | PLACE, "Already used", "Today 2:31pm, Pier Café, Till 3, by Ona"),
        ("code_already_redeemed", USED, "Already used", "Today 2:31pm"),
        ("code_expired", OVER, "Expired", "Yesterday 11:59pm"),
        ("code_not_yet_valid", LATER, "Not yet", "Works from Saturday 14 November at 9am."),
        (
            "wrong_store",
            {"stores": ["Lantern", "Crumb"]},
            "Not for this store",
            "It works at Lantern and Crumb.",
        ),
        ("wrong_store", {"stores": []}, "Not for this store", "It works at another store."),
        (
            "wrong_store",
            {"stores": ["Lantern", "Crumb", "Pier Café", "Mill", "Dock"]},
            "Not for this store",
            "It works at Lantern, Crumb, Pier Café and 2 more.",
        ),
        ("member_limit_reached", {"limit": 1}, "All uses gone", "Say: “You’ve had this one.”"),
        ("member_limit_reached", {"limit": 2}, "All uses gone", "Say: “You’ve had both of these.”"),
        ("member_limit_reached", {"limit": 3}, "All uses gone", "Say: “You’ve had all 3 of these.”"),
        ("period_limit_reached", MONTH, "None left this month", "Say: “It opens again on 1 December.”"),
        ("already_voided", USED, "Already undone", "Today 2:31pm. Nothing changed now."),
        (
            "guessing_blocked",
            WAIT | {"fresh_sign_in": False},
            "Paused for 30 seconds",
            "That’s a lot of codes we don’t know. Wait, then scan again.",
        ),
        (
            "guessing_blocked",
            {"until": HERE["now"], "fresh_sign_in": True},
            "Paused",
            "Enter your PIN to carry on.",
        ),
    ],
)
def test_staff_read_a_headline_and_a_line(code, facts, headline, say):
    said = refusing.staff_words(code, HERE | facts)
    assert (said.headline, said.say) == (headline, say)


def test_a_member_is_shown_the_way_to_the_code_they_have():
    said = refusing.member_words("offer_already_claimed", HERE | {"reference": "KRTBFLNX"})
    assert said == Said("You already have this one. It’s in your wallet.", Step("Show code", "claim"))


def test_a_step_may_name_the_tier():
    said = refusing.member_words("tier_required", HERE | TIERS)
    assert said.step == Step("How to reach Gold", "tiers")


def test_no_answer_is_neither_a_no_nor_a_yes():
    said = refusing.staff_words("service_unavailable", HERE)
    assert said == StaffSaid(
        "Can’t check right now", "The code is not refused. Keep it on screen and try again.", "none"
    )


def test_the_browser_is_told_what_kind_of_no_it_is():
    codes = ["member_banned", "offer_not_found", "claim_not_found", "tier_required", "service_unavailable"]
    assert [refusing.status(code) for code in codes] == [403, 404, 404, 409, 503]


def test_sentences_keep_the_voice_of_the_house():
    for said in every_sentence():
        lower = said.lower()
        assert not [
            word for word in ("!", "invalid", "oops", "shop", "voucher", "midnight", "'") if word in lower
        ]


def test_every_name_in_a_sentence_can_be_spoken():
    used = {name for said in every_sentence() for name in spoken._NAMES.findall(said)}
    assert used == spoken._PARTS.keys()


def every_sentence() -> Iterator[str]:
    for member, staff in zip(refusing_members.ROWS.values(), refusing_staff.ROWS.values(), strict=True):
        for says in (member.sentence, member.step[0], staff.headline, staff.say):
            yield from (says,) if isinstance(says, str) else says
